"""LLVM IR to PTX: facts of the text, ptxas's verdict, line tables, targets, forms."""

from __future__ import annotations

import pytest

from compiler.codegen import TargetError, compile_module
from compiler.codegen.cache import DiskCache, content_key
from compiler.codegen.features import needed_ptx
from compiler.codegen.llvm_machine import LLVMError, LLVMMachine, libdevice_path
from compiler.codegen.llvm_text import llvm_text
from compiler.codegen.nvptx_forms import nvptx_forms
from compiler.codegen.sass import assemble, disassemble, run_budgeted, tool_path
from compiler.codegen.target import ARCHITECTURES, Target, ptx_for
from compiler.dialects import oxide_context
from compiler.ir import parse_module
from compiler.transforms.pipeline import lower_module

SAXPY = """
"builtin.module"() ({
"mir.static"() {sym_name = "TILE", space = "shared", size = 1024 : i64, align = 4 : i64, elem_type = f32} : () -> ()
"mir.func"() ({
^bb0(%a: f32, %x: !mir.pair<!mir.ptr, ui64, 8, 16>, %y: !mir.pair<!mir.ptr, ui64, 8, 16>):
  %t = "mir.device_intrinsic"() {intrinsic = "sreg.thread_idx_x"} : () -> ui32
  %c = "mir.device_intrinsic"() {intrinsic = "sreg.block_idx_x"} : () -> ui32
  %n = "mir.device_intrinsic"() {intrinsic = "sreg.block_dim_x"} : () -> ui32
  %m = "mir.binary"(%c, %n) {op = "Mul"} : (ui32, ui32) -> ui32
  %s = "mir.binary"(%m, %t) {op = "Add"} : (ui32, ui32) -> ui32
  %i = "mir.cast"(%s) {kind = "IntToInt"} : (ui32) -> ui64
  %len = "mir.component"(%y) {index = 1 : i32} : (!mir.pair<!mir.ptr, ui64, 8, 16>) -> ui64
  %ok = "mir.binary"(%i, %len) {op = "Lt"} : (ui64, ui64) -> i1
  "mir.switch_int"(%ok)[^bb1, ^bb3] {cases = [0 : i1], operandSegmentSizes = array<i32: 1, 0, 0>} : (i1) -> () loc("k.rs":3:5)
^bb1:
  %xlen = "mir.component"(%x) {index = 1 : i32} : (!mir.pair<!mir.ptr, ui64, 8, 16>) -> ui64
  %in = "mir.binary"(%i, %xlen) {op = "Lt"} : (ui64, ui64) -> i1
  "mir.assert"(%in)[^bb2] {expected = true, message = "index out of bounds"} : (i1) -> () loc("k.rs":4:9)
^bb2:
  %xp = "mir.component"(%x) {index = 0 : i32} : (!mir.pair<!mir.ptr, ui64, 8, 16>) -> !mir.ptr
  %yp = "mir.component"(%y) {index = 0 : i32} : (!mir.pair<!mir.ptr, ui64, 8, 16>) -> !mir.ptr
  %xe = "mir.index"(%xp, %i) {stride = 4 : i64} : (!mir.ptr, ui64) -> !mir.ptr
  %ye = "mir.index"(%yp, %i) {stride = 4 : i64} : (!mir.ptr, ui64) -> !mir.ptr
  %xv = "mir.load"(%xe) {align = 4 : i64} : (!mir.ptr) -> f32 loc("k.rs":5:9)
  %tile = "mir.address_of"() {symbol = @TILE} : () -> !mir.ptr
  %te = "mir.index"(%tile, %t) {stride = 4 : i64} : (!mir.ptr, ui32) -> !mir.ptr
  "mir.store"(%xv, %te) {align = 4 : i64} : (f32, !mir.ptr) -> () loc("k.rs":6:9)
  "mir.device_intrinsic"() {intrinsic = "thread.sync_threads"} : () -> () loc("k.rs":7:9)
  %w = "mir.load"(%te) {align = 4 : i64} : (!mir.ptr) -> f32 loc("k.rs":8:9)
  %yv = "mir.load"(%ye) {align = 4 : i64} : (!mir.ptr) -> f32 loc("k.rs":8:15)
  %p = "mir.binary"(%a, %w) {op = "Mul"} : (f32, f32) -> f32 loc("k.rs":8:20)
  %r = "mir.binary"(%p, %yv) {op = "Add"} : (f32, f32) -> f32 loc("k.rs":8:25)
  "mir.store"(%r, %ye) {align = 4 : i64} : (f32, !mir.ptr) -> () loc("k.rs":8:30)
  "mir.goto"()[^bb3] : () -> ()
^bb3:
  "mir.return"() : () -> ()
}) {sym_name = "saxpy", function_type = (f32, !mir.pair<!mir.ptr, ui64, 8, 16>, !mir.pair<!mir.ptr, ui64, 8, 16>) -> (), kernel = {maxntid = array<i32: 256, 1, 1>, minctasm = 2 : i32}, subprogram = {name = "saxpy", file = "k.rs", line = 2 : i32}} : () -> ()
}) {sym_name = "k.rs"} : () -> ()
"""


def saxpy(debug_info: bool = False) -> str:
    return llvm_text(lower_module(parse_module(SAXPY, oxide_context())).module, debug_info=debug_info)


def body(text: str, params: str = "ptr %p, i32 %v, i64 %w, float %f, double %d") -> str:
    return f"define ptx_kernel void @k({params}) {{\n{text}\n  ret void\n}}\n"


def test_saxpy_facts():
    facts = compile_module(saxpy(), "sm_90", use_cache=False).facts
    entry = facts.entries["saxpy"]
    assert [p.type for p in entry.params] == ["f32", "u64", "u64", "u64", "u64"]
    assert entry.launch == {"maxntid": (256, 1, 1), "minnctapersm": (2,)}
    assert entry.mnemonics["fma.rn.f32"] == 1 and "mul.f32" not in entry.mnemonics
    kinds = entry.instructions
    assert (kinds["load.global"], kinds["store.global"], kinds["load.shared"], kinds["barrier"]) == (2, 1, 1, 1)
    assert kinds["trap"] == 1 and "load.local" not in kinds and "load.generic" not in kinds
    assert facts.target == "sm_90" and facts.shared | entry.shared == {"TILE": 1024}


def test_without_contract_nothing_is_fused():
    text = saxpy().replace(" contract", "")
    assert "fma.rn.f32" not in compile_module(text, "sm_90", use_cache=False).facts.entries["saxpy"].mnemonics


def test_lines_point_at_the_source():
    module = compile_module(saxpy(debug_info=True), "sm_80", use_cache=False)
    facts = module.facts
    barrier = next(i for i, line in enumerate(facts.lines, 1) if "bar.sync" in line)
    assert facts.locs[barrier] == ("k.rs", 7, 9)
    assert any("trap" in facts.lines[i - 1] for i in facts.lines_of("k.rs", 4))
    assert facts.kernel_slice("saxpy").startswith(".version")


@pytest.mark.parametrize("number", [n for n in ARCHITECTURES if n not in (87, 88, 101)])
def test_ptxas_accepts_every_architecture(number: int):
    if tool_path("ptxas") is None:
        pytest.skip("ptxas is not installed (nvidia-cuda-nvcc)")
    target = f"sm_{number}"
    result = assemble(compile_module(saxpy(debug_info=True), target, use_cache=False).ptx, target)
    assert result.status == "ok", result.message
    assert result.kernels["saxpy"].registers > 0 and result.kernels["saxpy"].shared_bytes == 1024
    assert result.kernels["saxpy"].spill_store_bytes == 0


def test_sass_is_readable():
    if tool_path("ptxas") is None or tool_path("nvdisasm") is None:
        pytest.skip("ptxas or nvdisasm is not installed")
    cubin = assemble(compile_module(saxpy(), "sm_90", use_cache=False).ptx, "sm_90").cubin
    assert "FFMA" in disassemble(cubin).message


def test_a_tool_that_does_not_end_is_ended():
    status, _, _ = run_budgeted(["sleep", "30"], 0.2)
    assert status is None


def test_rejected_ptx_says_where():
    if tool_path("ptxas") is None:
        pytest.skip("ptxas is not installed (nvidia-cuda-nvcc)")
    result = assemble(".version 8.0\n.target sm_90\n.address_size 64\n.entry k() { nonsense; }\n", "sm_90")
    assert result.status == "rejected" and "kernel.ptx" in result.message


# ---------------------------------------------------------------- targets


def test_targets_and_their_ptx_versions():
    assert ptx_for(Target.parse("sm_90")) == (7, 8) and ptx_for(Target.parse("sm_90a")) == (8, 0)
    assert ptx_for(Target.parse("sm_80"), (7, 8)) == (7, 8)
    for wrong in ("sm_70", "sm_80a", "gfx90a", "sm_999", ""):
        with pytest.raises(TargetError, match="known: sm_75"):
            Target.parse(wrong)


def test_an_intrinsic_raises_the_ptx_version_or_rejects_the_target():
    text = body("  call void @llvm.nvvm.barrier.cluster.arrive.relaxed()", "") + (
        "declare void @llvm.nvvm.barrier.cluster.arrive.relaxed()\n"
    )
    assert needed_ptx(text) == (8, 0)
    assert compile_module(text, "sm_90", use_cache=False).ptx_version == (8, 0)
    with pytest.raises(TargetError, match=r"`cluster::barrier_cluster_arrive_relaxed` needs sm_90\+"):
        compile_module(text, "sm_80", use_cache=False)


def test_llvm_errors_are_one_exception():
    with pytest.raises(LLVMError, match="expected"):
        LLVMMachine(Target.parse("sm_80")).compile("define void @f( {")


# ---------------------------------------------------------------- forms


def test_float_to_int_is_one_instruction():
    text = body("  %i = call i32 @llvm.fptosi.sat.i32.f32(float %f)\n  store i32 %i, ptr %p") + (
        "declare i32 @llvm.fptosi.sat.i32.f32(float)\n"
    )
    facts = compile_module(text, "sm_80", use_cache=False).facts.entries["k"]
    assert facts.mnemonics["cvt.rzi.s32.f32"] == 1 and "compare" not in facts.instructions


def test_wide_float_to_int_gives_zero_for_nan():
    text = body("  %i = call i64 @llvm.fptoui.sat.i64.f64(double %d)\n  store i64 %i, ptr %p") + (
        "declare i64 @llvm.fptoui.sat.i64.f64(double)\n"
    )
    facts = compile_module(text, "sm_80", use_cache=False).facts.entries["k"]
    assert facts.mnemonics["cvt.rzi.u64.f64"] == 1 and facts.instructions["select"] == 1


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [
        ("add ptr %p, i32 %v", "atom.sys.add.s32"),
        ("umax ptr %p, i64 %w", "atom.relaxed.sys.max.u64"),
        ("xchg ptr %p, i64 %w", "atom.sys.exch.b64"),
        ("fadd ptr %p, float %f", "atom.sys.add.f32"),
    ],
)
def test_system_atomics_keep_their_scope(operation: str, wanted: str):
    text = body(f"  %o = atomicrmw {operation} monotonic")
    assert wanted in compile_module(text, "sm_80", use_cache=False).ptx


def test_device_atomics_stay_generic_text():
    text = body('  %o = atomicrmw add ptr %p, i32 %v syncscope("device") monotonic')
    assert nvptx_forms(text) == text
    assert "atom.global.add.u32" in compile_module(text, "sm_80", use_cache=False).ptx


def test_libdevice_is_linked_and_internal():
    if libdevice_path() is None:
        pytest.skip("libdevice is not installed (nvidia-nvvm)")
    text = (
        body("  %y = call float @__nv_expf(float %f)\n  store float %y, ptr %p") + "declare float @__nv_expf(float)\n"
    )
    module = compile_module(text, "sm_80", use_cache=False)
    assert "ex2.approx" in module.ptx and "call" not in module.facts.entries["k"].instructions
    assert list(module.facts.functions) == ["k"]


def test_jump_threading_does_not_duplicate_a_barrier():
    """A branch decided by an earlier one, with a barrier between: two copies would deadlock a divergent block."""
    text = body(
        """  %c = icmp slt i32 %v, 7
  br i1 %c, label %a, label %b
a:
  store volatile i32 1, ptr %p
  br label %m
b:
  store volatile i32 2, ptr %p
  br label %m
m:
  %x = phi i1 [ true, %a ], [ false, %b ]
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  br i1 %x, label %t, label %e
t:
  store volatile i32 3, ptr %p
  br label %e
e:"""
    )
    module = compile_module(
        text + "declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)\n", "sm_80", 3, use_cache=False
    )
    assert module.facts.entries["k"].instructions["barrier"] == 1


# ---------------------------------------------------------------- cache


def test_the_cache_survives_damage_and_stays_small(tmp_path):
    cache = DiskCache(tmp_path, max_bytes=40)
    key = content_key("a", "b")
    assert key != content_key("ab", "")
    assert cache.get(key) is None
    cache.put(key, {"ptx": "x"})
    assert cache.get(key) == {"ptx": "x"}
    cache.path(key).write_text("{half")
    assert cache.get(key) is None
    for i in range(9):
        cache.put(content_key(i), {"ptx": "y" * 10})
    assert cache.trim() > 0 and sum(p.stat().st_size for p in tmp_path.glob("*/*.json")) <= 40


def test_compile_module_answers_from_the_cache(tmp_path, monkeypatch):
    import compiler.codegen as codegen

    monkeypatch.setattr(codegen, "_disk_cache", lambda: DiskCache(tmp_path))
    first = compile_module(saxpy(), "sm_86")
    second = compile_module(saxpy(), "sm_86")
    assert not first.from_cache and second.from_cache and first.ptx == second.ptx
