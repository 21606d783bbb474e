"""What the attributes of an item say: ``attributes`` and, for kernel-language items, :class:`KernelFacts`.

What it is: the queries; the grammar of each attribute is in :mod:`compiler.resolve.launch_attrs`, of ``requires`` in
:mod:`compiler.resolve.requires`. Source: kernel-language.md 1.2 to 1.9.

Assumes: attributes are named by their last path segment (``cuda_device::kernel`` is ``kernel``). Guarantees: total; a
malformed attribute leaves its facts unset and is one error at the words that are wrong.

Example: ``#[kernel] #[launch_bounds(256, 2)] fn k() {}`` has ``kind="kernel"``, ``launch_bounds`` with values 256 and
2.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Attr
from compiler.query import Database, query
from compiler.resolve.builtin import attribute_name
from compiler.resolve.def_map import module_scope
from compiler.resolve.launch_attrs import LaunchBound, LaunchContract, LaunchReader
from compiler.resolve.source import file_item_tree, item_of


def attributes(db: Database, def_id: DefId) -> tuple[Attr, ...]:
    """The attributes of an item, in order; ``#[cfg_attr]`` is resolved."""
    item = item_of(db, def_id)
    return item.attrs if item is not None else ()


@dataclass(frozen=True, slots=True)
class KernelFacts:
    """``kind``: "kernel", "device", or "" (an item that only carries other marks). ``instances``: the legacy type
    list as written.

    ``cluster``: block counts of ``#[cluster_launch]``. ``purity``: "", "pure" (LLVM readnone) or "readonly".
    """

    kind: str = ""
    launch_context: str | None = None
    unchecked_indexing: bool = False
    instances: tuple[str, ...] = ()
    launch_bounds: tuple[LaunchBound, ...] = ()
    contract: LaunchContract | None = None
    cluster: tuple[int, int, int] | None = None
    cooperative: bool = False
    constant: bool = False
    convergent: bool = False
    purity: str = ""

    @property
    def is_device_body(self) -> bool:
        """Whether index calls are allowed in the body."""
        return self.kind in ("kernel", "device")


@query
def _kernel_attributes(db: Database, def_id: DefId) -> tuple[KernelFacts | None, tuple[Diagnostic, ...]]:
    item = item_of(db, def_id)
    if item is None or not item.attrs:
        return None, ()
    reader = LaunchReader(db, def_id, item)
    named = [(attribute_name(attr), attr) for attr in item.attrs]
    names = {name for name, _ in named}
    if not names & _KNOWN:
        return None, ()
    for name, attr in named:
        reader.read(name, attr)
    reader.check()
    facts = KernelFacts(
        "kernel" if "kernel" in names else "device" if "device" in names else "",
        reader.launch_context,
        reader.unchecked_indexing,
        tuple(reader.instances),
        tuple(reader.launch_bounds),
        reader.contract,
        reader.cluster,
        "cooperative_launch" in names,
        "constant" in names and def_id.kind is DefKind.STATIC,
        "convergent" in names,
        "pure" if "pure" in names else "readonly" if "readonly" in names else "",
    )
    return facts, tuple(reader.diagnostics)


_KNOWN = frozenset(
    [
        "kernel",
        "device",
        "constant",
        "launch_bounds",
        "launch_contract",
        "cluster_launch",
        "cooperative_launch",
        "convergent",
        "pure",
        "readonly",
    ]
)


def kernel_facts(db: Database, def_id: DefId) -> KernelFacts | None:
    """Kernel-language attributes of an item; None if it has none."""
    return _kernel_attributes(db, def_id)[0]


def kernel_fact_diagnostics(db: Database, def_id: DefId) -> tuple[Diagnostic, ...]:
    """Errors in kernel-language attributes."""
    return _kernel_attributes(db, def_id)[1]


def is_kernel(db: Database, def_id: DefId) -> bool:
    """Whether a function is marked ``#[kernel]``."""
    facts = kernel_facts(db, def_id) if def_id.kind is DefKind.FN else None
    return facts is not None and facts.kind == "kernel"


def is_device_body(db: Database, def_id: DefId) -> bool:
    """Whether a function is marked ``#[kernel]`` or ``#[device]``."""
    facts = kernel_facts(db, def_id) if def_id.kind is DefKind.FN else None
    return facts is not None and facts.is_device_body


def has_feature(db: Database, krate: DefId, name: str) -> bool:
    """Whether the crate begins with ``#![feature(name)]``."""
    root = module_scope(db, krate)
    attrs = file_item_tree(db, root.file).inner_attrs if root is not None and root.file else ()
    return any(a.path == "feature" and name in a.tokens for a in attrs)
