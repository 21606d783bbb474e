"""Values of intrinsics: special registers, warp operations, memory operations, arithmetic.

Assumes: names as ``#[oxide::intrinsic]`` and ``#[rustc_intrinsic]`` give them. Guarantees: an intrinsic that is not
known here gives a value of which nothing is known, and forgets what its pointers reach.

Example: ``sreg::block_idx_x`` is a register at level BLOCK; ``warp::ballot_sync(m, p)`` is the same in a warp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.analysis.convergence.levels import BLOCK, CLUSTER, GRID, THREAD, WARP, WARP_SIZE, Geometry
from compiler.analysis.convergence.rvalues import metadata, offset
from compiler.analysis.convergence.state import State, thin
from compiler.analysis.convergence.values import BOOL, FLOAT, OTHER, U32, USIZE, Node

if TYPE_CHECKING:
    from compiler.analysis.convergence.interpret import Run

_AXES = {"x": 0, "y": 1, "z": 2}
_REGISTER_LEVELS = {
    "cluster_block_idx_x": BLOCK,
    "cluster_block_idx_y": BLOCK,
    "cluster_block_idx_z": BLOCK,
    "cluster_block_rank": BLOCK,
    "cluster_idx_x": CLUSTER,
    "cluster_idx_y": CLUSTER,
    "cluster_idx_z": CLUSTER,
    "lanemask_lt": THREAD,
    "lanemask_le": THREAD,
    "lanemask_eq": THREAD,
    "lanemask_ge": THREAD,
    "lanemask_gt": THREAD,
}
_PURE_MODULES = frozenset(("dotprod", "prmt", "convert", "float", "f16", "f16x2", "bf16", "bf16x2"))
_WARP_WIDE = frozenset(("all_sync", "any_sync", "uni_sync", "ballot_sync", "match_all_sync", "match_all_i64_sync"))
_BINARY = {
    "wrapping_add": "Add",
    "wrapping_sub": "Sub",
    "wrapping_mul": "Mul",
    "unchecked_add": "Add",
    "unchecked_sub": "Sub",
    "unchecked_mul": "Mul",
    "unchecked_div": "Div",
    "unchecked_rem": "Rem",
    "unchecked_shl": "Shl",
    "unchecked_shr": "Shr",
    "exact_div": "Div",
    "fadd_fast": "Add",
    "fsub_fast": "Sub",
    "fmul_fast": "Mul",
    "fdiv_fast": "Div",
}
_OVERFLOWING = {"add_with_overflow": "Add", "sub_with_overflow": "Sub", "mul_with_overflow": "Mul"}
_FUNCTIONS = frozenset(
    (
        "saturating_add", "saturating_sub", "rotate_left", "rotate_right", "ctpop", "ctlz", "ctlz_nonzero", "cttz",
        "cttz_nonzero", "bswap", "bitreverse", "ptr_offset_from", "ptr_offset_from_unsigned", "ptr_mask",
        "frem_fast", "float_to_int_unchecked", "carrying_mul_add",
    )
)  # fmt: skip
_FLOAT_PREFIXES = (
    "fabs", "sqrt", "fma", "floor", "ceil", "trunc", "round", "copysign", "minnum", "maxnum", "minimum", "maximum",
    "sin", "cos", "exp", "log", "pow",
)  # fmt: skip
_NO_VALUE = frozenset(("assume", "cold_path", "assert_inhabited", "atomic_fence", "atomic_singlethreadfence"))
_IDENTITIES = frozenset(("black_box", "likely", "unlikely"))


def intrinsic_value(run: Run, state: State, name: str, args: tuple[Node, ...], ty: int, full_ty: Any) -> Node:
    """The value of a call."""
    module, _, short = name.rpartition("::")
    if module == "sreg":
        return register(run, short)
    if module == "warp":
        return _warp(run, state, short, args, ty)
    if module:
        return _device(run, state, module, short, args, ty)
    return _core(run, state, name, args, ty)


# ---------------------------------------------------------------- registers


def register(run: Run, name: str) -> Node:
    """A special register."""
    geometry, terms = run.interpreter.geometry, run.terms
    axis = _AXES.get(name[-1], 0)
    if name.startswith("thread_idx_"):
        return thread_index(run, axis)
    if name.startswith("block_dim_"):
        low, high = geometry.extent(axis)
        return terms.const(low, U32) if low == high else terms.make("reg", (name,), GRID, U32, low, high)
    if name.startswith("block_idx_"):
        if geometry.rank and axis >= geometry.rank:
            return terms.const(0, U32)
        return terms.make("reg", (name,), BLOCK, U32, 0, (1 << 31) - 2)
    if name.startswith("grid_dim_"):
        if geometry.rank and axis >= geometry.rank:
            return terms.const(1, U32)
        return terms.make("reg", (name,), GRID, U32, 1, (1 << 31) - 1)
    if name == "lane_id":
        return terms.make("reg", (name,), THREAD, U32, 0, WARP_SIZE - 1)
    return terms.make("reg", (name,), _REGISTER_LEVELS.get(name, GRID), U32)


def thread_index(run: Run, axis: int) -> Node:
    """``threadIdx`` along an axis."""
    geometry: Geometry = run.interpreter.geometry
    high = geometry.extent(axis)[1] - 1
    if high == 0:
        return run.terms.const(0, U32)
    level = WARP if axis and geometry.whole_rows else THREAD
    return run.terms.make("reg", (f"thread_idx_{'xyz'[axis]}",), level, U32, 0, high)


# ---------------------------------------------------------------- warps and other device operations


def _fresh(run: Run, state: State, name: str, level: int, ty: int, weak: bool = True) -> Node:
    """A value made here and now."""
    site = (*run.site(state.block), name)
    loops = run.loop_bits(state.block)
    if weak:
        return run.terms.unknown(site, _described(name), level, ty, loops)
    return run.terms.make("sample", (site,), level, ty, None, None, loops)


def _described(name: str) -> str:
    return f"the result of `{name}`"


def _warp(run: Run, state: State, name: str, args: tuple[Node, ...], ty: int) -> Node:
    terms = run.terms
    if name == "active_mask":
        return terms.make("active", (run.site(state.block),), WARP, U32, None, None, run.loop_bits(state.block), True)
    if name in _WARP_WIDE:
        made = terms.over("vote", (name, *args), ty)
        return terms.make("vote", (name, *args), max(made.level, WARP), ty, None, None, made.loops, made.weak)
    if name.startswith("redux_sync"):
        return terms.make(
            "vote", (name, *args), max(WARP, min(a.level for a in args)), ty, None, None, args[1].loops, True
        )
    if name.startswith("shuffle"):
        return _shuffle(run, state, name, args, ty)
    if name == "elect_sync":
        leader = _fresh(run, state, "elect_sync leader", WARP, U32)
        return terms.agg((leader, _fresh(run, state, "elect_sync", THREAD, BOOL, False)))
    level = WARP if name in ("warpid", "nwarpid") else THREAD
    return _fresh(run, state, name, level, ty)


def _shuffle(run: Run, state: State, name: str, args: tuple[Node, ...], ty: int) -> Node:
    value, lane = args[1], args[2]
    if value.level >= WARP:
        return value
    direct = name.startswith("shuffle_sync") or name in ("shuffle_f32_sync", "shuffle_u64_sync", "shuffle_f64_sync")
    level = WARP if direct and lane.level >= WARP else THREAD
    return run.terms.make("shuffled", (name, *args), level, ty, None, None, value.loops | lane.loops, True)


def _device(run: Run, state: State, module: str, name: str, args: tuple[Node, ...], ty: int) -> Node:
    terms = run.terms
    if module in _PURE_MODULES:
        return terms.over("device", (name, *args), ty)
    if (module, name) == ("thread", "smid"):
        return _fresh(run, state, name, BLOCK, ty)
    if module in ("grid", "shared") or name in ("nsmid", "gridid"):
        return terms.make("device", (name, *args), min((a.level for a in args), default=GRID), ty)
    if (module, name) == ("cluster", "map_shared_rank"):
        return terms.over("mapped", args)
    if module in ("matrix", "wgmma", "tcgen05", "tma", "async_copy"):
        for a in args:
            state.forget(a, run.site(state.block), _described(name))
        return _fresh(run, state, name, THREAD, ty)
    return _fresh(run, state, name, THREAD, ty)


# ---------------------------------------------------------------- core


def _core(run: Run, state: State, name: str, args: tuple[Node, ...], ty: int) -> Node:
    terms, arith = run.terms, run.arith
    if name in _BINARY:
        return arith.binary(_BINARY[name], args[0], args[1])
    if name in _OVERFLOWING:
        plain = arith.binary(_OVERFLOWING[name], args[0], args[1])
        return terms.agg((plain, terms.over("overflows", (plain, *args), BOOL)))
    if name in _IDENTITIES:
        return args[0]
    if name == "select_unpredictable":
        return arith.select(args[0], args[1], args[2])
    if name in ("offset", "arith_offset"):
        return offset(state, args[0], args[1])
    if name == "aggregate_raw_ptr":
        return terms.fat(thin(args[0]), args[1]) if args[1] is not terms.unit else args[0]
    if name == "ptr_metadata":
        return metadata(state, args[0])
    if name in ("transmute", "transmute_unchecked"):
        return _transmute(run, args[0], ty)
    if name == "three_way_compare":
        from compiler.analysis.convergence.rvalues import ordering

        return ordering(state, args[0], args[1])
    if name in _FUNCTIONS or name.startswith(_FLOAT_PREFIXES):
        return terms.over("core", (name, *args), ty)
    if name == "dynamic_shared":
        return terms.over("static", ("dynamic shared memory",))
    if name == "discriminant_value":
        value = state.load(args[0]) if args[0].op not in ("ref", "refs", "refin") else _pointee(state, args[0])
        return value.args[0] if value.op == "enum" else terms.over("discr", (value,), ty)
    if name in _NO_VALUE:
        return terms.unit
    return _memory(run, state, name, args, ty)


def _transmute(run: Run, value: Node, ty: int) -> Node:
    if value.op in ("ref", "refs", "refin", "fat", "agg", "enum") and ty == OTHER:
        return value
    integers = ty not in (OTHER, FLOAT) and value.ty not in (OTHER, FLOAT)
    return run.arith.cast(value, ty) if integers else run.terms.over("bits", (value,), ty)


def _pointee(state: State, pointer: Node) -> Node:
    pointer = thin(pointer)
    return state.at(pointer.args[0], pointer.args[1]) if pointer.op == "ref" else state.through(pointer)


def _memory(run: Run, state: State, name: str, args: tuple[Node, ...], ty: int) -> Node:
    """Reads, writes and atomics through pointers."""
    terms = run.terms
    local = bool(args) and thin(args[0]).op in ("ref", "refs", "refin")
    if name == "read_via_copy":
        return _pointee(state, args[0]) if local else state.load(args[0], ty)
    if name in ("write_via_move", "volatile_store", "atomic_store") or name.startswith("atomic_store"):
        state.put_through(thin(args[0]), args[1])
        return terms.unit
    if name == "typed_swap_nonoverlapping" and local and thin(args[1]).op in ("ref", "refs", "refin"):
        a, b = _pointee(state, args[0]), _pointee(state, args[1])
        state.put_through(thin(args[0]), b)
        state.put_through(thin(args[1]), a)
        return terms.unit
    if name in ("copy", "copy_nonoverlapping", "write_bytes"):
        target = args[1] if name != "write_bytes" else args[0]
        state.forget(target, run.site(state.block), _described(name))
        return terms.unit
    if name == "volatile_load" or name.startswith("atomic_load"):
        if local:
            return _pointee(state, args[0])
        return _fresh(run, state, name.partition(".")[0], THREAD, ty)
    if name.startswith("atomic_"):
        return _atomic(run, state, name, args, ty)
    for a in args:
        state.forget(a, run.site(state.block), _described(name))
    return _fresh(run, state, name, THREAD, ty)


def _atomic(run: Run, state: State, name: str, args: tuple[Node, ...], ty: int) -> Node:
    """Each thread of an atomic exchange sees a value of its own."""
    state.forget(args[0], run.site(state.block), _described(name))
    short = name.partition(".")[0]
    if "cxchg" in short:
        old = _fresh(run, state, short, THREAD, OTHER)
        return run.terms.agg((old, _fresh(run, state, f"{short} success", THREAD, BOOL)))
    return _fresh(run, state, short, THREAD, ty, False)


__all__ = ["USIZE", "intrinsic_value", "register", "thread_index"]
