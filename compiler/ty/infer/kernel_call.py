"""A generic kernel called from other device code may be handed the caller's launch context after its own arguments.

What it is: the parameter that ``#[kernel]`` adds to the callable form of a generic kernel without an instantiation list
(kernel-language.md 1.2). Assumes: a call of a function item. Guarantees: with one argument more than the kernel
declares, the signature is one with a ``&LaunchContext<'_, Domain, Coordinates>`` of the kernel's own contract at its
end; the body does not read it, so lowering drops the argument.

Example: in a kernel with ``launch_context = lc``, ``gather::<f32>(a, b, c, lc)`` calls ``fn gather<T>(a, b, c)``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.attrs import kernel_facts
from compiler.resolve.def_map import all_crates, resolve_in
from compiler.resolve.scope import Namespace
from compiler.ty import types as t
from compiler.ty.generics import generics_of

_LIBRARY = "cuda_device"


def with_launch_context(db: Database, callee: t.Ty, sig: t.FnPtrTy, n_args: int) -> t.FnPtrTy:
    """The signature that a call with so many arguments is checked against."""
    if n_args != len(sig.inputs) + 1 or not isinstance(callee, t.FnDefTy):
        return sig
    facts = kernel_facts(db, callee.def_id)
    if facts is None or facts.kind != "kernel" or facts.instances or not generics_of(db, callee.def_id).own:
        return sig
    contract = facts.contract
    domain = f"Domain{contract.domain}" if contract is not None and contract.domain else "UnknownDomain"
    coordinates = "U32Coordinates" if contract is not None and contract.coordinates_u32 else "NativeCoordinates"
    made = [_library_type(db, name) for name in ("LaunchContext", domain, coordinates)]
    if any(found is None for found in made):
        return sig
    context, *markers = made
    args: t.GenericArgs = (t.ERASED, *(t.AdtTy(marker, ()) for marker in markers if marker is not None))
    assert context is not None
    return t.FnPtrTy((*sig.inputs, t.RefTy(t.ERASED, t.AdtTy(context, args), False)), sig.output)


def _library_type(db: Database, name: str) -> DefId | None:
    krate = next((c for c in all_crates(db) if c.name == _LIBRARY), None)
    target = resolve_in(db, krate, ("thread", name), Namespace.TYPES).target if krate is not None else None
    return target if isinstance(target, DefId) else None
