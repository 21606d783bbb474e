"""Rules for the signatures of kernels and device functions, and for ``#[cuda_module]`` modules.

Source: kernel-language.md 1.1, 1.2, 1.6 and 3.5. Assumes: attributes are read (:mod:`compiler.resolve.attrs`).
Guarantees: one ``K01xx`` error per rule broken, at the words that break it.

Example: ``#[kernel] fn k(n: u32) -> u32 { n }`` is K0101: a kernel returns nothing.
"""

from __future__ import annotations

from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Item
from compiler.query import Database
from compiler.resolve.attrs import KernelFacts, is_kernel, kernel_facts
from compiler.resolve.builtin import attribute_named
from compiler.resolve.def_map import def_map
from compiler.resolve.lowering import signature
from compiler.resolve.params import argument_impl_traits
from compiler.resolve.source import item_of
from compiler.ty import item_errors as e
from compiler.ty import types as t
from compiler.ty.collect import fn_sig

RESERVED_PREFIX = "cuda_oxide_"
RESERVED_TYPE = "LoadedModule"
RESERVED_METHODS = frozenset(("as_cuda_module",))


def check_kernel_rules(db: Database, def_id: DefId, found: list[Diagnostic]) -> None:
    """All rules for one function."""
    decl, item = signature(db, def_id), item_of(db, def_id)
    if not isinstance(decl, h.FnDecl) or item is None:
        return
    facts = kernel_facts(db, def_id)
    if facts is None or not facts.is_device_body:
        return
    rules = _Rules(db, def_id, decl, item, facts, found)
    rules.names()
    rules.parameters()
    if facts.kind == "kernel":
        rules.kernel()


class _Rules:
    def __init__(
        self, db: Database, def_id: DefId, decl: h.FnDecl, item: Item, facts: KernelFacts, found: list[Diagnostic]
    ) -> None:
        self.db = db
        self.def_id = def_id
        self.decl = decl
        self.item = item
        self.facts = facts
        self.found = found

    def error(self, fact: e.KernelRule) -> None:
        self.found.append(fact.to_diagnostic(self.def_id))

    def names(self) -> None:
        if self.item.name.startswith(RESERVED_PREFIX):
            text = f"the function name `{self.item.name}` begins with the reserved prefix `{RESERVED_PREFIX}`"
            self.error(e.KernelRule(self.item.name_span, "K0103", text, "reserved name", "choose another name"))

    def parameters(self) -> None:
        what = "kernel" if self.facts.kind == "kernel" else "device function"
        for ref in argument_impl_traits(self.decl):
            text = f"a {what} parameter cannot be `impl Trait`"
            self.error(e.KernelRule(ref.span, "K0102", text, "", "name the type parameter: `<T: Trait>`"))

    def kernel(self) -> None:
        sig = fn_sig(self.db, self.def_id)
        if sig.output is not t.UNIT and sig.output is not t.ERROR and self.decl.ret is not None:
            text = f"a kernel returns nothing, but `{self.item.name}` returns `{sig.output!r}`"
            span = getattr(self.decl.ret, "span", self.item.name_span)
            self.error(
                e.KernelRule(span, "K0101", text, "expected `()`", "write results through a `DisjointSlice` parameter")
            )
        if self.decl.self_kind is not None:
            text = "a kernel cannot have a `self` parameter"
            self.error(e.KernelRule(self.decl.params[0].span, "K0102", text, "", "make it a free function"))
        if self.decl.is_async:
            self.error(e.KernelRule(self.item.name_span, "K0101", "a kernel cannot be `async`"))
        if self.facts.contract is not None:
            self._contracted_slices()

    def _contracted_slices(self) -> None:
        for param in self.decl.params:
            ty = param.ty
            if isinstance(ty, h.RefType) and ty.mutable and isinstance(ty.ty, h.SliceType):
                text = "a kernel with a launch contract cannot take `&mut [T]`"
                self.error(
                    e.KernelRule(ty.span, "K0107", text, "", "use `DisjointSlice<T>`, whose accesses are checked")
                )


# ---------------------------------------------------------------- modules


def check_cuda_module(db: Database, module: DefId, item: Item, found: list[Diagnostic]) -> None:
    """``#[cuda_module]``: inline, with kernels, whose names are unique in the whole tree."""
    attr = attribute_named(item, "cuda_module")
    assert attr is not None

    def error(span: object, text: str, owner: DefId, help_text: str = "") -> None:
        found.append(e.KernelRule(span, "K0112", text, "", help_text).to_diagnostic(owner))  # type: ignore[arg-type]

    if attr.tokens.strip("() "):
        error(attr.span, "`#[cuda_module]` takes no arguments", module)
    if not item.has_body:
        error(attr.span, "`#[cuda_module]` needs an inline module: `mod name { .. }`", module)
        return
    kernels = [
        d
        for d in def_map(db, module.krate).locations
        if d.kind is DefKind.FN and _inside(module, d) and is_kernel(db, d)
    ]
    if not kernels and not def_map(db, module.krate).scopes[module].is_open:
        error(item.name_span, f"`#[cuda_module] mod {module.name}` has no `#[kernel]`", module)
    _unique_kernels(db, kernels, found)
    for def_id in def_map(db, module.krate).locations:
        if (
            def_id.name == RESERVED_TYPE
            and _inside(module, def_id)
            and def_id.kind in (DefKind.STRUCT, DefKind.ENUM, DefKind.TYPE_ALIAS)
        ):
            made = item_of(db, def_id)
            if made is not None:
                error(
                    made.name_span,
                    f"`#[cuda_module]` reserves the name `{RESERVED_TYPE}` for the host's handle",
                    def_id,
                )
    for kernel in kernels:
        made = item_of(db, kernel)
        if kernel.name in RESERVED_METHODS and made is not None:
            error(made.name_span, f"`#[cuda_module]` reserves the launcher name `{kernel.name}`", kernel)


def _inside(module: DefId, def_id: DefId) -> bool:
    at = def_id.parent
    while at is not None:
        if at is module:
            return True
        at = at.parent
    return False


def _unique_kernels(db: Database, kernels: list[DefId], found: list[Diagnostic]) -> None:
    """PTX entry names are bare function names, so kernels of one module tree may not share one."""
    first: dict[str, DefId] = {}
    for kernel in kernels:
        other = first.setdefault(kernel.name, kernel)
        if other is kernel or other.parent is kernel.parent:
            continue
        item, previous = item_of(db, kernel), item_of(db, other)
        if item is not None and previous is not None and other.parent is not None and kernel.parent is not None:
            places = f"one is in `{other.parent.name}`, one in `{kernel.parent.name}`"
            text = f"kernel names must be unique in a `#[cuda_module]` tree, but `{kernel.name}` is not: {places}"
            made = e.KernelRule(item.name_span, "K0112", text, "", "rename one of the kernels").to_diagnostic(kernel)
            label = Label(previous.name_span, "the other kernel", other)
            found.append(Diagnostic(made.severity, made.code, made.message, made.primary, (label,), made.children))
