"""Candidates: patterns flattened to tests on places and bindings (rustc's ``matches/match_pair.rs``).

What it is: a pattern becomes a list of :class:`MatchPair` (a place, what must hold of it, the pairs to test once it
holds) and a list of :class:`Binding`. Irrefutable structure (tuples, references, bindings) disappears into its parts.
Or-patterns come last, so that they multiply the tree as little as possible.

Assumes: THIR patterns. Guarantees: the bindings are in evaluation order: those inside ``x @ p`` before ``x``.

Example: ``(Some(a), 3)`` on ``_1``: ``[_1.0 is variant 1, _1.1 == 3]``, bindings ``[a = ((_1.0 as Some).0)]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches import pattern as p
from compiler.mir.build.matches.scalar import Range, is_full_range
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.mir.build.place import PlaceBuilder

# ---------------------------------------------------------------- what a place must satisfy


@dataclass(frozen=True, slots=True)
class IsVariant:
    ty: t.AdtTy
    index: int


@dataclass(frozen=True, slots=True)
class IsConst:
    """``bits`` is set for integers, chars and bools, which are switched on."""

    value: m.ConstValue
    ty: t.Ty
    bits: int | None


@dataclass(frozen=True, slots=True)
class InRange:
    range: Range


@dataclass(frozen=True, slots=True)
class HasLength:
    length: int
    at_least: bool


@dataclass(slots=True)
class AnyOf:
    flats: list[FlatPat]


Case = IsVariant | IsConst | InRange | HasLength | AnyOf


@dataclass(slots=True)
class MatchPair:
    place: m.Place
    case: Case
    subpairs: list[MatchPair]
    ty: t.Ty
    span: Span


@dataclass(slots=True)
class Binding:
    var: int
    source: m.Place
    mode: str
    ty: t.Ty  # of the matched place
    span: Span
    is_around_or: bool = False  # ``x @ (A(a) | B(a))``: after the bindings of the alternatives


@dataclass(slots=True)
class FlatPat:
    pairs: list[MatchPair]
    bindings: list[Binding]
    span: Span


class Candidate:
    """One arm (or one alternative of it) on its way through the tree; see :mod:`compiler.mir.build.matches.tree`."""

    __slots__ = (
        "bindings",
        "false_edge_start",
        "has_guard",
        "otherwise",
        "pairs",
        "pre_binding",
        "span",
        "subcandidates",
    )

    def __init__(self, flat: FlatPat, has_guard: bool) -> None:
        self.pairs = list(flat.pairs)
        self.bindings = flat.bindings
        self.has_guard = has_guard
        self.span = flat.span
        self.subcandidates: list[Candidate] = []
        self.pre_binding: m.BasicBlockId | None = None
        self.otherwise: m.BasicBlockId | None = None
        self.false_edge_start: m.BasicBlockId | None = None
        self.sort_pairs()

    def sort_pairs(self) -> None:
        """Or-patterns last."""
        pairs = self.pairs
        if len(pairs) > 1 and any(type(q.case) is AnyOf for q in pairs):
            pairs.sort(key=lambda q: type(q.case) is AnyOf)

    def starts_with_or(self) -> bool:
        return bool(self.pairs) and type(self.pairs[0].case) is AnyOf

    def leaves(self) -> list[Candidate]:
        if not self.subcandidates:
            return [self]
        return [leaf for sub in self.subcandidates for leaf in sub.leaves()]

    def inherit_bindings(self) -> None:
        """Give every leaf the bindings made around its or-patterns (``x @ (1 | 2)``); once, when the tree is done."""
        for sub in self.subcandidates:
            before = [binding for binding in self.bindings if not binding.is_around_or]
            after = [binding for binding in self.bindings if binding.is_around_or]
            sub.bindings = [*before, *sub.bindings, *after]
            sub.inherit_bindings()


# ---------------------------------------------------------------- flattening


def flatten(b: Builder, place: PlaceBuilder, pat: p.Pat) -> FlatPat:
    """The tests and bindings of a pattern on a place."""
    flat = FlatPat([], [], pat.span)
    _flatten(b, place, pat, flat.pairs, flat.bindings)
    return flat


def _flatten(b: Builder, place: PlaceBuilder, pat: p.Pat, pairs: list[MatchPair], bindings: list[Binding]) -> None:
    kind = type(pat)
    for constant in b.cx.pattern_constants.pop(pat.id, ()) if b.cx.pattern_constants else ():
        at = place.try_to_place(b)
        if at is not None:
            b.push(m.AscribeUserType(at, pat.ty, pat.span, constant=constant))
    if kind is p.WildPat:
        return
    if isinstance(pat, p.BindingPat):
        n_before = len(pairs)
        if pat.sub is not None:
            _flatten(b, place, pat.sub, pairs, bindings)
        is_around_or = any(map(_has_or, pairs[n_before:]))
        source = place.try_to_place(b)
        if source is not None:
            bindings.append(Binding(pat.var, source, pat.mode, pat.ty, pat.span, is_around_or))
        return
    if isinstance(pat, p.DerefPat):
        _flatten(b, place.project(m.Deref()), pat.sub, pairs, bindings)
    elif isinstance(pat, p.LeafPat):
        _ascribe(b, place, pat)
        for index, sub in pat.subs:
            _flatten(b, place.project(m.Field(index, sub.ty)), sub, pairs, bindings)
    elif isinstance(pat, p.SlicePat) and isinstance(pat.ty, t.ArrayTy):
        _flatten_elements(b, place, pat, pairs, bindings)
    else:
        _push_test(b, place, pat, pairs, bindings)


def _has_or(pair: MatchPair) -> bool:
    return type(pair.case) is AnyOf or any(map(_has_or, pair.subpairs))


def _push_test(b: Builder, place: PlaceBuilder, pat: p.Pat, pairs: list[MatchPair], bindings: list[Binding]) -> None:
    subpairs: list[MatchPair] = []
    case: Case | None = None
    if isinstance(pat, p.VariantPat):
        case = _variant(b, place, pat, subpairs, bindings)
    elif isinstance(pat, p.ConstPat):
        value = pat.value
        bits = value.bits if isinstance(value, m.ScalarConst) and is_switch_ty(pat.ty) else None
        case = IsConst(value, pat.ty, bits)
    elif isinstance(pat, p.RangePat):
        range_ = Range(pat.ty, pat.low, pat.high, pat.inclusive)
        case = None if is_full_range(range_) else InRange(range_)
    elif isinstance(pat, p.SlicePat):
        _flatten_elements(b, place, pat, subpairs, bindings)
        if pat.prefix or pat.suffix or pat.middle is None:
            case = HasLength(len(pat.prefix) + len(pat.suffix), pat.middle is not None)
    elif isinstance(pat, p.OrPat):
        case = AnyOf([flatten(b, place, alternative) for alternative in pat.pats])
    if case is None:
        pairs.extend(subpairs)
    else:
        pairs.append(MatchPair(place.to_place(b), case, subpairs, pat.ty, pat.span))


def _ascribe(b: Builder, place: PlaceBuilder, pat: p.LeafPat | p.VariantPat) -> None:
    """Relate the place to the type that the pattern's path says; it holds wherever it is written."""
    at = place.try_to_place(b) if pat.user_ty is not None else None
    if at is not None and pat.user_ty is not None:
        b.push(m.AscribeUserType(at, pat.user_ty, pat.span, True))


def is_switch_ty(ty: t.Ty) -> bool:
    return isinstance(ty, t.IntTy) or ty is t.char or ty is t.bool_


def _variant(
    b: Builder, place: PlaceBuilder, pat: p.VariantPat, subpairs: list[MatchPair], bindings: list[Binding]
) -> Case | None:
    assert isinstance(pat.ty, t.AdtTy)
    _ascribe(b, place, pat)
    variants = b.cx.variants(pat.ty.def_id)
    downcast = place.project(m.Downcast(pat.variant_index, variants[pat.variant_index].name))
    for index, sub in pat.subs:
        _flatten(b, downcast.project(m.Field(index, sub.ty)), sub, subpairs, bindings)
    others = (i for i in range(len(variants)) if i != pat.variant_index)
    if all(b.cx.is_variant_uninhabited(pat.ty, i) for i in others):
        return None
    return IsVariant(pat.ty, pat.variant_index)


def _flatten_elements(
    b: Builder, place: PlaceBuilder, pat: p.SlicePat, pairs: list[MatchPair], bindings: list[Binding]
) -> None:
    """Elements of a slice or array pattern: from the front, the middle, from the back."""
    n_prefix, n_suffix = len(pat.prefix), len(pat.suffix)
    exact = isinstance(pat.ty, t.ArrayTy) and pat.ty.len.kind == "value"
    min_length = pat.ty.len.value if isinstance(pat.ty, t.ArrayTy) and exact else n_prefix + n_suffix
    for i, sub in enumerate(pat.prefix):
        _flatten(b, place.project(m.ConstantIndex(i, min_length, False)), sub, pairs, bindings)
    if pat.middle is not None:
        elem = m.Subslice(n_prefix, min_length - n_suffix, False) if exact else m.Subslice(n_prefix, n_suffix, True)
        _flatten(b, place.project(elem), pat.middle, pairs, bindings)
    for k, sub in enumerate(pat.suffix):
        from_end = n_suffix - k
        elem_index = (
            m.ConstantIndex(min_length - from_end, min_length, False)
            if exact
            else m.ConstantIndex(from_end, min_length, True)
        )
        _flatten(b, place.project(elem_index), sub, pairs, bindings)
