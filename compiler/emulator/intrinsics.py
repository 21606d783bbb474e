"""Lowers calls of ``llvm.nvvm.*`` and of the CUDA device runtime to the emulated machine.

What it is: one table of name patterns to handlers. What it assumes: calls were parsed from canonical LLVM text. What
it guarantees: a call it does not know raises :class:`UnsupportedDevice` with the site, never a silent drop; fences
matter only to the shadow memory, because one OS thread runs the machine in program order. Example:
``llvm.nvvm.shfl.sync.down.f32(i32 -1, float %v, i32 1, i32 31)`` becomes ``wait_shuffle``, a suspend point, and the
result's bits.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from compiler.emulator import block, clocks, warp
from compiler.emulator.emit import Emitter
from compiler.emulator.float_ops import convert, float_op
from compiler.emulator.ir_text import Call

Handler = Callable[[Emitter, Call, re.Match[str]], str]

SHUFFLES = {
    "idx": warp.OP_SHFL_IDX,
    "up": warp.OP_SHFL_UP,
    "down": warp.OP_SHFL_DOWN,
    "bfly": warp.OP_SHFL_BFLY,
}
VOTES = {"all": warp.OP_VOTE_ALL, "any": warp.OP_VOTE_ANY, "uni": warp.OP_VOTE_UNI, "ballot": warp.OP_BALLOT}
REDUCTIONS = {
    "add": warp.OP_REDUX_ADD,
    "umin": warp.OP_REDUX_UMIN,
    "umax": warp.OP_REDUX_UMAX,
    "min": warp.OP_REDUX_MIN,
    "max": warp.OP_REDUX_MAX,
    "and": warp.OP_REDUX_AND,
    "or": warp.OP_REDUX_OR,
    "xor": warp.OP_REDUX_XOR,
}
BARRIER_REDUCTIONS = {"popc": block.RED_POPC, "and": block.RED_AND, "or": block.RED_OR}

# Calls after which a thread may have to wait for others: what makes a kernel a coroutine.
SUSPENDING = re.compile(
    r"@llvm\.nvvm\.(?:barrier|bar\.|shfl\.|vote\.|match\.|redux\.|elect\.|activemask|nanosleep|mbarrier\.t(?:est|ry))"
)


def suspend_barrier(
    e: Emitter, barrier: str, count: str, aligned: bool, reduction: int = 0, predicate: str = "false"
) -> None:
    """``bar.sync`` and relatives up to the suspend point."""
    e.native(
        "wait_barrier",
        ("i32", barrier),
        ("i32", count),
        reduction,
        ("i1", predicate),
        ("i1", "true" if aligned else "false"),
        e.site,
    )
    e.suspend()


def suspend_shuffle(e: Emitter, mode: str, mask: str, value: tuple[str, str], b: str, c: str) -> tuple[str, str]:
    """A shuffle; returns the 32 result bits and the predicate."""
    e.native("wait_shuffle", SHUFFLES[mode], ("i32", mask), value, ("i32", b), ("i32", c), e.site)
    e.suspend()
    return e.native("result_u32"), e.native("result_predicate")


def suspend_warp(e: Emitter, op: int, mask: str, value: tuple[str, str]) -> None:
    e.native("wait_warp", op, ("i32", mask), value, e.site)
    e.suspend()


def _register(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return read_register(e, m[1], call.type)


def read_register(e: Emitter, name: str, ty: str = "i32") -> str:
    """A special register by its dotted name without ``%``."""
    name = name.replace(".", "_")
    try:
        return e.resize((f"i{64 if name in _WIDE_REGISTERS else 32}", e.native(f"sreg_{name}")), ty)
    except KeyError:
        raise e.unsupported(f"special register %{name}") from None


_WIDE_REGISTERS = {"clock64", "globaltimer", "gridid"}


def _barrier_sync(e: Emitter, call: Call, m: re.Match[str]) -> str:
    values = [value for _, value in call.args]
    count = values[1] if m[2] == "count" else "0"
    suspend_barrier(e, values[0] if values else "0", count, bool(m[1]))
    return ""


def _barrier_red(e: Emitter, call: Call, m: re.Match[str]) -> str:
    values = [value for _, value in call.args]
    count = values[1] if m[3] == "count" else "0"
    suspend_barrier(e, values[0], count, bool(m[2]), BARRIER_REDUCTIONS[m[1]], values[-1])
    return e.resize(("i32", e.native("result_u32")), call.type) if call.type != "i1" else e.native("result_bit")


def _barrier_arrive(e: Emitter, call: Call, m: re.Match[str]) -> str:
    e.native("arrive_barrier", call.args[0], call.args[1], e.site)
    return ""


def _warp_sync(e: Emitter, call: Call, m: re.Match[str]) -> str:
    suspend_warp(e, warp.OP_SYNC, call.args[0][1], ("i64", "0"))
    return ""


def _shuffle(e: Emitter, call: Call, m: re.Match[str]) -> str:
    (_, mask), value, (_, b), (_, c) = call.args
    bits, predicate = suspend_shuffle(e, m[1], mask, value, b, c)
    scalar = "float" if m[2] == "f32" else "i32"
    result = e.resize(("i32", bits), scalar)
    return e.aggregate(call.type, [(scalar, result), ("i1", predicate)]) if m[3] else result


def _vote(e: Emitter, call: Call, m: re.Match[str]) -> str:
    suspend_warp(e, VOTES[m[1]], call.args[0][1], call.args[1])
    return e.native("result_u32") if m[1] == "ballot" else e.native("result_bit")


def _match(e: Emitter, call: Call, m: re.Match[str]) -> str:
    op = warp.OP_MATCH_ANY if m[1] == "any" else warp.OP_MATCH_ALL
    suspend_warp(e, op, call.args[0][1], call.args[1])
    result = e.native("result_u32")
    return e.aggregate(call.type, [("i32", result), ("i1", e.native("result_bit"))]) if m[2] else result


def _redux(e: Emitter, call: Call, m: re.Match[str]) -> str:
    suspend_warp(e, REDUCTIONS[m[1]], call.args[1][1], call.args[0])
    return e.native("result_u32")


def _elect(e: Emitter, call: Call, m: re.Match[str]) -> str:
    suspend_warp(e, warp.OP_ELECT, call.args[0][1], ("i64", "0"))
    return e.aggregate(call.type, [("i32", e.native("result_u32")), ("i1", e.native("result_predicate"))])


def active_mask(e: Emitter) -> str:
    e.native("wait_active_mask", e.site)
    e.suspend()
    return e.native("result_u32")


def _active_mask(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return active_mask(e)


def _nothing(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return ""


def sleep(e: Emitter) -> None:
    e.native("yield_thread")
    e.suspend()


def _sleep(e: Emitter, call: Call, m: re.Match[str]) -> str:
    sleep(e)
    return ""


def _copy_async(e: Emitter, call: Call, m: re.Match[str]) -> str:
    size = int(m[1])
    source_size = call.args[2] if m[2] else ("i32", str(size))
    copy_async(e, call.args[0], call.args[1], size, source_size)
    return ""


def copy_async(
    e: Emitter, target: tuple[str, str], source: tuple[str, str], size: int, source_size: tuple[str, str]
) -> None:
    """``cp.async``: bounds-checked and done at once."""
    check(e, e.resize(target, "ptr"), f"{size}", size, write=True, kind=clocks.KIND_ASYNC)
    check(e, e.resize(source, "ptr"), e.resize(source_size, "i64"), 1, write=False, kind=clocks.KIND_ASYNC)
    e.native("copy_async", target, source, size, source_size)


def check(e: Emitter, address: str, size: str, align: int, *, write: bool, kind: int = 0) -> None:
    """Bounds check of ``size`` (an i64 operand) bytes at ``address``; ``kind``: what the shadow memory should know."""
    index = e.n_caches
    e.n_caches += 1
    cache = f"getelementptr (i8, ptr @oxide.caches, i64 {16 * index})"
    flag = "true" if write else "false"
    e.native("check_access", ("ptr", address), ("i64", size), align, ("ptr", cache), ("i1", flag), e.site)
    if e.checked:
        e.native("shadow_access", ("ptr", address), ("i64", size), kind | int(write), e.site)


def _mbarrier(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return mbarrier(e, m[1], [e.resize(call.args[0], "ptr")], call.args[1:])


def mbarrier(e: Emitter, what: str, pointer: list[str], rest: list[tuple[str, str]]) -> str:
    """One mbarrier operation by its dotted name; the result when it has one."""
    p = ("ptr", pointer[0])
    what = what.replace("_", ".")
    if e.checked:
        kind = clocks.KIND_WRITE if what.startswith("in") else clocks.KIND_ATOMIC
        changes = not what.startswith(("test.wait", "try.wait"))
        e.native("shadow_access", p, ("i64", "8"), kind | int(changes), e.site)
    if what.startswith(("test.wait", "try.wait")):
        native = "mbarrier_test_parity" if "parity" in what else "mbarrier_test"
        e.yield_in_loop()
        done = e.native(native, p, rest[0])
        return e.native("order_mbarrier_wait", p, ("i1", done)) if e.checked else done
    if what.startswith("init"):
        e.native("mbarrier_init", p, rest[0], e.site)
    elif what.startswith("inval"):
        e.native("mbarrier_invalidate", p)
    elif what.startswith("arrive.expect.tx"):
        e.native("mbarrier_expect_tx", p, rest[0])
        return arrive_mbarrier(e, p, ("i32", "1"))
    elif what.startswith("expect.tx"):
        e.native("mbarrier_expect_tx", p, rest[0])
    elif what.startswith("complete.tx"):
        e.native("mbarrier_complete_tx", p, rest[0])
    elif what.startswith("arrive") and ".drop" not in what:
        counted = [operand for operand in rest if operand[0] == "i32"]
        return arrive_mbarrier(e, p, counted[0] if counted else ("i32", "1"))
    else:
        raise e.unsupported(f"mbarrier.{what}")
    return ""


def arrive_mbarrier(e: Emitter, p: tuple[str, str], count: tuple[str, str], copies: int = 0) -> str:
    """An arrival; ``copies``: it stands for the thread's asynchronous copies as well."""
    if e.checked:
        e.native("order_mbarrier_arrive", p, copies)
    state = e.native("mbarrier_arrive", p, count, e.site)
    if e.checked:  # another thread may come first
        e.yield_in_loop()
    return state


def copies_arrive(e: Emitter, p: tuple[str, str], noinc: bool) -> None:
    """``cp.async.mbarrier.arrive``; without ``.noinc`` it is not counted in the expected arrivals."""
    if noinc:
        arrive_mbarrier(e, p, ("i32", "1"), copies=1)
    elif e.checked:
        e.native("order_mbarrier_arrive", p, 1)


def _copy_async_arrive(e: Emitter, call: Call, m: re.Match[str]) -> str:
    copies_arrive(e, ("ptr", e.resize(call.args[0], "ptr")), bool(m[1]))
    return ""


def copies_group(e: Emitter, what: str, count: str = "0") -> None:
    """``cp.async`` groups: commit, wait for all but ``count``, wait for all."""
    if not e.checked:
        return
    if "wait" in what and "group" in what:
        e.native("order_copies_wait", ("i32", count))
    else:
        e.native("order_copies_wait_all" if "wait" in what else "order_copies_commit")


def _copies_group(e: Emitter, call: Call, m: re.Match[str]) -> str:
    copies_group(e, m[1], call.args[0][1] if call.args else "0")
    return ""


def fence(e: Emitter, what: str) -> None:
    """A memory fence by its dotted name; proxy fences order nothing between threads."""
    if e.checked and "proxy" not in what:
        e.native("order_fence", int("cta" in what.split(".")))


def _fence(e: Emitter, call: Call, m: re.Match[str]) -> str:
    fence(e, m[1])
    return ""


_SIGNS = {"s": "true", "u": "false"}


def _dot4(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return e.native("dp4a", call.args[0], call.args[1], call.args[2], ("i1", _SIGNS[m[1]]), ("i1", _SIGNS[m[2]]))


def _dot2(e: Emitter, call: Call, m: re.Match[str]) -> str:
    a, b, high, c = call.args
    return e.native("dp2a", a, b, c, ("i1", _SIGNS[m[1]]), ("i1", _SIGNS[m[2]]), high)


def _permute(e: Emitter, call: Call, m: re.Match[str]) -> str:
    args = call.args if len(call.args) != 3 or m[1] in ("", ".f4e", ".b4e") else [call.args[0], call.args[2]]
    return e.native("prmt" + m[1].replace(".", "_"), *args)


def cluster_arrive(e: Emitter, relaxed: bool, aligned: bool) -> None:
    """``barrier.cluster.arrive``."""
    e.native("arrive_cluster", int(not relaxed), int(aligned), e.site)


def cluster_wait(e: Emitter) -> None:
    """``barrier.cluster.wait`` up to the suspend point."""
    e.native("wait_cluster", e.site)
    e.suspend()


def _cluster_arrive(e: Emitter, call: Call, m: re.Match[str]) -> str:
    cluster_arrive(e, bool(m[1]), bool(m[2]))
    return ""


def _cluster_wait(e: Emitter, call: Call, m: re.Match[str]) -> str:
    cluster_wait(e)
    return ""


def map_shared(e: Emitter, address: tuple[str, str], rank: tuple[str, str]) -> str:
    """``mapa``: the place in the memory of another block of the cluster, as a pointer."""
    return e.native("map_shared", ("i64", e.resize(address, "i64")), rank)


def _map_shared(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return e.resize(("ptr", map_shared(e, call.args[0], call.args[1])), call.type)


_FLOAT_TYPES = {"f": "f32", "d": "f64", "f16": "f16", "f16x2": "f16x2", "bf16": "bf16", "bf16x2": "bf16x2"}
_BY_LLVM = {
    "float": "f32",
    "double": "f64",
    "half": "f16",
    "bfloat": "bf16",
    "<2 x half>": "f16x2",
    "<2 x bfloat>": "bf16x2",
}


def _float(e: Emitter, call: Call, m: re.Match[str]) -> str:
    parts = m[2].split(".") if m[2] else []
    ty = _FLOAT_TYPES.get(parts[-1] if parts else "", "") or _BY_LLVM.get(call.type, "")
    if not ty:
        raise e.unsupported(call.callee)
    op = {"fmin": "min", "fmax": "max", "fabs": "abs"}.get(m[1], m[1])
    return e.resize(float_op(e, op, parts, ty, call.args), call.type)


def _pack(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return e.resize(convert(e, m[1], "f32", m[2].split("."), call.args), call.type)


def _unpack(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return e.resize(convert(e, m[2], m[1], m[3].split("."), call.args), call.type)


def _to_tf32(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return e.resize(convert(e, "tf32", "f32", m[1].split("."), call.args), call.type)


def _to_bf16(e: Emitter, call: Call, m: re.Match[str]) -> str:
    mode = "f32_to_bf16_rz" if "rz" in m[1] else "f32_to_bf16"
    return e.resize(("i32", e.native(mode, call.args[0])), call.type)


def _saturate(e: Emitter, call: Call, m: re.Match[str]) -> str:
    return e.native("saturate_f32" if call.type == "float" else "saturate_f64", call.args[0])


def _is_shared(e: Emitter, call: Call, m: re.Match[str]) -> str:
    name = "is_shared" if m[1] == "shared" else "is_shared_cluster"
    inside = e.native(name, ("ptr", e.resize(call.args[0], "ptr")))
    return inside if m[1].startswith("shared") else e.value(f"xor i1 {inside}, true")


TABLE: list[tuple[re.Pattern[str], Handler]] = [
    (re.compile(pattern), handler)
    for pattern, handler in (
        (r"read\.ptx\.sreg\.(.+)", _register),
        (r"barrier\.cta\.sync(\.aligned)?\.(all|count)", _barrier_sync),
        (r"barrier\.cta\.red\.(popc|and|or)(\.aligned)?\.(all|count)", _barrier_red),
        (r"barrier\.cta\.arrive(?:\.aligned)?\.count", _barrier_arrive),
        (r"bar\.warp\.sync", _warp_sync),
        (r"shfl\.sync\.(idx|up|down|bfly)\.(i32|f32)(p?)", _shuffle),
        (r"vote\.(all|any|uni|ballot)\.sync", _vote),
        (r"match\.(any|all)\.sync\.i(?:32|64)(p?)", _match),
        (r"redux\.sync\.(u?min|u?max|add|and|or|xor)", _redux),
        (r"elect\.sync", _elect),
        (r"activemask", _active_mask),
        (
            r"cp\.async\.(?:bulk\.commit|bulk\.wait)\..*|pm\.event\..*|griddepcontrol\..*",
            _nothing,
        ),
        (r"cp\.async\.((?:commit|wait)\..*)", _copies_group),
        (r"((?:membar|fence)\..*)", _fence),
        (r"nanosleep", _sleep),
        (r"cp\.async\.c[ag]\.shared\.global\.(\d+)(\.s)?", _copy_async),
        (r"cp\.async\.mbarrier\.arrive(\.noinc)?(?:\.shared)?", _copy_async_arrive),
        (r"mbarrier\.(.+)", _mbarrier),
        (r"idp4a\.([su])\.([su])", _dot4),
        (r"idp2a\.([su])\.([su])", _dot2),
        (r"prmt((?:\.\w+)?)", _permute),
        (r"(add|sub|mul|div|fma|sqrt|rcp|rsqrt|sin|cos|lg2|ex2|tanh|fmin|fmax|fabs|neg)(?:\.(.+))?", _float),
        (r"ff(?:2|\.to\.)(f16x2|bf16x2|e4m3x2|e5m2x2)\.(.+)", _pack),
        (r"(f16x2|e4m3x2|e5m2x2)\.to\.(f16x2|e4m3x2|e5m2x2)\.(.+)", _unpack),
        (r"f2tf32\.(.+)", _to_tf32),
        (r"f2bf16\.(.+)", _to_bf16),
        (r"saturate\..*", _saturate),
        (r"barrier\.cluster\.arrive(\.relaxed)?(\.aligned)?", _cluster_arrive),
        (r"barrier\.cluster\.wait.*", _cluster_wait),
        (r"mapa.*", _map_shared),
        (r"isspacep\.(shared.*|global)", _is_shared),
    )
]

_PREFIX = "@llvm.nvvm."


def lower_intrinsic(e: Emitter, call: Call) -> bool:
    """Replace a call of ``llvm.nvvm.*``; False when it is something else."""
    if not call.callee.startswith(_PREFIX):
        return False
    name = call.callee[len(_PREFIX) :]
    for pattern, handler in TABLE:
        match = pattern.fullmatch(name)
        if match is not None:
            result = handler(e, call, match)
            if result:
                e.bind(call.result, call.type, result)
            return True
    raise e.unsupported(f"intrinsic llvm.nvvm.{name}")
