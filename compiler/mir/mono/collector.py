"""The collector: everything a kernel reaches, breadth first from its instance.

Assumes: a concrete kernel instance. Guarantees: each instance once, in an order that depends on the program only; a
diagnostic for every rule of the device that the reached code breaks, with the chain of calls from the kernel; it ends
even when instantiation would not.

Example: ``mono_items(db, Instance(ITEM, <fn saxpy>))`` of a kernel calling ``clamp::<f32>`` has those two functions.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.mono.attributes import attribute
from compiler.mir.mono.device_rules import discriminant_diagnostics, reach_diagnostics, type_diagnostics
from compiler.mir.mono.errors import (
    InstantiationLimit,
    IntrinsicAddress,
    LaunchBoundValue,
    ThreadLocal,
    UnsupportedLibrary,
    with_chain,
)
from compiler.mir.mono.instantiate import Instantiated, instantiated
from compiler.mir.mono.model import CallSite, Instance, InstanceKind, MonoFunction, MonoItems, MonoStatic
from compiler.mir.mono.resolve import fn_pointer_instance
from compiler.mir.mono.statics import mono_static
from compiler.mir.mono.symbols import function_symbol, kernel_symbol
from compiler.mir.mono.unknown import unknown_diagnostics
from compiler.query import Database, query
from compiler.resolve.attrs import kernel_facts
from compiler.ty import types as t
from compiler.ty.launch_bounds import launch_bounds_of, wrong_bound

TYPE_DEPTH_LIMIT: Final = 64
CHAIN_LIMIT: Final = 256
_BODILESS: Final = (InstanceKind.INTRINSIC, InstanceKind.EXTERN)


@query(backdate=False)
def mono_items(db: Database, kernel: Instance) -> MonoItems:
    """What ``kernel`` reaches."""
    collector = _Collector(db, kernel)
    collector.run()
    return collector.items


class _Collector:
    def __init__(self, db: Database, kernel: Instance) -> None:
        self.db = db
        self.kernel = kernel
        self.items = MonoItems(kernel)
        self.work: deque[Instance] = deque([kernel])
        self.items.chains[kernel] = ()
        facts = kernel_facts(db, kernel.def_id)
        entry = kernel_symbol(kernel, facts.instances if facts is not None else ())
        self.items.symbols[kernel] = entry
        self._names: set[str] = {entry}
        self._seen_diagnostics: set[Diagnostic] = set()
        self._statics: set[DefId] = set()

    def run(self) -> None:
        self._check_bounds()
        while self.work:
            self.db.checkpoint()
            self._visit(self.work.popleft())

    def _check_bounds(self) -> None:
        """Launch bounds that depend on the kernel's generic arguments."""
        def_id, args = self.kernel.def_id, self.kernel.args
        facts = kernel_facts(self.db, def_id)
        if facts is None or not facts.launch_bounds or not args:
            return
        wrong = wrong_bound(launch_bounds_of(self.db, def_id, args)[0], facts.contract)
        if wrong is not None:
            self._report(LaunchBoundValue(def_id, facts.launch_bounds[0].span, wrong).to_diagnostic(), ())

    def _visit(self, instance: Instance) -> None:
        made = instantiated(self.db, instance)
        chain = self.items.chains[instance]
        for diagnostic in made.diagnostics:
            self._report(diagnostic, chain)
        if made.function.body.tainted_by_errors:
            self.items.tainted = True
            for diagnostic in () if made.diagnostics else self._why_tainted(instance.def_id):
                self._report(diagnostic, chain)
            return
        body = made.function.body
        for diagnostic in [*type_diagnostics(body), *discriminant_diagnostics(self.db, body)]:
            self._report(diagnostic, chain)
        self.items.functions.append(self._named(made, instance))
        for callee, span in made.uses.instances:
            self._reach(instance, callee, span)
        for static, span in made.uses.statics:
            self._static(instance, static, span)

    def _why_tainted(self, def_id: DefId) -> list[Diagnostic]:
        """Nothing for errors that are reported where the body is checked."""
        from compiler.ty.infer import body_owner, infer

        if def_id.krate is not self.kernel.def_id.krate:
            return [UnsupportedLibrary(def_id).to_diagnostic()]
        errors = infer(self.db, body_owner(def_id)).diagnostics
        return [] if errors else unknown_diagnostics(self.db, def_id)

    def _named(self, made: Instantiated, instance: Instance) -> MonoFunction:
        f = made.function
        symbol = self.items.symbols[instance]
        is_kernel = instance == self.kernel
        return MonoFunction(f.instance, f.body, symbol, f.callees, f.drops, f.fn_pointers, is_kernel, f.inline)

    def _report(self, diagnostic: Diagnostic, chain: tuple[CallSite, ...]) -> None:
        told = with_chain(diagnostic, chain, self.kernel.def_id)
        if told not in self._seen_diagnostics:
            self._seen_diagnostics.add(told)
            self.items.diagnostics.append(told)

    # -- edges

    def _reach(self, caller: Instance, callee: Instance, span: Span) -> None:
        if callee in self.items.chains:
            return
        chain = (CallSite(caller, span), *self.items.chains[caller])
        self.items.chains[callee] = chain
        broken = reach_diagnostics(self.db, caller, callee, span)
        for diagnostic in broken:
            self._report(diagnostic, chain[1:])
        if broken or callee.kind is InstanceKind.INTRINSIC:
            return
        if len(chain) > CHAIN_LIMIT or _type_depth(callee) > TYPE_DEPTH_LIMIT:
            self._report(InstantiationLimit(caller.def_id, span, callee.def_id).to_diagnostic(), chain[1:])
            return
        self.items.symbols[callee] = self._unique(function_symbol(callee))
        if callee.kind is InstanceKind.EXTERN:
            self.items.externs[callee] = self.items.symbols[callee]
        else:
            self.work.append(callee)

    def _unique(self, symbol: str) -> str:
        name, n = symbol, 1
        while name in self._names:
            n += 1
            name = f"{symbol}_{n}"
        self._names.add(name)
        return name

    def _static(self, user: Instance, def_id: DefId, span: Span) -> None:
        if def_id in self._statics:
            return
        self._statics.add(def_id)
        chain = self.items.chains[user]
        if attribute(self.db, def_id, "thread_local") is not None:
            self._report(ThreadLocal(user.def_id, span, def_id).to_diagnostic(), chain)
            return
        static, diagnostics = mono_static(self.db, def_id)
        for diagnostic in diagnostics:
            self._report(diagnostic, chain)
        if static is None:
            self.items.tainted = True
            return
        static.symbol = self._unique(static.symbol)
        self.items.statics.append(static)
        if static.initializer is not None:
            self._relocations(user, static, static.initializer, span)

    def _relocations(self, user: Instance, static: MonoStatic, value: m.AllocConst, span: Span) -> None:
        for _, target, _ in value.relocations:
            if isinstance(target, m.StaticRef):
                self._static(user, target.def_id, span)
            elif isinstance(target, m.AllocConst):
                self._relocations(user, static, target, span)
            elif isinstance(target, m.FnRef):
                self._static_function(user, target, span)

    def _static_function(self, user: Instance, target: m.FnRef, span: Span) -> None:
        """A function whose address a static holds may be called through it."""
        instance = fn_pointer_instance(self.db, target.ty)
        if instance is None:
            self.items.tainted = True
        elif instance.kind is InstanceKind.INTRINSIC:
            fault = IntrinsicAddress(user.def_id, span, instance.def_id)
            self._report(fault.to_diagnostic(), self.items.chains[user])
        else:
            self._reach(user, instance, span)


def _type_depth(instance: Instance) -> int:
    """How deep the types of an instance are nested."""

    def depth(value: object) -> int:
        below = 0

        def visit(child: object) -> object:
            nonlocal below
            below = max(below, depth(child))
            return child

        t.map_children(value, visit)
        return below + 1

    return max((depth(a) for a in (*instance.args, instance.extra) if a is not None), default=0)
