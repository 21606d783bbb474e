"""What is missing, unused or contradictory in a launch contract.

Assumes: a kernel's items and attribute facts. Guarantees: each finding names the fact and, where one line mends it,
brings that line as a fix.

Example: ``dynamic_shared = 1024`` on a kernel that never uses ``DynamicSharedArray`` is K0502.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from compiler.analysis.contracts.launch import HostLaunch
from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion
from compiler.dialects.nvvm.table import row
from compiler.hir.def_id import DefId
from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.model import InstanceKind, MonoItems
from compiler.query import Database
from compiler.resolve.attrs import KernelFacts
from compiler.resolve.launch_attrs import LaunchContract
from compiler.resolve.source import item_of, item_source

LAUNCH, UNUSED, CONTRADICTED, MISSING = "K0501", "K0502", "K0503", "K0504"
_DOMAIN = re.compile(rb"\bdomain\s*=\s*(\d+)")
_CAPABILITY = re.compile(rb"\bmin_compute_capability\s*=\s*(\([^()]*\))")
_WIDE_INDICES = frozenset(("index_2d", "index_2d_strided", "index_2d_runtime", "index_2d_row", "coord_2d_u32"))


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """``where``: a span of the owner's item; ``also``: a second place with its text."""

    code: str
    severity: Severity
    message: str
    owner: DefId
    where: Span
    label: str
    also: Label | None = None
    note: str = ""
    fix: Suggestion | None = None

    def to_diagnostic(self) -> Diagnostic:
        children = (SubDiagnostic("note", self.note),) if self.note else ()
        secondary = (self.also,) if self.also is not None else ()
        fixes = (self.fix,) if self.fix is not None else ()
        return Diagnostic(
            self.severity,
            self.code,
            self.message,
            Label(self.where, self.label, self.owner),
            secondary,
            children,
            fixes,
        )


@dataclass(slots=True)
class _Uses:
    """What the kernel's code does that a contract speaks of."""

    dynamic_shared: bool = False
    linear_index: bool = False
    wide_index: bool = False
    narrow_coordinates: bool = False
    grid_sync: bool = False
    cluster: bool = False
    of_cluster: bool = False  # anything that asks for a cluster, or waits for it
    atomics: bool = False
    intrinsics: set[str] = field(default_factory=set)  # "cluster::block_rank"


def contract_findings(
    db: Database, items: MonoItems, facts: KernelFacts, max_threads: int | None, launches: tuple[HostLaunch, ...]
) -> list[Diagnostic]:
    """All findings of one kernel instance."""
    uses = _uses(db, items)
    kernel = items.root.def_id
    found = _body(db, kernel, facts, uses, launches)
    for launch in launches:
        found += _launch(launch, kernel, facts, max_threads)
    return [f.to_diagnostic() for f in found]


def _uses(db: Database, items: MonoItems) -> _Uses:
    uses = _Uses()
    for f in items.functions:
        inside_library = f.body.def_id.krate.name == "cuda_device"
        for callee in f.callees.values():
            name, crate = callee.def_id.name, callee.def_id.krate.name
            if callee.kind is InstanceKind.INTRINSIC:
                key = intrinsic_name(db, callee.def_id) or ""
                uses.intrinsics.add(key)
                uses.dynamic_shared |= key == "dynamic_shared"
                uses.cluster |= key.startswith("cluster::barrier")
                uses.of_cluster |= "cluster" in key or key.startswith(("clc", "tma"))
                uses.atomics |= "atom" in key
            elif crate == "cuda_device" and not inside_library:
                uses.linear_index |= name == "index_1d"
                uses.wide_index |= name in _WIDE_INDICES
                uses.narrow_coordinates |= name in ("index_1d_u32", "coord_2d_u32")
                uses.grid_sync |= callee.def_id.path == "cuda_device::grid::sync"
    return uses


# ---------------------------------------------------------------- against the body


def _body(
    db: Database, kernel: DefId, facts: KernelFacts, uses: _Uses, launches: tuple[HostLaunch, ...]
) -> list[ContractFinding]:
    found = []
    if uses.grid_sync and not facts.cooperative and not any(x.cooperative for x in launches):
        text = f"`{kernel.name}` waits for the whole grid but is not marked `#[cooperative_launch]`"
        found.append(_missing(db, kernel, text, "#[cooperative_launch]", "the barrier needs a cooperative launch"))
    if uses.cluster and facts.cluster is None and not launches:
        text = f"`{kernel.name}` waits for its cluster but states no `#[cluster_launch(..)]`"
        note = "without it the launch must set the cluster's shape; a plain launch has clusters of one block"
        found.append(_missing(db, kernel, text, "", note))
    found += _unused_launch(db, kernel, facts, uses)
    contract = facts.contract
    if contract is None:
        return found
    if contract.dynamic_shared is None and uses.dynamic_shared:
        found.append(_how_much_shared(db, kernel, launches))
    if contract.dynamic_shared_alignment is not None and not uses.dynamic_shared:
        text = f"the contract aligns dynamic shared memory that `{kernel.name}` does not use"
        found.append(_fact(UNUSED, Severity.HINT, text, kernel, contract, "no `DynamicSharedArray` is reached"))
    high = contract.dynamic_shared[1] if contract.dynamic_shared is not None else 0
    if contract.dynamic_shared is not None and high > 0 and not uses.dynamic_shared:
        text = f"the contract demands dynamic shared memory that `{kernel.name}` does not use"
        found.append(_fact(UNUSED, Severity.WARNING, text, kernel, contract, "no `DynamicSharedArray` is reached"))
    if contract.dynamic_shared == (0, 0) and uses.dynamic_shared:
        text = f"`{kernel.name}` uses dynamic shared memory, of which the contract allows none"
        found.append(_fact(CONTRADICTED, Severity.WARNING, text, kernel, contract, "0 bytes here"))
    if contract.coordinates_u32 and not uses.narrow_coordinates:
        text = f"`coordinates = u32` is not used by `{kernel.name}`"
        label = "only `index_1d_u32` and `coord_2d_u32` need it"
        found.append(_fact(UNUSED, Severity.HINT, text, kernel, contract, label))
    found += _domain(db, kernel, contract, uses)
    found += _capability(db, kernel, facts, contract, uses)
    return found


def _unused_launch(db: Database, kernel: DefId, facts: KernelFacts, uses: _Uses) -> list[ContractFinding]:
    """Kinds of launches that the kernel needs nothing of."""
    found = []
    if facts.cooperative and not uses.grid_sync and not uses.atomics:
        note = "it makes all blocks of the grid run at once, for those that wait for each other"
        found.append(_unused_attribute(db, kernel, "cooperative_launch", "no barrier of the grid is reached", note))
    if facts.cluster is not None and not uses.of_cluster:
        note = "blocks of a cluster can wait for each other and reach each other's shared memory"
        found.append(_unused_attribute(db, kernel, "cluster_launch", "nothing asks for the cluster", note))
    return [f for f in found if f is not None]


def _unused_attribute(db: Database, kernel: DefId, name: str, label: str, note: str) -> ContractFinding | None:
    item = item_of(db, kernel)
    attr = next((a for a in item.attrs if a.path.rpartition("::")[2] == name), None) if item is not None else None
    if attr is None:
        return None
    text = f"`{kernel.name}` needs no `#[{name}]`"
    return ContractFinding(UNUSED, Severity.HINT, text, kernel, attr.span, label, None, note)


def _how_much_shared(db: Database, kernel: DefId, launches: tuple[HostLaunch, ...]) -> ContractFinding:
    """The size is missing; it is known where all launches in the source agree."""
    text = f"the contract of `{kernel.name}` does not say how much dynamic shared memory it uses"
    found = _missing(db, kernel, text, "", "with `dynamic_shared = BYTES` accesses to it are compared with its size")
    sizes = {x.shared_bytes for x in launches}
    at = end_of_contract(item_source(db, kernel))
    size = sizes.pop() if len(sizes) == 1 else None
    if not size or at < 0:
        return found
    line = f"dynamic_shared = {size}"
    edit = Edit(Span(at, at), f", {line}", kernel)
    return replace(found, fix=Suggestion(f"promise `{line}`", (edit,), Applicability.MAYBE_INCORRECT))


def end_of_contract(text: bytes) -> int:
    """Where a further key goes: after the last one."""
    start = text.find(b"(", max(text.find(b"launch_contract"), 0))
    depth = 0
    for i in range(start, len(text)) if start >= 0 else ():
        depth += (text[i : i + 1] == b"(") - (text[i : i + 1] == b")")
        if depth == 0:
            return len(text[:i].rstrip(b", \t\r\n"))
    return -1


def _other_domain(db: Database, kernel: DefId, contract: LaunchContract, domain: int) -> Suggestion | None:
    """The contract with another number of dimensions."""
    text = item_source(db, kernel)
    found = _DOMAIN.search(text, contract.span.start, contract.span.end)
    if found is None:
        return None
    edit = Edit(Span(found.start(1), found.end(1)), str(domain), kernel)
    return Suggestion(f"promise launches of {domain} dimensions", (edit,), Applicability.MAYBE_INCORRECT)


def _domain(db: Database, kernel: DefId, contract: LaunchContract, uses: _Uses) -> list[ContractFinding]:
    if contract.domain == 1 and uses.wide_index and not uses.linear_index:
        text = f"`{kernel.name}` indexes in two dimensions, but its contract has one"
        found = _fact(CONTRADICTED, Severity.WARNING, text, kernel, contract, "every thread is in row 0")
        return [replace(found, fix=_other_domain(db, kernel, contract, 2))]
    flat = contract.block is not None and contract.block[1] * contract.block[2] == 1
    if contract.domain in (2, 3) and uses.linear_index and not uses.wide_index and not flat:
        text = f"`{kernel.name}` uses `index_1d`, which is valid in 1-D launches only, but its contract allows others"
        return [_fact(CONTRADICTED, Severity.WARNING, text, kernel, contract, "`domain = 1` is what `index_1d` needs")]
    return []


def _capability(
    db: Database, kernel: DefId, facts: KernelFacts, contract: LaunchContract, uses: _Uses
) -> list[ContractFinding]:
    """Operations that the oldest GPU the contract admits does not have. A cluster needs 9.0 whatever is written."""
    least = contract.min_compute_capability
    if least is None:
        return []
    rows = [r for r in (row(name.replace("::", ".")) for name in sorted(uses.intrinsics)) if r is not None]
    newest = max(rows, key=lambda r: r.capability, default=None)
    admitted = max(least, (9, 0)) if facts.cluster is not None else least
    if newest is None or newest.capability <= admitted:
        return []
    needed = f"{newest.capability[0]}.{newest.capability[1]}"
    text = (
        f"`{kernel.name}` uses `{newest.name.replace('.', '::')}`, which needs compute capability {needed}, but its "
        f"contract admits {least[0]}.{least[1]}"
    )
    finding = _fact(CONTRADICTED, Severity.WARNING, text, kernel, contract, "the oldest GPU it may be launched on")
    at = _CAPABILITY.search(item_source(db, kernel), contract.span.start, contract.span.end)
    if at is None:
        return [finding]
    line = "({}, {})".format(*newest.capability)
    edit = Edit(Span(at.start(1), at.end(1)), line, kernel)
    fix = Suggestion(f"demand `min_compute_capability = {line}`", (edit,), Applicability.MACHINE_APPLICABLE)
    return [replace(finding, fix=fix)]


def _fact(
    code: str, severity: Severity, text: str, kernel: DefId, contract: LaunchContract, label: str
) -> ContractFinding:
    return ContractFinding(code, severity, text, kernel, contract.span, label)


def _missing(db: Database, kernel: DefId, text: str, line: str, note: str) -> ContractFinding:
    item = item_of(db, kernel)
    assert item is not None
    fix = add_attribute(db, kernel, line) if line else None
    return ContractFinding(MISSING, Severity.HINT, text, kernel, item.name_span, "", None, note, fix)


def add_attribute(db: Database, kernel: DefId, line: str) -> Suggestion | None:
    """A line with an attribute after ``#[kernel]``."""
    item = item_of(db, kernel)
    attr = next((a for a in item.attrs if a.path.rpartition("::")[2] == "kernel"), None) if item is not None else None
    if attr is None:
        return None
    at = Span(attr.span.end + 1, attr.span.end + 1)
    edit = Edit(at, f"\n{_indent(db, kernel, attr.span)}{line}", kernel)
    return Suggestion(f"add `{line}`", (edit,), Applicability.MAYBE_INCORRECT)


def _indent(db: Database, kernel: DefId, span: Span) -> str:
    from compiler.hir.inputs import source_bytes
    from compiler.resolve.source import origin

    at = origin(db, kernel)
    text = source_bytes(db, at.file)
    line = text.rfind(b"\n", 0, at.offset + span.start) + 1
    end = line
    while text[end : end + 1] in (b" ", b"\t"):
        end += 1
    return text[line:end].decode()


# ---------------------------------------------------------------- against launches


def _launch(launch: HostLaunch, kernel: DefId, facts: KernelFacts, max_threads: int | None) -> list[ContractFinding]:
    contract = facts.contract
    promise = Label(contract.span, "the contract", kernel) if contract is not None else None
    where = launch.config_span or launch.span
    found: list[ContractFinding] = []

    def mismatch(text: str, label: str) -> None:
        found.append(ContractFinding(LAUNCH, Severity.WARNING, text, launch.owner, where, label, promise))

    x, y, z = launch.block
    if x is not None and y is not None and z is not None:
        threads = x * y * z
        if contract is not None and contract.block is not None and (x, y, z) != contract.block:
            mismatch(
                f"`{kernel.name}` is launched with blocks of {(x, y, z)}, its contract demands {contract.block}",
                f"blocks of {(x, y, z)}",
            )
        elif max_threads is not None and threads > max_threads:
            mismatch(
                f"`{kernel.name}` is launched with {threads} threads a block, its bounds allow {max_threads}",
                f"{threads} threads a block",
            )
    for blocks, size in zip(launch.grid, facts.cluster or (), strict=False):
        if blocks is not None and blocks % size:
            mismatch(
                f"`{kernel.name}` is launched with a grid that is no multiple of its clusters, {facts.cluster} blocks",
                f"{blocks} blocks",
            )
    if contract is None:
        return found
    domain = contract.domain
    if domain is not None and launch.rank and launch.rank != domain:
        mismatch(
            f"`{kernel.name}` has a {domain}-D contract but a {launch.rank}-D configuration", f"a {launch.rank}-D one"
        )
    elif domain is not None and not launch.rank:
        beyond = [v for dims in (launch.grid, launch.block) for v in dims[domain:] if v is not None and v != 1]
        if beyond:
            mismatch(f"`{kernel.name}` is launched in more dimensions than the {domain} of its contract", "not 1 there")
    if contract.dynamic_shared is not None and launch.shared_bytes is not None:
        low, high = contract.dynamic_shared
        if not low <= launch.shared_bytes <= high:
            wanted = f"{low}" if low == high else f"{low} to {high}"
            mismatch(
                f"`{kernel.name}` is launched with {launch.shared_bytes} bytes of dynamic shared memory, its contract "
                f"demands {wanted}",
                f"{launch.shared_bytes} bytes",
            )
    return found
