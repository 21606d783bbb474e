"""Inline PTX that touches memory or other threads: loads, stores, atomics, fences, barriers, collectives, copies.

What it is: the handlers :func:`~compiler.emulator.ptx_asm.lower_asm` uses beside the arithmetic ones. What it
assumes: one OS thread runs the machine, so an atomic is a load, an operation and a store; a fence matters only to the
shadow memory.
What it guarantees: every address is bounds-checked; addresses of ``.shared`` may be offsets into the window or
generic. Example: ``ld.acquire.gpu.u32 $0, [$1];`` becomes a checked load, plus a place where a spinning loop lets
others run.
"""

from __future__ import annotations

from compiler.emulator import clocks, warp
from compiler.emulator.emit import Emitter
from compiler.emulator.float_ops import float_op
from compiler.emulator.intrinsics import (
    BARRIER_REDUCTIONS,
    REDUCTIONS,
    VOTES,
    active_mask,
    check,
    cluster_arrive,
    cluster_wait,
    copies_arrive,
    copies_group,
    copy_async,
    fence,
    map_shared,
    mbarrier,
    sleep,
    suspend_barrier,
    suspend_shuffle,
    suspend_warp,
)
from compiler.emulator.ir_text import Call, split_operands
from compiler.emulator.ptx_asm import (
    ARITHMETIC_HANDLERS,
    FLOATS,
    Environment,
    Handler,
    guard_of,
    llvm_type,
    types_of,
)
from compiler.emulator.ptx_asm import lower_asm as _lower_asm
from compiler.emulator.ptx_template import Statement
from compiler.emulator.state import TRAP_EXPLICIT


def lower_asm(e: Emitter, call: Call) -> None:
    """Replace one ``asm`` call."""
    _lower_asm(e, call, HANDLERS)


def _unguarded(env: Environment, s: Statement) -> None:
    if s.guard:
        raise env.e.unsupported(f"guarded PTX instruction {s.text}")


def address_of(env: Environment, operand: str, s: Statement) -> str:
    """Pointer of ``[base+offset]``."""
    base, _, offset = operand.strip("[]").partition("+")
    pointer: str
    if any(part.startswith("shared") for part in s.opcode):
        pointer = env.e.native("shared_pointer", ("i64", env.get(base.strip(), "u64")))
    else:
        pointer = env.e.resize(("i64", env.get(base.strip(), "u64")), "ptr")
    if offset:
        pointer = env.e.value(f"getelementptr i8, ptr {pointer}, i64 {int(offset, 0)}")
    return pointer


def _lanes(s: Statement) -> int:
    return next((int(part[1:]) for part in s.opcode if part in ("v2", "v4", "v8")), 1)


def access_kind(s: Statement) -> int:
    """How the shadow memory sees a PTX access."""
    words = set(s.opcode)
    if s.opcode[0] in ("ld", "ldu", "st") and not words & {"volatile", "relaxed", "acquire", "release", "mmio"}:
        return 0
    kind = clocks.KIND_ATOMIC | (clocks.KIND_NARROW if "cta" in words else 0)
    if words & {"acquire", "acq_rel"}:
        kind |= clocks.KIND_ACQUIRE
    if words & {"release", "acq_rel"}:
        kind |= clocks.KIND_RELEASE
    if s.opcode[0] in ("atom", "red"):
        kind |= clocks.KIND_UPDATE
    return kind | (clocks.KIND_WRITE if s.opcode[0] not in ("ld", "ldu") else 0)


def _checked(env: Environment, s: Statement, pointer: str, size: int, lanes: int, *, write: bool) -> None:
    """Bounds, then the shadow memory and the order of an atomic."""
    e, kind = env.e, access_kind(s)
    check(e, pointer, str(size * lanes), size * lanes, write=write, kind=kind)
    if e.checked and kind & clocks.KIND_UPDATE:
        e.native("shadow_update_init", ("ptr", pointer), ("i64", str(size)), e.site)
    if e.checked and kind & clocks.KIND_ATOMIC:
        e.native("order_atomic", ("ptr", pointer), kind)


def load(env: Environment, s: Statement) -> None:
    ty, lanes = types_of(s)[-1], _lanes(s)
    _unguarded(env, s)
    llvm, e = llvm_type(ty), env.e
    pointer = address_of(env, s.operands[1], s)
    size = {"float": 4, "double": 8}.get(llvm) or int(llvm[1:]) // 8
    _checked(env, s, pointer, size, lanes, write=False)
    names = split_operands(s.operands[0].strip("{}")) if lanes > 1 else [s.operands[0]]
    for i, name in enumerate(names):
        at = e.value(f"getelementptr {llvm}, ptr {pointer}, i64 {i}")
        env.set(name, (llvm, e.value(f"load volatile {llvm}, ptr {at}")))
    if any(part in s.opcode for part in ("volatile", "relaxed", "acquire", "mmio")):
        e.yield_in_loop()


def store(env: Environment, s: Statement) -> None:
    ty, lanes = types_of(s)[-1], _lanes(s)
    _unguarded(env, s)
    llvm, e = llvm_type(ty), env.e
    pointer = address_of(env, s.operands[0], s)
    size = {"float": 4, "double": 8}.get(llvm) or int(llvm[1:]) // 8
    _checked(env, s, pointer, size, lanes, write=True)
    names = split_operands(s.operands[1].strip("{}")) if lanes > 1 else [s.operands[1]]
    for i, name in enumerate(names):
        at = e.value(f"getelementptr {llvm}, ptr {pointer}, i64 {i}")
        e.line(f"store volatile {llvm} {env.get(name, ty)}, ptr {at}")


def atomic(env: Environment, s: Statement) -> None:
    """atom (with a destination) and red (without)."""
    ty, e = types_of(s)[-1], env.e
    _unguarded(env, s)
    has_result = s.opcode[0] == "atom"
    target, operands = (s.operands[0], s.operands[1:]) if has_result else ("_", s.operands)
    llvm = llvm_type(ty)
    pointer = address_of(env, operands[0], s)
    size = {"float": 4, "double": 8}.get(llvm) or int(llvm[1:]) // 8
    _checked(env, s, pointer, size, 1, write=True)
    old = e.value(f"load volatile {llvm}, ptr {pointer}")
    values = [env.get(name, ty) for name in operands[1:]]
    new = _atomic_result(env, s, ty, old, values)
    e.line(f"store volatile {llvm} {new}, ptr {pointer}")
    env.set(target, (llvm, old))
    e.yield_in_loop()


def _atomic_result(env: Environment, s: Statement, ty: str, old: str, values: list[str]) -> str:
    e, llvm = env.e, llvm_type(ty)
    op = next(part for part in s.opcode[1:] if part in _ATOMICS)
    if op == "exch":
        return values[0]
    if op == "cas":
        same = e.value(f"icmp eq {llvm} {old}, {values[0]}")
        return e.value(f"select i1 {same}, {llvm} {values[1]}, {llvm} {old}")
    if op == "add" and ty in FLOATS:
        return e.resize(float_op(e, "add", (), ty, [(llvm, old), (llvm, values[0])]), llvm)
    if op in ("min", "max") and ty not in FLOATS:
        name = f"llvm.{'s' if ty.startswith('s') else 'u'}{op}.{llvm}"
        return e.value(f"call {llvm} @{name}({llvm} {old}, {llvm} {values[0]})")
    if op in ("add", "and", "or", "xor"):
        return e.value(f"{op} {llvm} {old}, {values[0]}")
    if op == "inc":
        wrapped = e.value(f"icmp uge {llvm} {old}, {values[0]}")
        return e.value(f"select i1 {wrapped}, {llvm} 0, {llvm} {e.value(f'add {llvm} {old}, 1')}")
    if op == "dec":
        low = e.value(f"icmp eq {llvm} {old}, 0")
        high = e.value(f"icmp ugt {llvm} {old}, {values[0]}")
        wrapped = e.value(f"or i1 {low}, {high}")
        return e.value(f"select i1 {wrapped}, {llvm} {values[0]}, {llvm} {e.value(f'sub {llvm} {old}, 1')}")
    raise e.unsupported(f"PTX instruction {s.text}")


_ATOMICS = frozenset(("add", "min", "max", "and", "or", "xor", "exch", "cas", "inc", "dec"))


def nothing(env: Environment, s: Statement) -> None:
    """Hints and profiling events."""


def memory_fence(env: Environment, s: Statement) -> None:
    """fence and membar."""
    fence(env.e, ".".join(s.opcode))


def to_address_space(env: Environment, s: Statement) -> None:
    ty, e = types_of(s)[-1], env.e
    value = env.get(s.operands[1], "u64")
    if "shared" in s.opcode or "shared::cta" in s.opcode:
        if "to" in s.opcode:
            value = e.native("shared_offset", ("ptr", e.resize(("i64", value), "ptr")))
        else:
            value = e.resize(("ptr", e.native("shared_pointer", ("i64", value))), "i64")
    env.set(s.operands[0], (llvm_type(ty), e.resize(("i64", value), llvm_type(ty))), guard_of(env, s))


def barrier(env: Environment, s: Statement) -> None:
    """bar and barrier: sync, arrive, red, warp.sync."""
    _unguarded(env, s)
    e = env.e
    if "warp" in s.opcode:
        suspend_warp(e, warp.OP_SYNC, env.get(s.operands[0], "u32"), ("i64", "0"))
        return
    if "cluster" in s.opcode:
        if "wait" in s.opcode:
            cluster_wait(e)
        else:
            cluster_arrive(e, "relaxed" in s.opcode, "aligned" in s.opcode)
        return
    aligned = s.opcode[0] == "bar" or "aligned" in s.opcode
    if "red" in s.opcode:
        kind = next(part for part in s.opcode if part in BARRIER_REDUCTIONS)
        count = env.get(s.operands[2], "u32") if len(s.operands) == 4 else "0"
        predicate = env.get(s.operands[-1], "pred")
        suspend_barrier(e, env.get(s.operands[1], "u32"), count, aligned, BARRIER_REDUCTIONS[kind], predicate)
        result = ("i32", e.native("result_u32")) if kind == "popc" else ("i1", e.native("result_bit"))
        env.set(s.operands[0], result)
        return
    values = [env.get(name, "u32") for name in s.operands]
    if "arrive" in s.opcode:
        e.native("arrive_barrier", ("i32", values[0]), ("i32", values[1]), e.site)
    else:
        suspend_barrier(e, values[0], values[1] if len(values) > 1 else "0", aligned)


def map_to_rank(env: Environment, s: Statement) -> None:
    """mapa: a shared address in another block of the cluster."""
    ty, e = types_of(s)[-1], env.e
    mapped = map_shared(e, (llvm_type(ty), env.get(s.operands[1], ty)), ("i32", env.get(s.operands[2], "u32")))
    address = e.resize(("ptr", mapped), "i64") if ty.endswith("64") else e.native("shared_offset", ("ptr", mapped))
    env.set(s.operands[0], (llvm_type(ty), e.resize(("i64", address), llvm_type(ty))), guard_of(env, s))


def shuffle(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    _, value, b, c, mask = s.operands
    operands = [env.get(name, "u32") for name in (mask, b, c)]
    bits, predicate = suspend_shuffle(
        env.e, s.opcode[2], operands[0], ("i32", env.get(value, "b32")), operands[1], operands[2]
    )
    target, _, flag = s.operands[0].partition("|")
    env.set(target, ("i32", bits))
    if flag:
        env.set(flag, ("i1", predicate))


def vote(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    mode = s.opcode[2]
    suspend_warp(env.e, VOTES[mode], env.get(s.operands[2], "u32"), ("i1", env.get(s.operands[1], "pred")))
    ballot = mode == "ballot"
    env.set(s.operands[0], ("i32", env.e.native("result_u32")) if ballot else ("i1", env.e.native("result_bit")))


def match(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    op = warp.OP_MATCH_ANY if s.opcode[1] == "any" else warp.OP_MATCH_ALL
    ty = types_of(s)[-1]
    suspend_warp(env.e, op, env.get(s.operands[2], "u32"), (llvm_type(ty), env.get(s.operands[1], ty)))
    target, _, flag = s.operands[0].partition("|")
    env.set(target, ("i32", env.e.native("result_u32")))
    if flag:
        env.set(flag, ("i1", env.e.native("result_bit")))


def reduce(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    name = ("u" if s.opcode[-1] == "u32" and s.opcode[2] in ("min", "max") else "") + s.opcode[2]
    suspend_warp(env.e, REDUCTIONS[name], env.get(s.operands[2], "u32"), ("i32", env.get(s.operands[1], "b32")))
    env.set(s.operands[0], ("i32", env.e.native("result_u32")))


def elect(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    suspend_warp(env.e, warp.OP_ELECT, env.get(s.operands[1], "u32"), ("i64", "0"))
    target, _, flag = s.operands[0].partition("|")
    env.set(target, ("i32", env.e.native("result_u32")))
    env.set(flag or "_", ("i1", env.e.native("result_predicate")))


def converged(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    env.set(s.operands[0], ("i32", active_mask(env.e)))


def nanosleep(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    sleep(env.e)


def trap(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    env.e.native("trap", TRAP_EXPLICIT, env.e.site)


def transaction_barrier(env: Environment, s: Statement) -> None:
    _unguarded(env, s)
    operands = list(s.operands)
    at = next(i for i, name in enumerate(operands) if name.startswith("["))
    pointer = env.e.native("shared_pointer", ("i64", env.get(operands[at].strip("[]"), "u64")))
    token = "parity" not in s.opcode and any(part in s.opcode for part in ("test_wait", "try_wait"))
    rest = [("i64", env.get(name, "u64")) if token else ("i32", env.get(name, "u32")) for name in operands[at + 1 :]]
    what = ".".join(part for part in s.opcode[1:] if part in _MBARRIER_PARTS)
    result = mbarrier(env.e, what, [pointer], rest)
    if at == 1 and result:
        env.set(operands[0], ("i1" if "wait" in what else "i64", result))


_MBARRIER_PARTS = frozenset(
    (
        "init",
        "inval",
        "arrive",
        "arrive_drop",
        "expect_tx",
        "complete_tx",
        "test_wait",
        "try_wait",
        "parity",
        "noComplete",
    )
)


def asynchronous(env: Environment, s: Statement) -> None:
    """cp.async: the copy itself, its groups, and the arrival on an mbarrier."""
    _unguarded(env, s)
    e = env.e
    if "bulk" in s.opcode or "tensor" in s.opcode:
        raise e.unsupported(f"PTX instruction {s.text}")
    if any(part in s.opcode for part in ("commit_group", "wait_group", "wait_all")):
        copies_group(e, ".".join(s.opcode), env.get(s.operands[0], "u32") if s.operands else "0")
        return
    if "mbarrier" in s.opcode:
        pointer = e.native("shared_pointer", ("i64", env.get(s.operands[0].strip("[]"), "u64")))
        copies_arrive(e, ("ptr", pointer), "noinc" in s.opcode)
        return
    target = e.native("shared_pointer", ("i64", env.get(s.operands[0].strip("[]"), "u64")))
    source = e.resize(("i64", env.get(s.operands[1].strip("[]"), "u64")), "ptr")
    size = int(s.operands[2], 0)
    given = env.get(s.operands[3], "u32") if len(s.operands) > 3 else str(size)
    copy_async(e, ("ptr", target), ("ptr", source), size, ("i32", given))


HANDLERS: dict[str, Handler] = {
    **ARITHMETIC_HANDLERS,
    "ld": load,
    "ldu": load,
    "st": store,
    "atom": atomic,
    "red": atomic,
    **dict.fromkeys(("prefetch", "prefetchu", "discard", "applypriority", "brkpt", "pmevent"), nothing),
    **dict.fromkeys(("fence", "membar"), memory_fence),
    "cvta": to_address_space,
    **dict.fromkeys(("bar", "barrier"), barrier),
    "shfl": shuffle,
    "vote": vote,
    "match": match,
    "redux": reduce,
    "elect": elect,
    "activemask": converged,
    "nanosleep": nanosleep,
    "trap": trap,
    "mbarrier": transaction_barrier,
    "cp": asynchronous,
    "mapa": map_to_rank,
}
