"""What device code may not reach: host-only functions, extern host functions, trait objects, f128.

Assumes: instances and bodies of reachable code. Guarantees: nothing for code a kernel does not reach.

Example: a kernel calling a library function marked ``#[oxide::host_only("heap allocation ...")]`` gets that text at
the call.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.mir import body as m
from compiler.mir.mono.attributes import host_only
from compiler.mir.mono.errors import ExternOnHost, HostOnly, UnsupportedType
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.query import Database
from compiler.ty import types as t

_verdicts: dict[t.Ty, str | None] = {}


def reach_diagnostics(db: Database, caller: Instance, callee: Instance, span: Span) -> list[Diagnostic]:
    """Why ``caller`` may not call ``callee``."""
    why = host_only(db, callee.def_id)
    if why is not None:
        return [HostOnly(caller.def_id, span, callee.def_id, why).to_diagnostic()]
    if callee.kind is InstanceKind.EXTERN and not _is_device_extern(db, callee):
        return [ExternOnHost(caller.def_id, span, callee.def_id).to_diagnostic()]
    return []


def _is_device_extern(db: Database, callee: Instance) -> bool:
    """Declared in a ``#[device]`` block or by the library, or a function of libdevice."""
    from compiler.resolve.attrs import kernel_facts
    from compiler.resolve.def_map import crate_description

    description = crate_description(db, callee.def_id.krate)
    if description is not None and description.is_library:
        return True
    if callee.def_id.name.startswith("__nv_"):
        return True
    block = kernel_facts(db, callee.def_id.parent) if callee.def_id.parent is not None else None
    return block is not None and block.kind == "device"


def forbidden(ty: t.Ty) -> str | None:
    """What is wrong with a type on the device."""
    if ty not in _verdicts:
        _verdicts[ty] = None
        for node in t.walk(ty):
            if isinstance(node, t.DynTy):
                _verdicts[ty] = "trait objects (`dyn Trait`)"
            elif node is t.f128:
                _verdicts[ty] = "`f128` (quad precision)"
    return _verdicts[ty]


def type_diagnostics(body: m.Body) -> list[Diagnostic]:
    """Locals of forbidden types, each kind once a body; user variables first."""
    found: dict[str, Diagnostic] = {}
    for decl in sorted(body.locals, key=lambda d: not d.is_user_variable):
        what = forbidden(decl.ty)
        if what is not None and what not in found:
            span = decl.span if decl.span.end else body.span
            found[what] = UnsupportedType(body.def_id, span, repr(decl.ty), what).to_diagnostic()
    return list(found.values())
