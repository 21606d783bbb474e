"""The data monomorphisation hands to code generation; see the package docstring for how the parts fit.

What it is: plain data. Assumes nothing; guarantees that an :class:`Instance` is hashable and equal to every other
instance of the same code. Example: ``Instance(InstanceKind.ITEM, <fn add>, (f32,))`` is ``add::<f32>``.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span

if TYPE_CHECKING:
    from compiler.diagnostics.model import Diagnostic
    from compiler.hir.def_id import DefId
    from compiler.mir.body import AllocConst, BasicBlockId, Body
    from compiler.ty.types import GenericArgs, Ty


class InstanceKind(enum.Enum):
    ITEM = "item"  # a function, or a closure body called with its untupled arguments
    CTOR = "constructor"  # a tuple struct or variant constructor used as a function
    DROP_GLUE = "drop glue"  # fn(*mut T); ``extra`` is T
    CLOSURE_ONCE_SHIM = (
        "closure once"  # fn(closure by value, args..) -> calls the by-reference body; ``extra`` is the closure type
    )
    FN_PTR_SHIM = "closure as fn pointer"  # fn(args..) of a capture-less closure; ``extra`` is the closure type
    CLONE_SHIM = "clone"  # fn(&T) -> T for tuples, arrays, closures, scalars; ``extra`` is T
    INTRINSIC = "intrinsic"  # no body: code generation lowers the call by ``intrinsic_name(db, def_id)`` and ``args``
    EXTERN = "extern"  # declared in an ``extern`` block, defined outside; no body


@dataclass(frozen=True, slots=True)
class Instance:
    """One concrete function. ``args`` hold no parameters, no projections, erased regions."""

    kind: InstanceKind
    def_id: DefId
    args: GenericArgs = ()
    extra: Ty | None = None


@dataclass(slots=True)
class MonoFunction:
    """An instance with its concrete body.

    ``callees[block]`` is the target of the ``Call`` ending that block (absent: an indirect call through a ``fn``
    pointer). ``drops[block]`` is the glue of the ``Drop`` ending that block (drops of types without drop glue were
    replaced by ``Goto``). ``fn_pointers[ty]`` is the instance a ``FnDefTy``/``ClosureTy`` reifies to in this body's
    fn-pointer casts. ``symbol`` is unique in the module; ``is_kernel`` marks the entry. ``inline``: "", "hint",
    "always", "never".
    """

    instance: Instance
    body: Body
    symbol: str
    callees: dict[BasicBlockId, Instance] = field(default_factory=dict)
    drops: dict[BasicBlockId, Instance] = field(default_factory=dict)
    fn_pointers: dict[Ty, Instance] = field(default_factory=dict)
    is_kernel: bool = False
    inline: str = ""


@dataclass(slots=True)
class MonoStatic:
    """A static the kernel reaches. ``space``: "global", "constant" or "shared"; ``initializer`` is None for shared
    memory.

    Relocations of the initializer name other statics of the same :class:`MonoItems`.
    """

    def_id: DefId
    ty: Ty
    symbol: str
    space: str
    mutable: bool
    align: int
    size: int
    initializer: AllocConst | None


@dataclass(frozen=True, slots=True)
class CallSite:
    """One link of a call chain: ``caller`` reached the next instance at ``span`` (relative to ``caller.def_id``'s
    item)."""

    caller: Instance
    span: Span = EMPTY_SPAN


@dataclass(slots=True)
class MonoItems:
    """Everything one kernel reaches, in discovery order with the kernel first.

    ``externs``: EXTERN instances and their symbols. ``chains[instance]``: how it was first reached, nearest caller
    first. Code generation may run only when no diagnostic is an error.
    """

    root: Instance
    functions: list[MonoFunction] = field(default_factory=list)
    statics: list[MonoStatic] = field(default_factory=list)
    externs: dict[Instance, str] = field(default_factory=dict)
    symbols: dict[Instance, str] = field(default_factory=dict)
    chains: dict[Instance, tuple[CallSite, ...]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    tainted: bool = False  # a reached body has errors of its own, reported where it is checked
