"""Functions that cannot matter to other threads, and need not be followed.

What it is: :class:`QuietFunctions` finds functions that, with everything they call, touch neither statics nor barriers,
atomics or inline PTX. A call of one whose arguments lead to no writable memory object is replaced by an unknown result;
locals it may write through references become unknown.

Assumes: mono items. Guarantees: a quiet function accesses memory only through its arguments.

Example: a polynomial evaluated in a loop over a local array is quiet; a block-wide sum in shared memory is not.
"""

from __future__ import annotations

from compiler.analysis.disjointness.values import (
    Aggregate,
    EnumValue,
    LocalPlace,
    Pointer,
    PointerChoice,
    Region,
    Value,
)
from compiler.base.graph import depth_first
from compiler.mir import body as m
from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.instantiate import instantiated
from compiler.mir.mono.model import Instance, InstanceKind, MonoFunction
from compiler.mir.simplify import successors
from compiler.query import Database

_LOUD = (
    "atomic_",
    "thread::",
    "warp::",
    "barrier::",
    "cluster::",
    "fence::",
    "async_copy::",
    "tma::",
    "dynamic_shared",
)
_LOUDER = ("wgmma::", "tcgen05::", "matrix::", "clc::", "grid::", "debug::", "volatile_", "atomic::")


class QuietFunctions:
    """See the module docstring. ``reads_coordinates``: functions that ask which thread they run in."""

    def __init__(self, db: Database, functions: dict[Instance, MonoFunction]) -> None:
        self.db = db
        self.functions = functions
        self._closures: dict[Instance, tuple[bool, bool, bool] | None] = {}

    def is_quiet(self, instance: Instance) -> bool:
        """Whether it may be left out, and is worth it: it loops or recurs."""
        quiet, loops, _ = self._facts(instance)
        return quiet and loops

    def reads_coordinates(self, instance: Instance) -> bool:
        """Whether its result may differ between threads though its arguments do not."""
        return self._facts(instance)[2]

    def _facts(self, instance: Instance) -> tuple[bool, bool, bool]:
        """(quiet, loops or recurs, reads coordinates), of it and all it calls."""
        if instance in self._closures:
            return self._closures[instance] or (True, True, False)  # being computed: it recurs
        self._closures[instance] = None
        found = self._computed(instance)
        self._closures[instance] = found
        return found

    def _computed(self, instance: Instance) -> tuple[bool, bool, bool]:
        if instance.kind is InstanceKind.INTRINSIC:
            name = intrinsic_name(self.db, instance.def_id) or ""
            return not name.startswith(_LOUD + _LOUDER), False, name.startswith("sreg::")
        function = self.functions.get(instance)
        if function is None:
            return instance.kind is InstanceKind.EXTERN, False, False
        if instantiated(self.db, instance).uses.statics:
            return False, True, True
        quiet, loops, coordinates = True, _has_loop(function.body), False
        for b, block in enumerate(function.body.blocks):
            end = block.terminator
            if isinstance(end, m.InlineAsm) or (isinstance(end, m.Call) and b not in function.callees):
                return False, True, True
        returning = [c for b, c in function.callees.items() if _returns(function.body.blocks[b].terminator)]
        for callee in dict.fromkeys((*returning, *function.drops.values())):
            q, l, c = self._facts(callee)
            quiet, loops, coordinates = quiet and q, loops or l, coordinates or c
            if not quiet:
                return False, True, True
        return quiet, loops, coordinates


def _returns(end: m.Terminator) -> bool:
    """Whether a call comes back; a panic does not."""
    return not isinstance(end, m.Call) or end.target is not None


def _has_loop(body: m.Body) -> bool:
    """Whether a block can be reached again."""
    return bool(depth_first(0, lambda b: successors(body.blocks[b].terminator))[1])


def leads_to(value: Value, places: list[LocalPlace]) -> bool:
    """Whether a value leads to nothing but read-only memory objects and locals, which are collected."""
    if isinstance(value, Aggregate):
        return all(leads_to(f, places) for f in value.fields)
    if isinstance(value, EnumValue):
        return all(leads_to(f, places) for fields in value.variants.values() for f in fields)
    if isinstance(value, PointerChoice):
        return all(leads_to(p, places) for _, p in value.options)
    if isinstance(value, Pointer):
        if isinstance(value.base, Region):
            return value.base.read_only
        places.append(value.base)
    return True
