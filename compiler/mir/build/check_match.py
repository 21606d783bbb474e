"""``check_match(db, owner)``: exhaustiveness of every ``match``, irrefutability of every binding pattern in a body
(rustc's ``check_match``).

Reports E0004, E0005, E0030, E0579, E0170 and the lints ``unreachable_patterns`` and ``irrefutable_let_patterns``.

Assumes: ``body`` and ``infer``. Guarantees: silent about patterns whose type has errors; costs nothing for plain
bindings.

Example: ``match o { Some(x) => x }`` gives E0004 "non-exhaustive patterns: `None` not covered" at ``o``.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import errors
from compiler.mir.build.at_patterns import at_pattern_conflict
from compiler.mir.build.cx import BodyCx, body_cx
from compiler.mir.build.matches import pattern as p
from compiler.mir.build.matches.scalar import scalar_value
from compiler.mir.build.witness_text import joined, witness_text
from compiler.query import Database, query
from compiler.resolve.attrs import attributes
from compiler.resolve.builtin import attribute_name
from compiler.ty import constructors as c
from compiler.ty import types as t
from compiler.ty.display import display_ty
from compiler.ty.exhaustiveness import DeconstructedPat, UsefulnessReport, compute_match_usefulness


@query(cycle=lambda db, owner: ())
def check_match(db: Database, owner: DefId) -> tuple[Diagnostic, ...]:
    """Pattern diagnostics of the body of ``owner`` and its closures."""
    cx = body_cx(db, owner)
    return () if cx is None else _MatchChecker(cx).run()


class Shapes:
    """:class:`compiler.ty.exhaustiveness.TypeShapes` of a body's types."""

    def __init__(self, cx: BodyCx) -> None:
        self.cx = cx
        self._inhabited: dict[t.Ty, bool] = {}

    def n_variants(self, ty: t.AdtTy) -> int:
        return len(self.cx.variants(ty.def_id))

    def field_tys(self, ty: t.AdtTy, variant: int) -> list[t.Ty]:
        return self.cx.field_tys(ty, variant)

    def is_inhabited(self, ty: t.Ty) -> bool:
        found = self._inhabited.get(ty)
        if found is None:
            self._inhabited[ty] = True  # recursive types
            found = self._inhabited[ty] = self._compute(ty)
        return found

    def is_open(self, ty: t.AdtTy) -> bool:
        """Another crate's ``#[non_exhaustive]`` enum may grow variants (Rust reference, attributes.type-system)."""
        if ty.def_id.krate == self.cx.owner.krate:
            return False
        return any(attribute_name(a) == "non_exhaustive" for a in attributes(self.cx.db, ty.def_id))

    def _compute(self, ty: t.Ty) -> bool:
        if isinstance(ty, t.TupleTy):
            return all(map(self.is_inhabited, ty.elems))
        if isinstance(ty, t.ArrayTy):
            return ty.len.kind != "value" or ty.len.value == 0 or self.is_inhabited(ty.ty)
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is not DefKind.UNION:
            variants = range(self.n_variants(ty))
            return any(all(map(self.is_inhabited, self.field_tys(ty, i))) for i in variants)
        return ty is not t.never


class _MatchChecker:
    def __init__(self, cx: BodyCx) -> None:
        self.cx = cx
        self.shapes = Shapes(cx)
        self.out: list[Diagnostic] = []
        self._in_conflict: set[int] = set()  # ``@`` patterns already told of

    def run(self) -> tuple[Diagnostic, ...]:
        for param in self.cx.body.params:
            self._irrefutable(param, "function argument")
        for expr, node in enumerate(self.cx.exprs):
            if isinstance(node, hir.Match):
                self._match(expr, node)
            elif isinstance(node, hir.Block):
                for statement in node.stmts:
                    if isinstance(statement, hir.LetStmt):
                        self._let(statement)
            elif isinstance(node, hir.Closure):
                for closure_param in node.params:
                    self._irrefutable(closure_param.pat, "closure argument")
            elif isinstance(node, hir.If):
                self._if_let(node)
        return tuple(self.out)

    def report(self, fault: errors.PatternFault) -> None:
        self.out.append(fault.to_diagnostic(self.cx.owner))

    # -- the checks

    def _match(self, expr: int, node: hir.Match) -> None:
        if expr not in self.cx.expr_types:
            return  # in code that was not inferred
        ty = self.cx.normalize(self.cx.expr_ty_adjusted(node.scrutinee))
        if ty.flags & (t.HAS_ERROR | t.HAS_INFER):
            return
        arms = [(p.lower_pat(self.cx, arm.pat), arm.guard is not None) for arm in node.arms]
        if not all(self._well_formed(pat) for pat, _ in arms):
            return
        report = compute_match_usefulness(
            self.shapes, ty, [(deconstruct(self.shapes, pat), guard) for pat, guard in arms]
        )
        if report.witnesses and node.source is hir.MatchSource.FOR_LOOP:
            self._for_loop(node, report)
            return
        if node.source is not hir.MatchSource.NORMAL:
            return
        self._unreachable(node, report)
        if report.witnesses or (not arms and self.shapes.is_inhabited(ty)):
            texts = self._texts(report)
            missing = joined(texts) if texts else ""
            span = self.cx.spans[node.scrutinee]
            self.report(errors.NonExhaustiveMatch(span, missing, len(texts), display_ty(ty), bool(arms)))

    def _texts(self, report: UsefulnessReport) -> list[str]:
        return list(dict.fromkeys(witness_text(self.cx, w) for w in report.witnesses))

    def _for_loop(self, node: hir.Match, report: UsefulnessReport) -> None:
        """The inner match of a ``for``: its second arm is ``Some(PAT)``."""
        for arm in node.arms:
            pat = self.cx.pats[arm.pat]
            if isinstance(pat, hir.TupleStructPat) and len(pat.pats) == 1:
                self._irrefutable(pat.pats[0], "`for` loop binding")

    def _let(self, statement: hir.LetStmt) -> None:
        if statement.else_branch is None:
            self._irrefutable(statement.pat, "local binding")
        elif self._is_irrefutable(statement.pat):
            self.report(errors.IrrefutableLet(self.cx.pat_spans[statement.pat], "`let...else` pattern"))

    def _if_let(self, node: hir.If) -> None:
        cond = self.cx.exprs[node.cond]
        if isinstance(cond, hir.Let) and self._is_irrefutable(cond.pat):
            in_while = node.else_branch is not None and isinstance(self.cx.exprs[node.else_branch], hir.Break)
            construct = "`while let` pattern" if in_while else "`if let` pattern"
            span = self.cx.pat_spans[cond.pat].cover(self.cx.spans[cond.expr])
            self.report(errors.IrrefutableLet(span, construct))

    def _is_irrefutable(self, pat: int) -> bool:
        found = self._uncovered(pat)
        return found is not None and not found.witnesses

    def _uncovered(self, pat: int) -> UsefulnessReport | None:
        node = self.cx.pats[pat]
        if isinstance(node, hir.WildPat):
            return UsefulnessReport([], [True])
        if pat not in self.cx.res.pat_types:
            return None
        ty = self.cx.normalize(self.cx.pat_ty(pat))
        if ty.flags & (t.HAS_ERROR | t.HAS_INFER):
            return None
        lowered = p.lower_pat(self.cx, pat)
        if not self._well_formed(lowered):
            return None
        report = compute_match_usefulness(self.shapes, ty, [(deconstruct(self.shapes, lowered), False)])
        self._unreachable_alternatives(report)
        return report

    def _irrefutable(self, pat: int, where: str) -> None:
        if isinstance(self.cx.pats[pat], (hir.WildPat, hir.BindPat)) and pat not in self.cx.res.pat_consts:
            node = self.cx.pats[pat]
            if isinstance(node, hir.WildPat) or (node.sub is None and pat not in self.cx.res.pat_variants):  # type: ignore[union-attr]
                return
        report = self._uncovered(pat)
        if report is not None and report.witnesses:
            texts = self._texts(report)
            ty = display_ty(self.cx.pat_ty(pat))
            self.report(errors.RefutablePattern(self.cx.pat_spans[pat], joined(texts), len(texts), ty, where))

    def _unreachable(self, node: hir.Match, report: UsefulnessReport) -> None:
        for i, reachable in enumerate(report.reachable):
            if not reachable:
                self.report(errors.UnreachablePattern(self.cx.pat_spans[node.arms[i].pat], self._catch_all(node, i)))
        self._unreachable_alternatives(report)

    def _unreachable_alternatives(self, report: UsefulnessReport) -> None:
        for pat in report.unreachable_alternatives:
            if pat >= 0:
                self.report(errors.UnreachablePattern(self.cx.pat_spans[pat], None))

    def _catch_all(self, node: hir.Match, before: int) -> Span | None:
        """An earlier arm without guard whose pattern matches anything."""
        for arm in node.arms[:before]:
            pat = self.cx.pats[arm.pat]
            is_binding = isinstance(pat, hir.BindPat) and pat.sub is None and arm.pat not in self.cx.res.pat_consts
            if isinstance(pat, hir.WildPat) or (is_binding and arm.pat not in self.cx.res.pat_variants):
                if arm.guard is None:
                    return self.cx.pat_spans[arm.pat]
        return None

    # -- faults inside patterns

    def _well_formed(self, pat: p.Pat) -> bool:
        """Report empty ranges and bindings named like variants; False if the pattern should not be checked further."""
        ok = True
        stack = [pat]
        while stack:
            at = stack.pop()
            if at.ty.flags & t.HAS_ERROR:
                return False
            if isinstance(at, p.RangePat) and at.low is not None and at.high is not None:
                low, high = scalar_value(at.low), scalar_value(at.high)
                if low > high or (low == high and not at.inclusive):
                    self.report(errors.EmptyRange(at.span, at.inclusive))
                    ok = False
            elif isinstance(at, p.BindingPat):
                self._named_like_variant(at)
                conflict = at_pattern_conflict(self.cx, at)
                if conflict is not None and at.id not in self._in_conflict:
                    self._in_conflict.add(at.id)
                    self.report(conflict)
            elif isinstance(at, p.ConstPat) and _is_generic(at.value):
                self.report(errors.GenericConstantPattern(at.span))
                ok = False
            stack.extend(p.sub_patterns(at))
        return ok

    def _named_like_variant(self, pat: p.BindingPat) -> None:
        ty = pat.ty
        while isinstance(ty, t.RefTy):
            ty = ty.ty
        node = self.cx.pats[pat.id]
        plain = isinstance(node, hir.BindPat) and node.mode is hir.BindingAnnotation.UNANNOTATED and node.sub is None
        if plain and isinstance(node, hir.BindPat) and isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
            if any(v.name == node.name and v.ctor == "unit" for v in self.cx.variants(ty.def_id)):
                self.report(errors.BindingNamedLikeVariant(pat.span, node.name, ty.def_id.name))


def _is_generic(value: m.ConstValue) -> bool:
    return isinstance(value, m.UnevaluatedConst) and any(arg.flags & t.HAS_PARAM for arg in value.args)


# ---------------------------------------------------------------- THIR patterns to constructors


def deconstruct(shapes: Shapes, pat: p.Pat) -> DeconstructedPat:
    """The constructor form of a THIR pattern."""
    if isinstance(pat, (p.VariantPat, p.LeafPat)):
        return _fields(shapes, pat)
    if isinstance(pat, p.BindingPat):
        return deconstruct(shapes, pat.sub) if pat.sub is not None else _wild(pat)
    if isinstance(pat, p.DerefPat):
        return DeconstructedPat(c.REF, (deconstruct(shapes, pat.sub),), pat.ty, pat.id)
    if isinstance(pat, p.OrPat):
        return DeconstructedPat(
            c.OR, tuple([deconstruct(shapes, alternative) for alternative in pat.pats]), pat.ty, pat.id
        )
    if isinstance(pat, p.ConstPat):
        if isinstance(pat.value, m.BytesConst) and isinstance(pat.ty, t.RefTy):
            inner = DeconstructedPat(_constant(pat), (), pat.ty.ty)
            return DeconstructedPat(c.REF, (inner,), pat.ty, pat.id)
        return DeconstructedPat(_constant(pat), (), pat.ty, pat.id)
    if isinstance(pat, p.RangePat):
        return DeconstructedPat(_range(pat), (), pat.ty, pat.id)
    if isinstance(pat, p.SlicePat):
        fields = tuple([deconstruct(shapes, sub) for sub in (*pat.prefix, *pat.suffix)])
        if pat.middle is None:
            ctor = c.slice_of(len(fields), 0, False)
        else:
            ctor = c.slice_of(len(pat.prefix), len(pat.suffix), True)
        return DeconstructedPat(ctor, fields, pat.ty, pat.id)
    return _wild(pat)


def _fields(shapes: Shapes, pat: p.VariantPat | p.LeafPat) -> DeconstructedPat:
    ctor = c.Constructor("variant", pat.variant_index) if isinstance(pat, p.VariantPat) else c.STRUCT
    written = dict(pat.subs)
    tys = c.arity_and_fields(shapes, pat.ty, ctor)
    fields = [
        deconstruct(shapes, written[i]) if i in written else DeconstructedPat(c.WILDCARD, (), ty)
        for i, ty in enumerate(tys)
    ]
    return DeconstructedPat(ctor, tuple(fields), pat.ty, pat.id)


def _wild(pat: p.Pat) -> DeconstructedPat:
    return DeconstructedPat(c.WILDCARD, (), pat.ty, pat.id)


def _constant(pat: p.ConstPat) -> c.Constructor:
    value = pat.value
    if isinstance(value, m.ScalarConst):
        at = scalar_value(value)
        if isinstance(at, float):
            return c.Constructor("float", value=(at, at, True))
        return c.int_range(at, at) if not isinstance(pat.ty, t.PtrTy) else c.Constructor("opaque", value=value)
    if isinstance(value, m.BytesConst):
        return c.Constructor("str", value=value.data)
    return c.Constructor("opaque", value=(value, pat.id))


def _range(pat: p.RangePat) -> c.Constructor:
    low = None if pat.low is None else scalar_value(pat.low)
    high = None if pat.high is None else scalar_value(pat.high)
    bounds = c.int_bounds(pat.ty)
    if bounds is None:
        return c.Constructor(
            "float",
            value=(float("-inf") if low is None else low, float("inf") if high is None else high, pat.inclusive),
        )
    first = bounds[0][0] if low is None else int(low)
    if high is None:
        return c.int_range(first, bounds[-1][1])
    return c.int_range(first, int(high) if pat.inclusive else int(high) - 1)
