"""Rules for the signatures of kernels and device functions, and for ``#[cuda_module]`` modules.

Source: kernel-language.md 1.1, 1.2, 1.6 and 3.5. Assumes: attributes are read (:mod:`compiler.resolve.attrs`).
Guarantees: one ``K01xx`` error per rule broken, at the words that break it.

Example: ``#[kernel] fn k(n: u32) -> u32 { n }`` is K0101: a kernel returns nothing.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Item
from compiler.query import Database
from compiler.resolve.attrs import KernelFacts, is_kernel, kernel_facts
from compiler.resolve.builtin import attribute_named
from compiler.resolve.def_map import def_map, module_is_open
from compiler.resolve.impl_traits import argument_impl_traits
from compiler.resolve.lowering import signature
from compiler.resolve.source import item_of
from compiler.ty import item_errors as e
from compiler.ty import types as t
from compiler.ty.collect import fn_sig, type_of
from compiler.ty.launch_bounds import launch_bounds_of, missing_constant, wrong_bound

LIBRARY = "cuda_device"
# Index spaces of DisjointSlice and the launch domains they are proofs for (kernel-language.md 1.6).
_SPACE_DOMAINS = {
    "Index1D": (1,),
    "LinearTiles": (1,),
    "WarpIndex": (1,),
    "Index2D": (1, 2),
    "Runtime2DIndex": (1, 2),
    "RowMajorTiles": (2,),
    "RuntimeRowMajorTiles": (2,),
}
_WITH_ROW_WIDTH = frozenset(("Runtime2DIndex", "RuntimeRowMajorTiles"))
RESERVED_PREFIX = "cuda_oxide_"
RESERVED_TYPE = "LoadedModule"
RESERVED_METHODS = frozenset(("as_cuda_module",))
NESTED_METHOD = "from_parent"  # of the handles of modules inside the module


def check_kernel_rules(db: Database, def_id: DefId, found: list[Diagnostic]) -> None:
    """All rules for one function."""
    decl, item = signature(db, def_id), item_of(db, def_id)
    if not isinstance(decl, h.FnDecl) or item is None:
        return
    facts = kernel_facts(db, def_id)
    block = def_id.parent if def_id.parent is not None and def_id.parent.kind is DefKind.FOREIGN_MOD else None
    if block is not None:
        facts = kernel_facts(db, block)
    if facts is None or not facts.is_device_body:
        return
    rules = _Rules(db, def_id, decl, item, facts, found)
    rules.names()
    rules.parameters()
    if facts.kind == "kernel":
        rules.kernel()
        rules.bounds()


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
            self._contracted_parameters(self.facts.contract.domain)

    def bounds(self) -> None:
        """What the expressions of ``#[launch_bounds]`` name exists; without generics, their values are right."""
        for bound in self.facts.launch_bounds if self.facts.launch_bounds else ():
            missing = missing_constant(self.db, self.def_id, bound.text) if bound.value is None else None
            if missing is not None:
                subject, name = missing
                text = f"no associated item named `{name}` found for type parameter `{subject}` in the current scope"
                self.error(e.KernelRule(bound.span, "E0599", text, f"associated item not found in `{subject}`"))
                return
        values = launch_bounds_of(self.db, self.def_id, ())
        if values and self.facts.launch_bounds[0].value is None:
            wrong = wrong_bound(values[0], self.facts.contract)
            if wrong is not None:
                self.error(e.KernelRule(self.facts.launch_bounds[0].span, "E0080", wrong))

    def _contracted_parameters(self, domain: int | None) -> None:
        for param, ty in zip(self.decl.params, fn_sig(self.db, self.def_id).inputs, strict=False):
            ref = param.ty
            if isinstance(ref, h.RefType) and ref.mutable and isinstance(ref.ty, h.SliceType):
                text = "a kernel with a launch contract cannot take `&mut [T]`"
                help_text = "use `DisjointSlice<T>`, whose accesses are checked"
                self.error(e.KernelRule(ref.span, "K0107", text, "", help_text))
            elif isinstance(ty, t.AdtTy):
                self._index_space(ref, ty, domain)

    def _index_space(self, ref: h.TypeRef, ty: t.AdtTy, domain: int | None) -> None:
        """Slices of a contracted kernel are the library's, over a space of the contract's domain."""
        is_library = ty.def_id.krate.name == LIBRARY
        span = getattr(ref, "span", self.item.name_span)
        written = ref.path.segments[-1].name if isinstance(ref, h.PathType) else ""
        if written in ("DisjointSlice", "Uniform") and not (is_library and ty.def_id.name == written):
            text = f"`{written}` in a launch contract must be `{LIBRARY}::{written}`, but names `{ty.def_id.path}`"
            self.error(e.KernelRule(span, "E0277", text, "another type of that name"))
        elif is_library and ty.def_id.name == "DisjointSlice" and domain is not None:
            space = ty.args[-1]
            self._row_width(ref, span, space)
            allowed = _SPACE_DOMAINS.get(space.def_id.name) if isinstance(space, t.AdtTy) else None
            if allowed is not None and domain not in allowed:
                text = f"`{space!r}` is not an index space of a {domain}-dimensional launch domain"
                self.error(e.KernelRule(span, "E0277", text, f"needs `domain = {' or '.join(map(str, allowed))}`"))

    def _row_width(self, ref: h.TypeRef, span: Span, space: object) -> None:
        """The launch packet is laid out by how the space is written, so an alias may not hide or fake a row width."""
        is_wide = isinstance(space, t.AdtTy) and space.def_id.name in _WITH_ROW_WIDTH
        if is_wide != bool(_written_names(ref) & _WITH_ROW_WIDTH):
            what = "hides" if is_wide else "fakes"
            text = f"the type of this parameter {what} that the slice carries the width of its rows"
            help_text = f"write the index space out: `{space!r}`"
            self.error(e.KernelRule(span, "E0271", text, f"resolves to `{space!r}`", help_text))


def _written_names(ref: object) -> set[str]:
    """The last names of all paths written in a type."""
    if isinstance(ref, h.RefType):
        return _written_names(ref.ty)
    if not isinstance(ref, h.PathType):
        return set()
    found = {ref.path.segments[-1].name} if ref.path.segments else set()
    for segment in ref.path.segments:
        for arg in segment.args.args if segment.args is not None else ():
            found |= _written_names(arg)
    return found


def check_constant_memory(db: Database, def_id: DefId, found: list[Diagnostic]) -> None:
    """``#[constant]`` statics are of type ``ConstantMemory<T>``."""
    facts, item = kernel_facts(db, def_id), item_of(db, def_id)
    if facts is None or not facts.constant or item is None:
        return
    ty = type_of(db, def_id)
    if ty.flags & t.HAS_ERROR or (isinstance(ty, t.AdtTy) and ty.def_id.name == "ConstantMemory"):
        return
    decl = signature(db, def_id)
    span = getattr(decl.ty, "span", item.name_span) if isinstance(decl, h.ConstDecl) else item.name_span
    text = f"a `#[constant]` static must be of type `ConstantMemory<T>`, found `{ty!r}`"
    found.append(e.KernelRule(span, "K0111", text, "", f"write `ConstantMemory<{ty!r}>`").to_diagnostic(def_id))


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
    if not kernels and not module_is_open(db, module):
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
        is_nested = kernel.parent is not module and kernel.name == NESTED_METHOD
        if (kernel.name in RESERVED_METHODS or is_nested) and made is not None:
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
