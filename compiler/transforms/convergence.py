"""verify-convergence: no transform duplicated, dropped, moved or made conditional a convergent operation.

What it is: a fingerprint of a function's convergent operations, taken before a pass and compared after it: how often
each occurs, which branches decide whether it runs, and what order they have. What it assumes: passes keep the
locations of operations and branches. What it guarantees: each occurs as often as before, under no branch it was not
under before (and, but for cleanup, under every one it was), and never behind one of its block it came before. Example::

    before = convergent_fingerprint(module)
    run(module)
    check_convergence(before, module, "mem2reg")     # raises VerifyError
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from compiler.dialects.llvm.ops_control import CallOp, InlineAsmOp, LLVMFuncOp
from compiler.dialects.mir import ops as mir
from compiler.dialects.nvvm import NvvmOp
from compiler.ir.attributes import StringAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, Region, Trait
from compiler.ir.dominance import reverse_post_order
from compiler.ir.errors import VerifyError


@dataclass(frozen=True, slots=True)
class FunctionFingerprint:
    """``counts``: of each operation; ``controls``: locations of the branches an operation depends on; ``order``: pairs
    of which the first runs before the second whenever both do, in one pass through the function."""

    counts: Counter[str]
    controls: dict[str, frozenset[str]]
    order: frozenset[tuple[str, str]]


Fingerprint = dict[str, FunctionFingerprint]


def convergent_fingerprint(module: ModuleOp) -> Fingerprint:
    """How often each convergent operation (by what it calls, and where in the source) occurs in each function."""
    found: Fingerprint = {}
    for func in module.body.ops:
        name = func.attributes.get("sym_name")
        if isinstance(func, mir.FuncOp | LLVMFuncOp) and isinstance(name, StringAttr):
            here = [(_key(op), block) for block in func.regions[0].blocks for op in block.ops if _is_convergent(op)]
            if here:
                counts = Counter(key for key, _ in here)
                found[name.value] = FunctionFingerprint(counts, _controls(func.regions[0], here), _order(here))
    return found


def _controls(region: Region, here: list[tuple[str, Block]]) -> dict[str, frozenset[str]]:
    """Branches that decide whether an operation runs; those into traps do not count."""
    deciding = control_dependence(region)
    found: dict[str, frozenset[str]] = {}
    for key, block in here:
        branches = frozenset(str(b.ops[-1].loc) for b in deciding.get(block, ()))
        found[key] = found.get(key, frozenset()) | branches
    return found


def control_dependence(region: Region) -> dict[Block, frozenset[Block]]:
    """The blocks whose terminators decide whether a block runs, directly or through others."""
    order = reverse_post_order(region)
    succs = _returning(order)
    number = {block: i for i, block in enumerate(order)}
    post = _post_dominators(order, succs, number)
    direct: dict[Block, set[Block]] = {block: set() for block in order}
    for b in order:
        if len(succs[b]) < 2:
            continue
        strict = post[number[b]] & ~(1 << number[b])
        for s in succs[b]:
            bits = post[number[s]] & ~strict
            for x in order:
                if bits >> number[x] & 1:
                    direct[x].add(b)
    return {block: _closure(block, direct) for block in order}


def _returning(order: list[Block]) -> dict[Block, list[Block]]:
    """Successors without those from which no return is reached, unless none can."""
    succs = {block: list(dict.fromkeys(block.successors())) for block in order}
    live = {b for b in order if not succs[b] and b.ops and "return" in b.ops[-1].op_name}
    if not live:
        return succs
    grown = True
    while grown:
        more = {b for b in order if b not in live and any(s in live for s in succs[b])}
        grown = bool(more)
        live |= more
    return {b: [s for s in succs[b] if s in live] for b in order}


def _post_dominators(order: list[Block], succs: dict[Block, list[Block]], number: dict[Block, int]) -> list[int]:
    """Bit sets of the blocks on every path to the end."""
    everything = (1 << len(order)) - 1
    post = [everything if succs[b] else 1 << number[b] for b in order]
    changed = True
    while changed:
        changed = False
        for b in reversed(order):
            i = number[b]
            if not succs[b]:
                continue
            meet = everything
            for s in succs[b]:
                meet &= post[number[s]]
            if meet | 1 << i != post[i]:
                post[i] = meet | 1 << i
                changed = True
    return post


def _closure(block: Block, direct: dict[Block, set[Block]]) -> frozenset[Block]:
    seen: set[Block] = set()
    work = list(direct[block])
    while work:
        b = work.pop()
        if b not in seen:
            seen.add(b)
            work += direct[b]
    return frozenset(seen)


def _order(here: list[tuple[str, Block]]) -> frozenset[tuple[str, str]]:
    """Pairs in one block: each operation with those after it."""
    pairs = set()
    for i, (key, block) in enumerate(here):
        for later, other in here[i + 1 :]:
            if other is block and later != key:
                pairs.add((key, later))
    return frozenset(pairs)


def _is_convergent(op: Operation) -> bool:
    if isinstance(op, mir.DeviceIntrinsicOp):
        from compiler.dialects.nvvm import row

        found = row(op.intrinsic.value)
        return found is None or found.is_convergent
    if isinstance(op, mir.CallOp | CallOp) and op.callee is not None and op.callee.name.startswith("__nv_"):
        return False
    return Trait.CONVERGENT in op.traits


def _key(op: Operation) -> str:
    if isinstance(op, mir.CallOp | CallOp) and op.callee is not None:
        what = f"call @{op.callee.name}"
    elif isinstance(op, mir.DeviceIntrinsicOp):
        what = f"nvvm.{op.intrinsic.value}"
    elif isinstance(op, NvvmOp):
        what = op.op_name
    elif isinstance(op, mir.InlineAsmOp | InlineAsmOp):
        what = "inline_asm"
    else:
        what = "call"
    return f"{what} at {op.loc}"


def check_convergence(before: Fingerprint, module: ModuleOp, pass_name: str, may_simplify: bool = False) -> None:
    """Raise unless ``module`` keeps what ``before`` recorded. ``may_simplify``: branches on constants may have gone."""
    after = convergent_fingerprint(module)
    for name, was in before.items():
        now = after.get(name)
        counts: Counter[str] = now.counts if now is not None else Counter()
        for key in sorted(was.counts.keys() | counts.keys()):
            if was.counts[key] != counts[key] and not (may_simplify and counts[key] < was.counts[key]):
                what = f"occurred {was.counts[key]} times before {pass_name} and {counts[key]} after"
                raise VerifyError(pass_name, f"@{name}: '{key}' {what}")
        if now is not None:
            _check_places(name, was, now, pass_name, may_simplify)


def _check_places(
    name: str, was: FunctionFingerprint, now: FunctionFingerprint, pass_name: str, may_simplify: bool
) -> None:
    for key, branches in now.controls.items():
        old = was.controls.get(key, frozenset())
        if branches - old:
            where = ", ".join(sorted(branches - old))
            raise VerifyError(pass_name, f"@{name}: {pass_name} made '{key}' depend on the branch at {where}")
        if old - branches and not may_simplify:
            where = ", ".join(sorted(old - branches))
            raise VerifyError(pass_name, f"@{name}: {pass_name} moved '{key}' out of the branch at {where}")
    for first, second in was.order:
        if (second, first) in now.order and (second, first) not in was.order:
            raise VerifyError(pass_name, f"@{name}: {pass_name} moved '{second}' before '{first}'")
