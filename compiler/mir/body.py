"""The MIR data model: rustc's vocabulary, item-relative spans, polymorphic types.

What it is: plain slotted data. A :class:`Body` is the control-flow graph of one function, closure, constant or static
initialiser. It is built once per definition with generic parameters left in the types (:mod:`compiler.mir.build`),
checked by the analyses, and instantiated by :mod:`compiler.mir.mono` (types concrete) for code generation.

Conventions (rustc's unless said):
- ``locals[0]`` is the return place, ``locals[1..=arg_count]`` the arguments. Block 0 is the entry. A closure body's
  local 1 is the closure itself (by value, ``&`` or ``&mut`` by its kind); its further arguments are *untupled* (local
  2 ..).
- No unwinding edges. Overflow of ``+ - *`` wraps (plain ``BinOp.ADD``...). Shifts mask the amount
  (``BinOp.SHL``/``SHR``). Division and remainder are preceded by ``Assert`` terminators (zero, ``MIN / -1``),
  indexing by a bounds ``Assert``.
- Calls are terminators. The callee operand is a constant of ``FnDef`` type for direct calls; trait methods stay
  unresolved (``FnDef(trait method, [Self, ...])``) until mono resolves them. Calling a compiler intrinsic is an
  ordinary Call.
- The *rust-call* convention: a call of ``FnOnce::call_once`` / ``FnMut::call_mut`` / ``Fn::call`` (also of a closure,
  which is called through them) has exactly two operands, the callee and a tuple of the arguments; mono spreads the
  tuple.
- ``gpu_printf!`` is the rvalue :class:`Printf`; it has a side effect, so an assignment of it is never dead.
- ``Body.unsupported`` lists what the builder could not lower: such a point ends in ``Unreachable``; a kernel that
  reaches the body reports them. ``TABLE[i]`` of a const item reads through a promoted reference (``(*const
  promoted)[i]``), never a copy.
- ``Deref`` of a ``&``/``&mut``/raw pointer is a projection. Fat pointers deref to ``str``/``[T]`` places.
- Spans are item-relative byte spans of the body's owner (``Body.def_id``); the outer edge makes them absolute.
- ``FakeRead``, ``FalseEdge``, ``FalseUnwind``, fake borrows and two-phase flags exist for the borrow checker only;
  :func:`compiler.mir.cleanup` removes them before code generation.

Places, operands, constants and rvalues are values: never assigned to after they are made, hashed and compared by
content. (They are not ``frozen``: a frozen dataclass takes three times as long to make, and MIR is made of nothing
else.)

Example: ``fn inc(x: u32) -> u32 { x + 1 }`` is one block: ``_0 = Add(copy _1, const 1_u32); return``.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span

if TYPE_CHECKING:
    from compiler.hir.def_id import DefId
    from compiler.ty.types import Const, GenericArg, GenericArgs, Region, Ty

Local = int
BasicBlockId = int
RETURN_PLACE: Local = 0
START_BLOCK: BasicBlockId = 0


class Mutability(enum.Enum):
    NOT = "const"
    MUT = "mut"


# ---------------------------------------------------------------- places


@dataclass(slots=True, unsafe_hash=True)
class Deref:
    """``*base``."""


@dataclass(slots=True, unsafe_hash=True)
class Field:
    """``base.index`` with the field's type; of a struct, tuple, union, closure (captures) or downcast variant."""

    index: int
    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class Index:
    """``base[local]`` with a ``usize`` local; bounds were asserted before."""

    local: Local


@dataclass(slots=True, unsafe_hash=True)
class ConstantIndex:
    """``base[offset]``, or ``base[len - offset]`` with ``from_end``; from slice patterns."""

    offset: int
    min_length: int
    from_end: bool


@dataclass(slots=True, unsafe_hash=True)
class Subslice:
    """``base[start..end]``, or ``base[start..len - end]`` with ``from_end``; from slice patterns."""

    start: int
    end: int
    from_end: bool


@dataclass(slots=True, unsafe_hash=True)
class Downcast:
    """View an enum place as one variant."""

    variant_index: int
    name: str = ""


ProjectionElem = Deref | Field | Index | ConstantIndex | Subslice | Downcast


@dataclass(slots=True, unsafe_hash=True)
class Place:
    local: Local
    projection: tuple[ProjectionElem, ...] = ()

    def project(self, *elems: ProjectionElem) -> Place:
        return Place(self.local, self.projection + elems)


# ---------------------------------------------------------------- constants and operands


@dataclass(slots=True, unsafe_hash=True)
class ScalarConst:
    """An integer, bool, char, float (``bits`` = IEEE bits) or raw-pointer constant; ``bits`` is the unsigned bit
    pattern.
    """

    bits: int
    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class ZeroSizedConst:
    """A value of zero-sized type: unit, ``FnDef``, capture-less closure, unit struct, PhantomData."""

    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class BytesConst:
    """``&'static str`` or ``&'static [u8; N]`` from a literal; ``ty`` says which."""

    data: bytes
    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class UnevaluatedConst:
    """A const item, assoc const, inline const or promoted, evaluated at mono time. ``promoted`` indexes
    ``Body.promoted``.
    """

    def_id: DefId
    args: GenericArgs
    ty: Ty
    promoted: int | None = None


@dataclass(slots=True, unsafe_hash=True)
class ParamConst:
    """A const generic parameter used as a value (``N``), or a type-level constant to evaluate."""

    const: Const
    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class StaticRef:
    """Address of a static: ``ty`` is ``&T`` for ``static``, ``*mut T`` for ``static mut``."""

    def_id: DefId
    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class FnRef:
    """Address of a function, closure or constructor; only as the target of an ``AllocConst`` relocation. ``ty`` is
    FnDef or closure.
    """

    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class AllocConst:
    """A constant in memory produced by const evaluation: bytes plus relocations, of type ``ty`` by value.

    ``relocations`` maps byte offsets (8-byte slots) to ``AllocConst`` (pointee) or ``StaticRef`` or ``FnRef`` values.
    """

    data: bytes
    ty: Ty
    relocations: tuple[tuple[int, Any, int], ...] = ()  # (offset, target, addend)
    align: int = 1


ConstValue = ScalarConst | ZeroSizedConst | BytesConst | UnevaluatedConst | ParamConst | StaticRef | AllocConst


@dataclass(slots=True, unsafe_hash=True)
class Copy:
    place: Place


@dataclass(slots=True, unsafe_hash=True)
class Move:
    place: Place


USER_SELF_TY = -1  # among user arguments: the self type of the item's impl


@dataclass(slots=True, unsafe_hash=True)
class Constant:
    """``user_args``: generic arguments written with lifetimes, by parameter index (or :data:`USER_SELF_TY`), for the
    borrow checker."""

    value: ConstValue
    span: Span = EMPTY_SPAN
    user_args: tuple[tuple[int, GenericArg], ...] = ()


Operand = Copy | Move | Constant


# ---------------------------------------------------------------- rvalues


class BorrowKind(enum.Enum):
    SHARED = "&"
    FAKE_SHALLOW = "&fake shallow "
    FAKE_DEEP = "&fake "
    MUT = "&mut "
    TWO_PHASE_MUT = "&two_phase mut "
    CLOSURE_MUT = "&uniq "


class BinOp(enum.Enum):
    ADD = "Add"
    SUB = "Sub"
    MUL = "Mul"
    DIV = "Div"
    REM = "Rem"
    BIT_XOR = "BitXor"
    BIT_AND = "BitAnd"
    BIT_OR = "BitOr"
    SHL = "Shl"
    SHR = "Shr"
    EQ = "Eq"
    LT = "Lt"
    LE = "Le"
    NE = "Ne"
    GE = "Ge"
    GT = "Gt"
    CMP = "Cmp"
    OFFSET = "Offset"
    ADD_WITH_OVERFLOW = "AddWithOverflow"
    SUB_WITH_OVERFLOW = "SubWithOverflow"
    MUL_WITH_OVERFLOW = "MulWithOverflow"


class UnOp(enum.Enum):
    NOT = "Not"
    NEG = "Neg"
    PTR_METADATA = "PtrMetadata"


class CastKind(enum.Enum):
    INT_TO_INT = "IntToInt"  # also bool/char/fieldless enum (its discriminant read first) to int, u8 to char
    FLOAT_TO_INT = "FloatToInt"
    INT_TO_FLOAT = "IntToFloat"
    FLOAT_TO_FLOAT = "FloatToFloat"
    PTR_TO_PTR = "PtrToPtr"
    FN_PTR_TO_PTR = "FnPtrToPtr"
    POINTER_EXPOSE = "PointerExposeProvenance"
    POINTER_FROM_EXPOSED = "PointerWithExposedProvenance"
    TRANSMUTE = "Transmute"
    REIFY_FN_POINTER = "PointerCoercion(ReifyFnPointer)"
    UNSAFE_FN_POINTER = "PointerCoercion(UnsafeFnPointer)"
    CLOSURE_FN_POINTER = "PointerCoercion(ClosureFnPointer)"
    MUT_TO_CONST_POINTER = "PointerCoercion(MutToConstPointer)"
    ARRAY_TO_POINTER = "PointerCoercion(ArrayToPointer)"
    UNSIZE = "PointerCoercion(Unsize)"


@dataclass(slots=True, unsafe_hash=True)
class Use:
    operand: Operand


@dataclass(slots=True, unsafe_hash=True)
class Repeat:
    operand: Operand
    count: Const


@dataclass(slots=True, unsafe_hash=True)
class Ref:
    region: Region
    kind: BorrowKind
    place: Place


@dataclass(slots=True, unsafe_hash=True)
class RawPtr:
    mutability: Mutability
    place: Place


@dataclass(slots=True, unsafe_hash=True)
class Len:
    """Length of a slice or array place, as ``usize``."""

    place: Place


@dataclass(slots=True, unsafe_hash=True)
class Cast:
    kind: CastKind
    operand: Operand
    ty: Ty


@dataclass(slots=True, unsafe_hash=True)
class BinaryOp:
    """Operands have one type (shifts: left decides). ``CMP`` gives ``Ordering``; ``*_WITH_OVERFLOW`` give ``(T,
    bool)``.
    """

    op: BinOp
    left: Operand
    right: Operand


@dataclass(slots=True, unsafe_hash=True)
class UnaryOp:
    op: UnOp
    operand: Operand


@dataclass(slots=True, unsafe_hash=True)
class Discriminant:
    """The discriminant *value* (not variant index) of an enum place, in the enum's discriminant type."""

    place: Place


@dataclass(slots=True, unsafe_hash=True)
class AggregateTuple:
    pass


@dataclass(slots=True, unsafe_hash=True)
class AggregateArray:
    elem: Ty


@dataclass(slots=True, unsafe_hash=True)
class AggregateAdt:
    """Struct, enum variant or union (``active_field``: the one operand's field). ``user_args``: as in Constant."""

    def_id: DefId
    variant_index: int
    args: GenericArgs
    active_field: int | None = None
    user_args: tuple[tuple[int, GenericArg], ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class AggregateClosure:
    def_id: DefId
    args: GenericArgs


@dataclass(slots=True, unsafe_hash=True)
class AggregateRawPtr:
    """Fat raw pointer or reference from (data pointer, metadata); ``ty`` is the whole pointer type."""

    ty: Ty


AggregateKind = AggregateTuple | AggregateArray | AggregateAdt | AggregateClosure | AggregateRawPtr


@dataclass(slots=True, unsafe_hash=True)
class Aggregate:
    kind: AggregateKind
    operands: tuple[Operand, ...]


@dataclass(slots=True, unsafe_hash=True)
class Printf:
    """``vprintf(format, operands)``: C format bytes without NUL, operands promoted to i32/i64/u64/f64/pointer;
    gives ``i32``.
    """

    format: bytes
    operands: tuple[Operand, ...]


Rvalue = Use | Repeat | Ref | RawPtr | Len | Cast | BinaryOp | UnaryOp | Discriminant | Aggregate | Printf


# ---------------------------------------------------------------- statements


@dataclass(slots=True)
class Assign:
    place: Place
    rvalue: Rvalue
    span: Span = EMPTY_SPAN


class FakeReadCause(enum.Enum):
    FOR_LET = "ForLet"
    FOR_MATCHED_PLACE = "ForMatchedPlace"
    FOR_MATCH_GUARD = "ForMatchGuard"
    FOR_GUARD_BINDING = "ForGuardBinding"
    FOR_INDEX = "ForIndex"


@dataclass(slots=True)
class FakeRead:
    cause: FakeReadCause
    place: Place
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class SetDiscriminant:
    place: Place
    variant_index: int
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class StorageLive:
    local: Local
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class StorageDead:
    local: Local
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class PlaceMention:
    """``let _ = place;`` and scrutinees: evaluated as a place, not read."""

    place: Place
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class AscribeUserType:
    """A written type naming lifetimes, which the borrow checker relates to the place's type. What was left out in it
    is an inference variable, a region of kind "hole" or ERROR.

    ``variables``: locals whose type is, exactly, that of a part of the written type (``let (x, y): T``), or a reference
    to it. ``constant``: instead of a type, the constant of a pattern, whose path names lifetimes.
    """

    place: Place
    ty: Ty
    span: Span = EMPTY_SPAN
    covariant: bool = False
    variables: tuple[tuple[Local, tuple[ProjectionElem, ...]], ...] = ()
    constant: Constant | None = None


@dataclass(slots=True)
class Nop:
    span: Span = EMPTY_SPAN


Statement = Assign | FakeRead | SetDiscriminant | StorageLive | StorageDead | PlaceMention | AscribeUserType | Nop


# ---------------------------------------------------------------- terminators


@dataclass(slots=True)
class Goto:
    """``after_check``: rustc's debug builds have an ``assert`` here (of overflow, of a constant divisor)."""

    target: BasicBlockId
    span: Span = EMPTY_SPAN
    after_check: bool = False


@dataclass(slots=True)
class SwitchInt:
    """``targets``: (unsigned bit pattern, block) pairs; ``otherwise`` may be a block ending in Unreachable."""

    discr: Operand
    ty: Ty
    targets: tuple[tuple[int, BasicBlockId], ...]
    otherwise: BasicBlockId
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class Return:
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class Unreachable:
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class Drop:
    """Drop a place if its type needs it. After elaboration: unconditional. ``replace``: an assignment follows (``x
    = y``).
    """

    place: Place
    target: BasicBlockId
    span: Span = EMPTY_SPAN
    replace: bool = False


@dataclass(slots=True)
class Call:
    """``target`` is None for diverging calls. ``from_overloaded_operator`` marks desugared operators (diagnostics)."""

    func: Operand
    args: tuple[Operand, ...]
    destination: Place
    target: BasicBlockId | None
    span: Span = EMPTY_SPAN
    fn_span: Span = EMPTY_SPAN
    from_overloaded_operator: bool = False


class AssertKind(enum.Enum):
    BOUNDS_CHECK = "index out of bounds"  # operands: len, index
    DIVISION_BY_ZERO = "attempt to divide by zero"
    REMAINDER_BY_ZERO = "attempt to calculate the remainder with a divisor of zero"
    OVERFLOW = "attempt to compute with overflow"
    OVERFLOW_NEG = "attempt to negate with overflow"


@dataclass(slots=True)
class Assert:
    """Trap unless ``cond == expected``."""

    cond: Operand
    expected: bool
    kind: AssertKind
    operands: tuple[Operand, ...]
    target: BasicBlockId
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class FalseEdge:
    real_target: BasicBlockId
    imaginary_target: BasicBlockId
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class FalseUnwind:
    real_target: BasicBlockId
    span: Span = EMPTY_SPAN


@dataclass(slots=True, unsafe_hash=True)
class AsmOperand:
    """One ``ptx_asm!`` operand. ``kind``: "out", "inout", "in", "const"; ``constraint`` is the bare letter(s)."""

    kind: str
    constraint: str
    value: Operand | None = None
    place: Place | None = None
    const_bytes: bytes | None = None


@dataclass(slots=True)
class InlineAsm:
    """``ptx_asm!``: template with ``%N`` operand references (out, inout, in order) and ``%%`` escapes."""

    template: bytes
    operands: tuple[AsmOperand, ...]
    target: BasicBlockId
    memory_clobber: bool = False
    register_only: bool = False
    may_diverge: bool = False
    span: Span = EMPTY_SPAN


Terminator = Goto | SwitchInt | Return | Unreachable | Drop | Call | Assert | FalseEdge | FalseUnwind | InlineAsm


# ---------------------------------------------------------------- bodies


@dataclass(slots=True)
class LocalDecl:
    ty: Ty
    mutability: Mutability = Mutability.NOT
    name: str | None = None  # user variable name
    span: Span = EMPTY_SPAN
    is_user_variable: bool = False
    is_ref_to_static: bool = False
    binding_mode: str = ""  # "", "by value", "ref", "ref mut"; for diagnostics
    scope: int = 0
    pat: int = -1  # the BindPat that declares a user variable
    matched: tuple[Place, Span] | None = None  # of a pattern's variable, what is matched and where that is written
    for_guard: Local = -1  # of a guard's reference to a matched value, the variable that stands for it in the arm


@dataclass(slots=True)
class BasicBlock:
    statements: list[Statement] = field(default_factory=list)
    terminator: Terminator = field(default_factory=Unreachable)


@dataclass(slots=True)
class SourceScope:
    """Lexical scope; ``inlined`` is set by the mono inliner: (callee def, call site span)."""

    parent: int | None
    span: Span
    is_unsafe: bool = False


@dataclass(slots=True)
class Body:
    def_id: DefId
    locals: list[LocalDecl]
    arg_count: int
    blocks: list[BasicBlock]
    span: Span = EMPTY_SPAN
    promoted: list[Body] = field(default_factory=list)
    scopes: list[SourceScope] = field(default_factory=list)
    upvars: list[tuple[str, Ty, str]] = field(
        default_factory=list
    )  # closures: (name, field type, "value"|"ref"|"ref mut")
    # loop header -> factor of ``#[unroll]``, 0 = all iterations; a Const while it depends on generic parameters
    loop_unroll: dict[BasicBlockId, int | Const] = field(default_factory=dict)
    tainted_by_errors: bool = False
    unsupported: list[tuple[Span, str]] = field(default_factory=list)  # (where, construct) the builder could not lower
    required_consts: list[UnevaluatedConst] = field(default_factory=list)  # evaluated although no code reads them
    user_types: list[AscribeUserType] = field(default_factory=list)  # as statements, those of unreachable code too
    # for the borrow checker: rustc's blocks in its order, as (block, first statement, end) of ours; none: ours are
    pieces: list[tuple[BasicBlockId, int, int]] = field(default_factory=list)


@dataclass(slots=True, unsafe_hash=True)
class Location:
    """A point: statement index ``len(statements)`` is the terminator."""

    block: BasicBlockId
    statement_index: int
