"""Semantic tokens: names coloured by what they mean.

Assumes: bodies infer. Guarantees: tokens in order, not overlapping, inside the asked span; what is unknown has no
token (the editor's grammar colours it).

Example: in ``#[kernel] fn k(x: &[f32])`` the name ``k`` is a function with modifiers declaration and kernel.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.attrs import is_device_body, is_kernel
from compiler.resolve.lowering import body
from compiler.resolve.source import item_of, item_source, origin
from compiler.semantics.api import SemanticToken
from compiler.semantics.definitions import BODY_OWNERS, file_definitions
from compiler.semantics.reach import device_reach
from compiler.ty import results as r
from compiler.ty.infer import infer

_ITEM_TYPES = {
    DefKind.FN: "function",
    DefKind.STRUCT: "struct",
    DefKind.UNION: "struct",
    DefKind.ENUM: "enum",
    DefKind.VARIANT: "enumMember",
    DefKind.TRAIT: "interface",
    DefKind.CONST: "variable",
    DefKind.STATIC: "variable",
    DefKind.TYPE_ALIAS: "type",
    DefKind.MOD: "namespace",
    DefKind.MACRO: "macro",
}


def _item_modifiers(db: Database, def_id: DefId) -> tuple[str, ...]:
    if def_id.kind is not DefKind.FN:
        return ()
    if is_kernel(db, def_id):
        return ("kernel",)
    device = is_device_body(db, def_id) or def_id.krate.name == "cuda_device"
    return ("device",) if device else ()


@query
def item_tokens(db: Database, owner: DefId) -> tuple[SemanticToken, ...]:
    """Tokens of one item and its body, item-relative, in order."""
    out: list[SemanticToken] = []
    item = item_of(db, owner)
    kind = _ITEM_TYPES.get(owner.kind)
    if item is not None and kind is not None and item.name_span.end > item.name_span.start:
        out.append(SemanticToken(item.name_span, kind, ("declaration", *_item_modifiers(db, owner))))
    lowered = body(db, owner) if owner.kind in BODY_OWNERS else None
    if lowered is not None:
        out += _BodyTokens(db, owner, lowered).tokens()
    return tuple(_disjoint(out))


class _BodyTokens:
    def __init__(self, db: Database, owner: DefId, lowered: h.Body) -> None:
        self.db = db
        self.owner = owner
        self.is_reached = owner in device_reach(db)
        self.store = lowered.store
        self.result = infer(db, owner)
        self.source = item_source(db, owner)
        self.params = set(lowered.params)

    def tokens(self) -> list[SemanticToken]:
        out = []
        for i, pat in enumerate(self.store.pats):
            if isinstance(pat, h.BindPat):
                token = self._name(self.store.pat_spans[i], pat.name, self._local(i), ("declaration",))
                out.append(token)
        for i, expr in enumerate(self.store.exprs):
            if isinstance(expr, h.PathExpr):
                out.append(self._path(i, expr))
            elif isinstance(expr, h.MethodCall):
                method = self.result.methods.get(i)
                marks = _item_modifiers(self.db, method.def_id) if method is not None else ()
                out.append(SemanticToken(expr.name_span, "method", marks))
            elif isinstance(expr, h.FieldAccess):
                out.append(SemanticToken(expr.name_span, "property"))
        return [token for token in out if token is not None]

    def _local(self, pat: int) -> tuple[str, tuple[str, ...]]:
        node = self.store.pats[pat]
        mutable = isinstance(node, h.BindPat) and node.mode is h.BindingAnnotation.MUTABLE
        marks = (("mutable",) if mutable else ()) + self._agreement(pat)
        return "parameter" if pat in self.params else "variable", marks

    def _agreement(self, pat: int) -> tuple[str, ...]:
        """Whether threads agree on a variable, in what kernels run."""
        from compiler.semantics.uniformity import modifier

        return modifier(self.db, self.owner, self.store.pat_spans[pat]) if self.is_reached else ()

    def _name(
        self, span: Span, name: str, meaning: tuple[str, tuple[str, ...]], extra: tuple[str, ...] = ()
    ) -> SemanticToken | None:
        """The token of a name inside a span, where the text really has it (not in expansions)."""
        plain = h.strip_mark(name).encode()
        at = self.source.rfind(plain, span.start, span.end)
        if at < 0 or h.HYGIENE_MARK in name:
            return None
        return SemanticToken(Span(at, at + len(plain)), meaning[0], extra + meaning[1])

    def _path(self, i: int, expr: h.PathExpr) -> SemanticToken | None:
        if not isinstance(expr.path, h.Path) or not expr.path.segments:
            return None
        span, last = self.store.expr_spans[i], expr.path.segments[-1]
        value = self.result.values.get(i)
        if isinstance(value, r.LocalRes):
            return self._name(span, last.name, self._local(value.pat))
        if isinstance(value, r.DefRes | r.SelfCtorRes):
            kind = _ITEM_TYPES.get(value.def_id.kind)
            where = last.span if last.span.end else span
            return self._name(where, last.name, (kind, _item_modifiers(self.db, value.def_id))) if kind else None
        if isinstance(value, r.ConstParamRes):
            return self._name(span, last.name, ("typeParameter", ()))
        return None


def _disjoint(tokens: list[SemanticToken]) -> list[SemanticToken]:
    out: list[SemanticToken] = []
    for token in sorted(tokens, key=lambda x: (x.span.start, x.span.end)):
        if token.span.end > token.span.start and (not out or token.span.start >= out[-1].span.end):
            out.append(token)
    return out


def semantic_tokens(db: Database, file: str, span: Span | None) -> tuple[SemanticToken, ...]:
    """Tokens of a file, of a part of it with ``span``."""
    out: list[SemanticToken] = []
    for owner in file_definitions(db, file):
        at = origin(db, owner)
        if at.expanded is not None:
            continue
        end = at.offset + len(item_source(db, owner))
        if span is not None and (at.offset > span.end or end < span.start):
            continue
        out += [SemanticToken(x.span.shifted(at.offset), x.type, x.modifiers) for x in item_tokens(db, owner)]
    inside = [x for x in out if span is None or (x.span.start >= span.start and x.span.end <= span.end)]
    return tuple(_disjoint(inside))
