"""``overflowing_literals``: literals that their type cannot hold.

What it is: every integer literal against the range of the type that inference gave it (a negated one may be the least
value), every float literal against infinity.

Assumes: types are known. Guarantees: one finding a literal, wherever it stands.

Example: ``let x: u8 = 256;`` and ``128 as i8`` are errors, ``-128i8`` is none.
"""

from __future__ import annotations

from fractions import Fraction

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.mir.build.constants import float_bits_of
from compiler.mir.build.matches.scalar import bounds_of
from compiler.query import Database
from compiler.resolve.lowering import body
from compiler.ty import types as t
from compiler.ty.infer import infer

_INFINITY = {16: 0x7C00, 32: 0x7F800000, 64: 0x7FF0000000000000}


@dataclass(frozen=True, slots=True)
class OverflowingLiteral:
    owner: DefId
    span: Span
    ty: str
    note: str

    def to_diagnostic(self) -> Diagnostic:
        text = f"literal out of range for `{self.ty}`"
        label, note = Label(self.span, "", self.owner), SubDiagnostic("note", self.note)
        return Diagnostic(Severity.WARNING, "overflowing_literals", text, label, (), (note,))


def overflowing_literals(db: Database, owner: DefId) -> list[Diagnostic]:
    """The findings of a body, item-relative."""
    lowered = body(db, owner)
    if lowered is None:
        return []
    store, types = lowered.store, infer(db, owner).expr_types
    literals = {
        expr: node
        for expr, node in enumerate(store.exprs)
        if isinstance(node, h.Literal) and node.kind in (h.LitKind.INT, h.LitKind.FLOAT) and _may_overflow(node)
    }
    if not literals:
        return []
    negations = {node.expr: n for n, node in enumerate(store.exprs) if isinstance(node, h.Unary) and node.op == "-"}
    out = []
    for expr, node in literals.items():
        note = _fault(node, types.get(expr), _is_negated(expr, negations))
        if note:
            found = OverflowingLiteral(owner, store.expr_spans[expr], repr(types[expr]), note)
            out.append(found.to_diagnostic())
    return out


def _may_overflow(node: h.Literal) -> bool:
    """Cheap: most literals fit every type."""
    return node.value > 0x7F if isinstance(node.value, int) else True


def _is_negated(expr: h.ExprId, negations: dict[h.ExprId, h.ExprId]) -> bool:
    """Of several minus signs every second one belongs to what is after it."""
    return expr in negations and not _is_negated(negations[expr], negations)


def _fault(node: h.Literal, ty: t.Ty | None, is_negated: bool) -> str:
    if isinstance(ty, t.IntTy) and isinstance(node.value, int):
        low, high = bounds_of(ty) or (0, 0)
        if node.value > high + (ty.signed and is_negated):
            return f"the literal does not fit into the type `{ty.name}` whose range is `{low}..={high}`"
    elif isinstance(ty, t.FloatTy) and ty.bits in _INFINITY and node.kind is h.LitKind.FLOAT:
        if float_bits_of(Fraction(str(node.value)), ty.bits) >= _INFINITY[ty.bits]:
            return f"the literal does not fit into the type `{ty.name}` and will be converted to `{ty.name}::INFINITY`"
    return ""
