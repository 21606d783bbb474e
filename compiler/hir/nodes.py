"""HIR nodes: desugared expressions, patterns, syntactic types and item signatures.

What it is: plain slotted data produced by :mod:`compiler.hir.lower_body` and siblings from the syntax tree of one
item. Expressions and patterns
live in an :class:`ExprStore` and are named by index (``ExprId``, ``PatId``); their spans are item-relative and live
in the store's
span lists (the BodySourceMap). Types (``TypeRef``) and paths carry their span in the node.

Desugarings done here, so that no later phase sees the sugar (rustc's own):
- ``while c { b }``  -> ``Loop(source=WHILE) { if c { b } else { break } }`` with ``If``/``Let`` conditions kept for
  let-chains
- ``for p in e { b }`` -> ``match IntoIterator::into_iter(e) { mut iter => loop { match Iterator::next(&mut iter) {
  None => break,
  Some(p) => b } } }`` through :class:`LangPath` paths
- ``e?`` -> ``match Try::branch(e) { Continue(v) => v, Break(r) => return FromResidual::from_residual(r) }``
- ranges -> struct literals / calls of lang paths (``a..b`` Range{start,end}; ``a..=b`` calls ``range_inclusive_new``)
- ``matches!``, ``assert!`` ... are macro expansions like any other; ``a += b`` stays ``AssignOp``; ``a && b`` stays
  ``Binary``.
- destructuring assignment ``(a, b) = e`` -> ``{ let (l1, l2) = e; a = l1; b = l2; }``
- kernel body rewrite (kernel-language 1.2), in ``#[kernel]``/``#[device]`` bodies (closures in them included, nested
  items not),
  only when something needs it. The root block begins with (paths are ``$crate``-anchored in ``cuda_device``;
  ``scope`` is marked)
  ``let scope = unsafe { thread::__internal::LaunchScope::<D, C>::new() };`` where D is ``thread::UnknownDomain`` or
  ``thread::Domain1``/``2``/``3`` and C is ``thread::NativeCoordinates`` or ``thread::U32Coordinates``, from
  ``#[launch_contract]``,
  and, with ``launch_context = lc``, ``let lc = thread::__internal::launch_context(&scope);``. A call whose path tail
  is ``index_1d``,
  ``index_2d``, ``index_2d_runtime`` or ``warp_index`` becomes ``thread::__internal::<tail>(&scope, args..)``
  (turbofish kept on
  the tail); a zero-argument method call ``x.get_mut_indexed()`` becomes ``x.get_mut_indexed(&scope)``.
- hygiene: an identifier introduced by a macro definition carries a mark: ``x·3``, of a macro of the body ``x·L3_5``;
  lookup of locals and labels compares the marked name, then the name at the definition of such a local macro
  (:func:`at_definition`); items are found by the name without marks (:func:`strip_mark`).
"""

from __future__ import annotations

import enum

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir.def_id import DefId
from compiler.hir.item_tree import Attr

ExprId = int
PatId = int
HYGIENE_MARK = "·"
HIDDEN_MARK = f"{HYGIENE_MARK}0"  # of a name that only the compiler writes
LOCAL_MACRO = "L"


def at_definition(name: str) -> tuple[str, PatId] | None:
    """What a name of a local macro's definition means where that macro is defined, and the first pattern after it;
    None: nothing there is seen."""
    outer, _, mark = name.rpartition(HYGIENE_MARK)
    if not outer or not mark.startswith(LOCAL_MACRO):
        return None
    return outer, int(mark.rpartition("_")[2])


def strip_mark(name: str) -> str:
    """The name as written, without its hygiene mark."""
    at = name.find(HYGIENE_MARK)
    return name if at < 0 else name[:at]


# ---------------------------------------------------------------- paths and types


@dataclass(frozen=True, slots=True)
class GenericArgsRef:
    """``<'a, T, N, Item = U>``; ``parenthesized``: ``Fn(A, B) -> C`` written as args=(A, B), bindings=(Output = C)."""

    args: tuple[TypeRef | ConstArgRef | LifetimeRef, ...]
    bindings: tuple[AssocBinding, ...] = ()
    parenthesized: bool = False
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class AssocBinding:
    """``Item = T``, ``N = {3}`` or ``Item: Bound`` inside generic arguments."""

    name: str
    ty: TypeRef | None = None
    const: ConstArgRef | None = None
    bounds: tuple[BoundRef, ...] = ()
    args: GenericArgsRef | None = None
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class LifetimeRef:
    """``'a`` without its quote: "a", "static", "_"."""

    name: str
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class ConstArgRef:
    """A const generic argument or array length: an anonymous constant of the owner. ``anon`` indexes
    ``ExprStore.anon_consts``.

    A bare single-segment path argument is ambiguous between type and const: it is written as PathType and resolved
    later.
    """

    anon: int
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class PathSegment:
    name: str
    args: GenericArgsRef | None = None
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class Path:
    """A path. ``anchor``: "" relative, "::" global, "crate", "self", "super" (``n_super`` times), "$crate" (``krate``
    set).

    ``Self`` and ``self`` (the value) are ordinary segments. ``qself``: ``<T as Trait>::X`` has qself=T and the trait
    path's
    segments first, ``n_trait_segments`` of them (0 for ``<T>::X``).
    """

    segments: tuple[PathSegment, ...]
    anchor: str = ""
    n_super: int = 0
    krate: str = ""
    qself: TypeRef | None = None
    n_trait_segments: int = 0
    span: Span = EMPTY_SPAN

    def plain_name(self) -> str | None:
        """The name of a single-segment relative path without arguments, else None."""
        if len(self.segments) == 1 and not self.anchor and self.qself is None and self.segments[0].args is None:
            return self.segments[0].name
        return None

    def __str__(self) -> str:
        return "::".join([self.anchor] * bool(self.anchor and self.anchor != "::") + [s.name for s in self.segments])


@dataclass(frozen=True, slots=True)
class LangPath:
    """A path made by desugaring: the lang item named ``item``; ``variant``/assoc names are their own lang items."""

    item: str
    span: Span = EMPTY_SPAN


AnyPath = Path | LangPath


@dataclass(frozen=True, slots=True)
class PathType:
    path: Path
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class RefType:
    lifetime: LifetimeRef | None
    mutable: bool
    ty: TypeRef
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class PtrType:
    mutable: bool
    ty: TypeRef
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class SliceType:
    ty: TypeRef
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class ArrayType:
    ty: TypeRef
    len: ConstArgRef | InferType
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class TupleType:
    elems: tuple[TypeRef, ...]
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class NeverType:
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class InferType:
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class FnPtrType:
    params: tuple[TypeRef, ...]
    ret: TypeRef | None
    is_unsafe: bool = False
    abi: str | None = None
    lifetimes: tuple[LifetimeRef, ...] = ()
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class BoundRef:
    """``?Sized``/``for<'a> Trait<..>`` (path set), ``'a`` (lifetime set) or ``use<..>`` (captures set)."""

    path: Path | None = None
    lifetime: LifetimeRef | None = None
    maybe: bool = False
    for_lifetimes: tuple[LifetimeRef, ...] = ()
    span: Span = EMPTY_SPAN
    captures: GenericArgsRef | None = None


@dataclass(frozen=True, slots=True)
class ImplTraitType:
    bounds: tuple[BoundRef, ...]
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class DynTraitType:
    bounds: tuple[BoundRef, ...]
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class ErrorType:
    """A type that did not parse; already reported."""

    span: Span = EMPTY_SPAN


TypeRef = (
    PathType
    | RefType
    | PtrType
    | SliceType
    | ArrayType
    | TupleType
    | NeverType
    | InferType
    | FnPtrType
    | ImplTraitType
    | DynTraitType
    | ErrorType
)


# ---------------------------------------------------------------- patterns


class BindingAnnotation(enum.Enum):
    UNANNOTATED = ""
    MUTABLE = "mut"
    REF = "ref"
    REF_MUT = "ref mut"


@dataclass(slots=True)
class WildPat:
    pass


@dataclass(slots=True)
class RestPat:
    """``..`` inside a tuple, tuple-struct or slice pattern."""


@dataclass(slots=True)
class BindPat:
    """``[ref] [mut] name [@ sub]``. A plain name may turn out to be a const or unit variant; resolve decides."""

    name: str
    mode: BindingAnnotation
    sub: PatId | None = None


@dataclass(slots=True)
class PathPat:
    path: AnyPath


@dataclass(slots=True)
class TupleStructPat:
    path: AnyPath
    pats: tuple[PatId, ...]  # may contain one RestPat


@dataclass(slots=True)
class FieldPat:
    name: str
    pat: PatId
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class RecordPat:
    path: AnyPath
    fields: tuple[FieldPat, ...]
    has_rest: bool


@dataclass(slots=True)
class TuplePat:
    pats: tuple[PatId, ...]


@dataclass(slots=True)
class SlicePat:
    pats: tuple[PatId, ...]  # a middle ``..`` or ``name @ ..`` is RestPat / BindPat(sub=RestPat)


@dataclass(slots=True)
class RefPat:
    pat: PatId
    mutable: bool


@dataclass(slots=True)
class LitPat:
    """A literal, a negated literal or an inline const; ``expr`` is its expression."""

    expr: ExprId


@dataclass(slots=True)
class RangePat:
    start: ExprId | None
    end: ExprId | None
    inclusive: bool


@dataclass(slots=True)
class OrPat:
    pats: tuple[PatId, ...]


@dataclass(slots=True)
class MissingPat:
    """Did not parse; already reported."""


Pat = (
    WildPat
    | RestPat
    | BindPat
    | PathPat
    | TupleStructPat
    | RecordPat
    | TuplePat
    | SlicePat
    | RefPat
    | LitPat
    | RangePat
    | OrPat
    | MissingPat
)


# ---------------------------------------------------------------- expressions


class LitKind(enum.Enum):
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    CHAR = "char"
    BYTE = "byte"
    STR = "str"
    BYTE_STR = "byte str"
    C_STR = "c str"


@dataclass(slots=True)
class Literal:
    """``value``: int for INT/CHAR/BYTE, str (source digits, no ``_``) for FLOAT, bool, str for STR, bytes for
    BYTE_STR."""

    kind: LitKind
    value: int | str | bool | bytes
    suffix: str | None = None


@dataclass(slots=True)
class PathExpr:
    path: AnyPath


@dataclass(slots=True)
class Call:
    callee: ExprId
    args: tuple[ExprId, ...]


@dataclass(slots=True)
class MethodCall:
    receiver: ExprId
    name: str
    generic_args: GenericArgsRef | None
    args: tuple[ExprId, ...]
    name_span: Span = EMPTY_SPAN


@dataclass(slots=True)
class FieldAccess:
    """``base.name``; tuple fields have decimal names."""

    base: ExprId
    name: str
    name_span: Span = EMPTY_SPAN


@dataclass(slots=True)
class Index:
    base: ExprId
    index: ExprId


@dataclass(slots=True)
class Unary:
    op: str  # "-", "!", "*"
    expr: ExprId


@dataclass(slots=True)
class Binary:
    op: str  # + - * / % ^ & | << >> == != < <= > >= && ||
    left: ExprId
    right: ExprId
    op_span: Span = EMPTY_SPAN


@dataclass(slots=True)
class Assign:
    target: ExprId
    value: ExprId


@dataclass(slots=True)
class AssignOp:
    op: str  # without "="
    target: ExprId
    value: ExprId
    op_span: Span = EMPTY_SPAN


@dataclass(slots=True)
class AddrOf:
    """``&e``, ``&mut e``, ``&raw const e``, ``&raw mut e``."""

    expr: ExprId
    mutable: bool
    raw: bool = False


@dataclass(slots=True)
class Cast:
    expr: ExprId
    ty: TypeRef


@dataclass(slots=True)
class Block:
    """``label`` for labelled blocks; ``items``: definitions local to this block (in scope in the whole block)."""

    stmts: tuple[Stmt, ...]
    tail: ExprId | None
    label: str | None = None
    is_unsafe: bool = False
    items: tuple[DefId, ...] = ()


@dataclass(slots=True)
class If:
    """``cond`` may contain ``Let`` under ``&&`` (let-chains)."""

    cond: ExprId
    then_branch: ExprId
    else_branch: ExprId | None


@dataclass(slots=True)
class Let:
    """``let PAT = EXPR`` as a condition."""

    pat: PatId
    expr: ExprId


class MatchSource(enum.Enum):
    NORMAL = "match"
    FOR_LOOP = "for"
    TRY = "?"


@dataclass(slots=True)
class MatchArm:
    pat: PatId
    guard: ExprId | None
    body: ExprId


@dataclass(slots=True)
class Match:
    scrutinee: ExprId
    arms: tuple[MatchArm, ...]
    source: MatchSource = MatchSource.NORMAL


class LoopSource(enum.Enum):
    LOOP = "loop"
    WHILE = "while"
    FOR = "for"


@dataclass(slots=True)
class Loop:
    """``unroll``: None, 0 (full) or the ExprId-free factor of ``#[unroll(N)]``; ``unroll_anon``: a non-literal
    factor."""

    body: ExprId
    label: str | None = None
    source: LoopSource = LoopSource.LOOP
    unroll: int | None = None
    unroll_anon: int | None = None


@dataclass(slots=True)
class Break:
    label: str | None
    expr: ExprId | None


@dataclass(slots=True)
class Continue:
    label: str | None


@dataclass(slots=True)
class Return:
    expr: ExprId | None


@dataclass(slots=True)
class ClosureParam:
    pat: PatId
    ty: TypeRef | None


@dataclass(slots=True)
class Closure:
    params: tuple[ClosureParam, ...]
    ret: TypeRef | None
    body: ExprId
    is_move: bool


@dataclass(slots=True)
class Tuple:
    elems: tuple[ExprId, ...]


@dataclass(slots=True)
class Array:
    elems: tuple[ExprId, ...]


@dataclass(slots=True)
class Repeat:
    elem: ExprId
    count: ConstArgRef | InferType


@dataclass(slots=True)
class RecordField:
    name: str
    expr: ExprId
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class RecordLit:
    """``Path { fields, ..base }``."""

    path: AnyPath
    fields: tuple[RecordField, ...]
    base: ExprId | None


@dataclass(slots=True)
class InlineConst:
    """``const { .. }``: ``anon`` indexes ``ExprStore.anon_consts``."""

    anon: int


@dataclass(slots=True)
class PtxAsmOperand:
    kind: str  # "out", "inout", "in"
    constraint: str  # "=r", "+r", "r", "n", "C" ...
    expr: ExprId


@dataclass(slots=True)
class PtxAsm:
    template: str
    operands: tuple[PtxAsmOperand, ...]
    memory_clobber: bool
    register_only: bool
    may_diverge: bool


@dataclass(slots=True)
class Printf:
    """``gpu_printf!``: C format bytes (no NUL) and arguments already promoted by casts to i32/i64/u64/f64; type
    ``i32``."""

    format: bytes
    args: tuple[ExprId, ...]


@dataclass(slots=True)
class OffsetOf:
    """``offset_of!(ty, a.b)``; ``spans`` of the fields."""

    ty: TypeRef
    fields: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class UnsupportedExpr:
    """Understood by the parser, refused on the device: ``construct`` names it (``async block`` ...)."""

    construct: str
    children: tuple[ExprId, ...] = ()


@dataclass(slots=True)
class MissingExpr:
    """Did not parse; already reported."""


Expr = (
    Literal
    | PathExpr
    | Call
    | MethodCall
    | FieldAccess
    | Index
    | Unary
    | Binary
    | Assign
    | AssignOp
    | AddrOf
    | Cast
    | Block
    | If
    | Let
    | Match
    | Loop
    | Break
    | Continue
    | Return
    | Closure
    | Tuple
    | Array
    | Repeat
    | RecordLit
    | InlineConst
    | PtxAsm
    | Printf
    | OffsetOf
    | UnsupportedExpr
    | MissingExpr
)


@dataclass(slots=True)
class LetStmt:
    pat: PatId
    ty: TypeRef | None
    init: ExprId | None
    else_branch: ExprId | None = None
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class ExprStmt:
    expr: ExprId
    has_semi: bool


Stmt = LetStmt | ExprStmt


# ---------------------------------------------------------------- stores, bodies, signatures


@dataclass(slots=True)
class AnonConst:
    """An anonymous constant: its root expression in the same store. Its DefId: (owner, ANON_CONST, "", index)."""

    expr: ExprId
    kind: str  # "array length", "const argument", "inline const", "discriminant", "unroll"


@dataclass(slots=True)
class ExprStore:
    """Arena of one item's expressions and patterns with item-relative spans."""

    exprs: list[Expr] = field(default_factory=list)
    expr_spans: list[Span] = field(default_factory=list)
    pats: list[Pat] = field(default_factory=list)
    pat_spans: list[Span] = field(default_factory=list)
    anon_consts: list[AnonConst] = field(default_factory=list)
    attrs: dict[ExprId, tuple[Attr, ...]] = field(default_factory=dict)  # attributes on expressions and statements
    lint_attrs: list[tuple[Attr, bool]] = field(default_factory=list)  # `#[allow]` ..., is it `#![..]` (lint_attrs.py)

    def add_expr(self, expr: Expr, span: Span) -> ExprId:
        self.exprs.append(expr)
        self.expr_spans.append(span)
        return len(self.exprs) - 1

    def add_pat(self, pat: Pat, span: Span) -> PatId:
        self.pats.append(pat)
        self.pat_spans.append(span)
        return len(self.pats) - 1


@dataclass(slots=True)
class Body:
    """The body of a fn (params bind its patterns), const or static (no params). ``root`` is its value expression.

    ``launch_context``: name bound by ``#[kernel(launch_context = lc)]``. ``self_param``: PatId of ``self`` or None
    (it is params[0]). ``local_blocks``: of each of ``local_items``, the items of the blocks around it, innermost first.
    """

    owner: DefId
    store: ExprStore
    params: tuple[PatId, ...]
    root: ExprId
    local_items: tuple[DefId, ...] = ()
    local_blocks: tuple[tuple[tuple[DefId, ...], ...], ...] = ()
    launch_context: str | None = None
    has_errors: bool = False


@dataclass(frozen=True, slots=True)
class GenericParamRef:
    """``kind``: "lifetime" | "type" | "const"."""

    kind: str
    name: str
    bounds: tuple[BoundRef, ...] = ()
    default_ty: TypeRef | None = None
    default_const: ConstArgRef | None = None
    const_ty: TypeRef | None = None
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class WherePredicateRef:
    """``for<..> T: A + B`` or ``'a: 'b`` (lifetime set)."""

    ty: TypeRef | None
    lifetime: LifetimeRef | None
    bounds: tuple[BoundRef, ...]
    for_lifetimes: tuple[LifetimeRef, ...] = ()
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class GenericsRef:
    params: tuple[GenericParamRef, ...] = ()
    where: tuple[WherePredicateRef, ...] = ()
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class ParamRef:
    """One fn parameter in a signature: the name when the pattern is a plain identifier. ``takes_apart``: it is
    neither that nor ``_``."""

    name: str | None
    ty: TypeRef
    span: Span = EMPTY_SPAN
    takes_apart: bool = False


@dataclass(slots=True)
class FnDecl:
    """``self_kind``: None, "self", "&self", "&mut self", "typed" (``self: T``); then params[0] is self with its
    (desugared) type."""

    generics: GenericsRef
    params: tuple[ParamRef, ...]
    ret: TypeRef | None
    self_kind: str | None = None
    is_const: bool = False
    is_unsafe: bool = False
    is_async: bool = False
    abi: str | None = None
    is_variadic: bool = False
    store: ExprStore = field(default_factory=ExprStore)


@dataclass(slots=True)
class FieldDecl:
    name: str
    ty: TypeRef
    visibility: str
    span: Span = EMPTY_SPAN
    attrs: tuple[Attr, ...] = ()


@dataclass(slots=True)
class VariantDecl:
    """``ctor``: "unit", "tuple", "record"."""

    name: str
    fields: tuple[FieldDecl, ...]
    ctor: str
    discriminant: ConstArgRef | None = None
    span: Span = EMPTY_SPAN
    attrs: tuple[Attr, ...] = ()


@dataclass(slots=True)
class AdtDecl:
    """Struct and union: one variant named like the type."""

    generics: GenericsRef
    variants: tuple[VariantDecl, ...]
    store: ExprStore = field(default_factory=ExprStore)


@dataclass(slots=True)
class TraitDecl:
    generics: GenericsRef
    supertraits: tuple[BoundRef, ...]
    is_unsafe: bool = False
    is_auto: bool = False
    alias: bool = False
    store: ExprStore = field(default_factory=ExprStore)


@dataclass(slots=True)
class ImplDecl:
    generics: GenericsRef
    trait_path: Path | None
    self_ty: TypeRef
    negative: bool = False
    is_unsafe: bool = False
    store: ExprStore = field(default_factory=ExprStore)


@dataclass(slots=True)
class TypeAliasDecl:
    """Type alias, associated type (bounds, maybe no type)."""

    generics: GenericsRef
    bounds: tuple[BoundRef, ...]
    ty: TypeRef | None
    store: ExprStore = field(default_factory=ExprStore)


@dataclass(slots=True)
class ConstDecl:
    """const and static (``mutable`` for ``static mut``)."""

    ty: TypeRef
    mutable: bool = False
    generics: GenericsRef = GenericsRef()
    store: ExprStore = field(default_factory=ExprStore)


Signature = FnDecl | AdtDecl | TraitDecl | ImplDecl | TypeAliasDecl | ConstDecl
