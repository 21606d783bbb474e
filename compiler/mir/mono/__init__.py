"""Monomorphisation: from polymorphic MIR to the concrete functions, statics and constants a kernel reaches.

For code generation (``compiler.transforms.import_mir``), the interface is one call and plain data::

    from compiler.mir.mono.collector import mono_items
    items = mono_items(db, kernel_instance)   # MonoItems; stop if any diagnostic is an error
    for function in items.functions:          # kernel first; each has instance, body, symbol
        function.body                         # compiler.mir.body.Body
        function.callees[block]               # Instance called by the Call ending ``block``; absent: through a fn
        pointer function.drops[block]                 # Instance of the glue of the Drop ending ``block``: fn(*mut T)
        items.symbols[instance]               # symbol of any instance with a body, and of externs
    for static in items.statics: ...          # bytes, relocations, address space, alignment

What a ``MonoFunction.body`` guarantees:

- Every type is concrete: no parameters, no projections or opaques, regions erased; ``Const`` lengths are values.
- Constants are ``ScalarConst``, ``ZeroSizedConst``, ``BytesConst``, ``StaticRef`` or ``AllocConst`` only; the others
  were evaluated. An ``AllocConst`` relocation targets an ``AllocConst``, a ``StaticRef`` or a ``FnRef``.
- Calls are resolved: trait methods, default methods, closures, ``fn`` items and pointers behind ``Fn*`` bounds. Calls
  that go through ``Fn*::call*`` have their argument tuple spread, so argument counts match the callee's ``arg_count``.
  Calls of an ``Fn*`` method on a ``fn`` pointer became indirect calls of the pointer.
- ``INTRINSIC`` instances have no body and no symbol: lower the call by :func:`intrinsic_name` and ``instance.args``.
- Intrinsics whose value depends on types only (``size_of``, ``needs_drop`` ...) are already constants.
- ``Drop`` remains only where the type has drop glue. Borrowck-only statements are gone. No block is unreachable.
- ``Body.def_id`` is the definition whose item the spans are relative to, also for shims (the type's or the callee's).

What code generation must do itself: SetDiscriminant/Discriminant/Downcast by :func:`compiler.ty.layout.layout_of`,
checks (``Assert``) to traps, ``Cast`` semantics, memory of locals, and the ABI of kernels (kernel-language 6.1).
"""

from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.model import CallSite, Instance, InstanceKind, MonoFunction, MonoItems, MonoStatic
from compiler.mir.mono.resolve import resolve_instance

__all__ = [
    "CallSite",
    "Instance",
    "InstanceKind",
    "MonoFunction",
    "MonoItems",
    "MonoStatic",
    "intrinsic_name",
    "resolve_instance",
]
