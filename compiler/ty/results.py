"""What type inference of one body yields (rustc's TypeckResults), read by MIR building, hover and inlay hints.

Produced by the query ``infer(db, owner)`` (compiler/ty/infer) for every fn, const, static and anonymous constant.
Closures are inferred with the body that contains them: their facts are in the enclosing owner's result. All types are
fully resolved: no inference variables; unknown parts are ``ERROR``; regions are ``ERASED``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.hir.nodes import ExprId, PatId
from compiler.ty.types import Const, FnPtrTy, GenericArgs, Ty

# ---------------------------------------------------------------- what a path in a body means


@dataclass(frozen=True, slots=True)
class LocalRes:
    """A local variable: the PatId of its ``BindPat`` (for or-patterns: the first alternative's). ``self`` included."""

    pat: PatId


@dataclass(frozen=True, slots=True)
class DefRes:
    """A fn, const, static, struct/variant constructor (unit: value; tuple: FnDef) with its generic args.

    For trait items used through a trait (``T::default``, ``Iterator::next``) ``def_id`` is the *trait's* item and
    ``args`` starts with Self; inherent items name the impl's item with the impl's args first.
    """

    def_id: DefId
    args: GenericArgs


@dataclass(frozen=True, slots=True)
class ConstParamRes:
    """A const generic parameter as a value."""

    const: Const


@dataclass(frozen=True, slots=True)
class SelfCtorRes:
    """``Self(..)`` / ``Self`` as a constructor value of this struct."""

    def_id: DefId
    args: GenericArgs


ValueRes = LocalRes | DefRes | ConstParamRes | SelfCtorRes

# ---------------------------------------------------------------- adjustments


@dataclass(frozen=True, slots=True)
class NeverToAny:
    target: Ty


@dataclass(frozen=True, slots=True)
class DerefAdjust:
    """``*e``; ``overloaded``: None for builtin, else "Deref" or "DerefMut": then ``*Deref::deref(&e)``."""

    target: Ty
    overloaded: str | None = None


@dataclass(frozen=True, slots=True)
class BorrowAdjust:
    """``&e`` / ``&mut e`` (``two_phase`` allowed for autoref'd receivers and implicit reborrows) or ``&raw``."""

    target: Ty
    mutable: bool
    raw: bool = False
    two_phase: bool = False


@dataclass(frozen=True, slots=True)
class PointerAdjust:
    """``cast``: "ReifyFnPointer" | "UnsafeFnPointer" | "ClosureFnPointer" | "MutToConstPointer" | "Unsize"."""

    target: Ty
    cast: str


Adjust = NeverToAny | DerefAdjust | BorrowAdjust | PointerAdjust

# ---------------------------------------------------------------- closures


@dataclass(frozen=True, slots=True)
class CapturedPlace:
    """``local.projection`` captured ``by``: "value", "ref", "ref mut" (unique). ``projection``: field indices and "*"
    for derefs.

    Precise captures (edition 2021): disjoint fields are separate captures. ``ty`` is the type of the captured place
    itself.
    """

    local: PatId
    projection: tuple[int | str, ...]
    by: str
    ty: Ty
    span: Span = EMPTY_SPAN
    name: str = ""
    is_mutable: bool = False  # the place may be changed: a ``mut`` variable, or behind ``&mut``
    is_shared: bool = False  # behind a shared reference
    is_unique: bool = False  # a ``&mut`` borrowed for what is changed behind it; it need not be ``mut`` itself


@dataclass(slots=True)
class FakeReadPlace:
    """A place of the environment that a closure matches on or destructures (``is_let``): creating it looks at that."""

    local: PatId
    projection: tuple[int | str, ...]
    is_let: bool
    span: Span


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """``kind``: "Fn" | "FnMut" | "FnOnce". ``sig`` has the untupled inputs."""

    def_id: DefId
    expr: ExprId
    kind: str
    sig: FnPtrTy
    captures: tuple[CapturedPlace, ...] = ()
    fake_reads: tuple[FakeReadPlace, ...] = ()


# ---------------------------------------------------------------- the result


@dataclass(slots=True)
class InferenceResult:
    """Indexed by the ids of ``body(db, owner)``'s store."""

    owner: DefId
    expr_types: dict[ExprId, Ty] = field(default_factory=dict)  # before adjustments
    pat_types: dict[PatId, Ty] = field(default_factory=dict)  # type of the matched value, before pat_adjustments
    binding_types: dict[PatId, Ty] = field(default_factory=dict)  # type of the variable a BindPat makes
    # "move", "ref", "ref mut" after default binding modes
    binding_modes: dict[PatId, str] = field(default_factory=dict)
    # implicit derefs: types peeled, outermost first
    pat_adjustments: dict[PatId, tuple[Ty, ...]] = field(default_factory=dict)
    pat_consts: dict[PatId, DefRes] = field(default_factory=dict)  # BindPat/PathPat that are constants
    pat_variants: dict[PatId, DefId] = field(default_factory=dict)  # struct or variant a pattern selects
    pat_canonical: dict[PatId, PatId] = field(default_factory=dict)  # or-pattern bindings -> the first alternative's
    adjustments: dict[ExprId, tuple[Adjust, ...]] = field(default_factory=dict)
    values: dict[ExprId, ValueRes] = field(default_factory=dict)  # PathExpr
    # MethodCall, and overloaded operators / index / deref / calls
    methods: dict[ExprId, DefRes] = field(default_factory=dict)
    fields: dict[ExprId, int] = field(default_factory=dict)  # FieldAccess: field index
    variants: dict[ExprId, DefId] = field(default_factory=dict)  # RecordLit: struct, union or variant
    # RecordLit: field index of each written field
    record_fields: dict[ExprId, tuple[int, ...]] = field(default_factory=dict)
    casts: dict[ExprId, str] = field(default_factory=dict)  # Cast: "coercion" or "<CastKind name>" (mir.body.CastKind)
    closures: dict[ExprId, ClosureFacts] = field(default_factory=dict)
    # Call through a closure/F: Fn*: "Fn" | "FnMut" | "FnOnce"
    closure_calls: dict[ExprId, str] = field(default_factory=dict)
    anon_consts: dict[int, Ty] = field(default_factory=dict)  # AnonConst index -> its type
    # OffsetOf: (type, variant, field) of each step
    field_steps: dict[ExprId, tuple[tuple[Ty, int, int], ...]] = field(default_factory=dict)
    repeat_counts: dict[ExprId, Const] = field(default_factory=dict)  # Repeat: the count
    opaque_types: dict[int, Ty] = field(default_factory=dict)  # hidden types of the owner's return-position impl Trait
    loop_labels: dict[ExprId, ExprId] = field(default_factory=dict)  # Break/Continue -> target Loop/Block expression
    unreachable: list[tuple[Span, str, Span]] = field(default_factory=list)  # (what, its kind, what diverges)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    tainted: bool = False  # some error was reported (here or in a signature it uses)

    def expr_ty_adjusted(self, expr: ExprId) -> Ty:
        """Type after adjustments."""
        adjusts = self.adjustments.get(expr)
        return adjusts[-1].target if adjusts else self.expr_types[expr]
