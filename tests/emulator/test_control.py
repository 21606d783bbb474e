"""Threads that wait across blocks, loops that never end, recursion, parameters, assertions, isolation."""

from __future__ import annotations

import numpy as np
import pytest

from compiler import emulator
from compiler.codegen.artifact import ElemType, KernelArtifact, KernelParam, LaunchFacts
from compiler.codegen.launch_geometry import GeometryError
from compiler.codegen.launch_packet import ArgumentError

HEAD = """target datalayout = "e-i64:64-i128:128-v16:16-v32:32-n16:32:64"
target triple = "nvptx64-nvidia-cuda"
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32) convergent
"""
SCHEDULES = ("in-order", "reversed", "random")

GRID_BARRIER = (
    HEAD
    + """
; every thread of block b stores b to shared memory, thread 0 joins a grid barrier, then all read it back
@TILE = internal addrspace(3) global [64 x i32] undef, align 4
define ptx_kernel void @k(ptr %counter, ptr %out, i32 %blocks) {
entry:
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %b = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %t = zext i32 %tid to i64
  %s = getelementptr [64 x i32], ptr addrspace(3) @TILE, i64 0, i64 %t
  store i32 %b, ptr addrspace(3) %s, align 4
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  %first = icmp eq i32 %tid, 0
  br i1 %first, label %arrive, label %join
arrive:
  %old = atomicrmw add ptr %counter, i32 1 syncscope("device") monotonic, align 4
  br label %spin
spin:
  %seen = call i32 asm sideeffect "ld.acquire.gpu.u32 $0, [$1];", "=r,l,~{memory}"(ptr %counter)
  %done = icmp eq i32 %seen, %blocks
  br i1 %done, label %join, label %spin
join:
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  %v = load i32, ptr addrspace(3) %s, align 4
  %m = mul i32 %b, 64
  %i = add i32 %m, %tid
  %i64 = zext i32 %i to i64
  %p = getelementptr i32, ptr %out, i64 %i64
  store i32 %v, ptr %p, align 4
  ret void
}
"""
)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_blocks_that_wait_for_each_other_become_resident(schedule: str) -> None:
    counter, out = np.zeros(1, np.int32), np.zeros(5 * 64, np.int32)
    report = emulator.launch(GRID_BARRIER, "k", 5, 64, [counter, out, np.int32(5)], schedule=schedule, seed=3)
    assert report.trap is None, str(report.trap)
    np.testing.assert_array_equal(out, np.repeat(np.arange(5), 64))


def test_waiting_for_a_block_that_does_not_exist_times_out() -> None:
    counter, out = np.zeros(1, np.int32), np.zeros(5 * 64, np.int32)
    report = emulator.launch(GRID_BARRIER, "k", 5, 64, [counter, out, np.int32(6)], time_budget_s=0.3)
    assert report.trap is not None and report.trap.kind == "timeout" and report.seconds < 2


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_spin_lock(schedule: str) -> None:
    ir = (
        HEAD
        + """
define ptx_kernel void @k(ptr %lock, ptr %count) {
entry:
  br label %spin
spin:
  %got = cmpxchg ptr %lock, i32 0, i32 1 acquire monotonic, align 4
  %ok = extractvalue { i32, i1 } %got, 1
  br i1 %ok, label %locked, label %spin
locked:
  %v = load i32, ptr %count, align 4
  %w = add i32 %v, 1
  store i32 %w, ptr %count, align 4
  store atomic i32 0, ptr %lock release, align 4
  ret void
}"""
    )
    lock, count = np.zeros(1, np.int32), np.zeros(1, np.int32)
    assert emulator.launch(ir, "k", 2, 64, [lock, count], schedule=schedule).trap is None
    assert count[0] == 128


def test_an_endless_loop_is_stopped_with_its_line() -> None:
    ir = (
        HEAD
        + """
define ptx_kernel void @k(ptr %p) !dbg !5 {
entry:
  br label %loop, !dbg !7
loop:
  store i32 1, ptr %p, align 4, !dbg !8
  br label %loop, !dbg !8
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_Rust, file: !1, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "loop.rs", directory: "/src")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!4 = !DISubroutineType(types: !{})
!5 = distinct !DISubprogram(name: "k", scope: !1, file: !1, line: 1, type: !4, unit: !0, spFlags: DISPFlagDefinition)
!7 = !DILocation(line: 2, column: 1, scope: !5)
!8 = !DILocation(line: 3, column: 9, scope: !5)
"""
    )
    report = emulator.launch(ir, "k", 2, 32, [np.zeros(1, np.int32)], time_budget_s=0.2)
    trap = report.trap
    assert trap is not None and (trap.kind, trap.file, trap.line) == ("timeout", "loop.rs", 3)
    assert trap.thread == (0, 0, 0) and report.seconds < 2


FACTORIAL = (
    HEAD
    + """
define internal i64 @fact(i64 %n) {
  %z = icmp eq i64 %n, 0
  br i1 %z, label %one, label %more
one:
  ret i64 1
more:
  %m = sub i64 %n, 1
  %f = call i64 @fact(i64 %m)
  %r = mul i64 %n, %f
  %x = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %y = zext i32 %x to i64
  %s = add i64 %r, %y
  ret i64 %s
}
define ptx_kernel void @k(ptr %out, i64 %n) {
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %t = zext i32 %tid to i64
  %v = add i64 %t, %n
  %r = call i64 @fact(i64 %v)
  %p = getelementptr i64, ptr %out, i64 %t
  store i64 %r, ptr %p, align 8
  ret void
}"""
)


def test_recursion_is_a_call() -> None:
    out = np.zeros(6, np.int64)
    assert emulator.launch(FACTORIAL, "k", 1, 6, [out, np.int64(0)]).trap is None
    np.testing.assert_array_equal(out, [1, 1, 2, 6, 24, 120])


def test_runaway_recursion_is_a_stack_overflow() -> None:
    trap = emulator.launch(FACTORIAL, "k", 1, 1, [np.zeros(1, np.int64), np.int64(-1)]).trap
    assert trap is not None and trap.kind == "stack-overflow"


def test_aggregate_parameters() -> None:
    ir = (
        HEAD
        + """
%pair = type { i32, float }
define ptx_kernel void @k(%pair %a, ptr byval(%pair) align 4 %b, [2 x i16] %c, i8 %d, ptr %out) {
  %x = extractvalue %pair %a, 0
  %p = getelementptr %pair, ptr %b, i32 0, i32 0
  %y = load i32, ptr %p, align 4
  store i32 99, ptr %p, align 4
  %z = extractvalue [2 x i16] %c, 1
  %w = zext i16 %z to i32
  %v = sext i8 %d to i32
  %s = add i32 %x, %y
  %t = add i32 %s, %w
  %u = add i32 %t, %v
  store i32 %u, ptr %out, align 4
  ret void
}"""
    )
    out = np.zeros(1, np.int32)
    pair = np.array([(5, 1.0)], [("x", "i4"), ("y", "f4")]).tobytes()
    args = [pair, pair, np.array([1, 200], np.int16).tobytes(), np.int8(-3), out]
    assert emulator.launch(ir, "k", 1, 2, args).trap is None
    assert out[0] == 5 + 5 + 200 - 3


def test_assertions_carry_their_message() -> None:
    ir = (
        HEAD
        + """
@msg = private unnamed_addr constant [9 x i8] c"x is odd\\00"
@file = private unnamed_addr constant [5 x i8] c"a.rs\\00"
declare void @__assertfail(ptr, ptr, i32, ptr, i64)
define ptx_kernel void @k() {
  call void @__assertfail(ptr @msg, ptr @file, i32 3, ptr @file, i64 1)
  ret void
}"""
    )
    trap = emulator.launch(ir, "k", 1, 1, []).trap
    assert trap is not None and (trap.kind, trap.message) == ("assert", "assertion failed: x is odd")


def test_null_pointers_and_misaligned_addresses() -> None:
    ir = (
        HEAD
        + """
define ptx_kernel void @k(ptr %p) {
  %v = load i32, ptr %p, align 4
  %w = add i32 %v, 1
  store i32 %w, ptr %p, align 4
  ret void
}"""
    )
    trap = emulator.launch(ir, "k", 1, 1, [np.uint64(0)]).trap
    assert trap is not None and "null pointer" in trap.message
    data = np.zeros(2, np.int32)
    trap = emulator.launch(ir, "k", 1, 1, [np.uint64(data.ctypes.data)]).trap
    assert trap is not None and trap.kind == "out-of-bounds"  # an address that was never passed as a buffer
    shifted = "define ptx_kernel void @k(ptr %q) {\n  %p = getelementptr i8, ptr %q, i64 2"
    ir = ir.replace("define ptx_kernel void @k(ptr %p) {", shifted)
    trap = emulator.launch(ir, "k", 1, 1, [data]).trap
    assert trap is not None and trap.kind == "misaligned"


def test_asynchronous_copies_and_transaction_barriers() -> None:
    ir = (
        HEAD
        + """
@BUF = internal addrspace(3) global [64 x i32] undef, align 16
@BAR = internal addrspace(3) global i64 undef, align 8
declare void @llvm.nvvm.cp.async.ca.shared.global.4(ptr addrspace(3), ptr addrspace(1))
declare void @llvm.nvvm.cp.async.wait.all()
declare void @llvm.nvvm.mbarrier.init.shared(ptr addrspace(3), i32)
declare i64 @llvm.nvvm.mbarrier.arrive.shared(ptr addrspace(3))
declare i1 @llvm.nvvm.mbarrier.test.wait.shared(ptr addrspace(3), i64)
define ptx_kernel void @k(ptr %x, ptr %out) {
entry:
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %t = zext i32 %tid to i64
  %first = icmp eq i32 %tid, 0
  br i1 %first, label %init, label %copy
init:
  call void @llvm.nvvm.mbarrier.init.shared(ptr addrspace(3) @BAR, i32 64)
  br label %copy
copy:
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  %s = getelementptr [64 x i32], ptr addrspace(3) @BUF, i64 0, i64 %t
  %g = getelementptr i32, ptr %x, i64 %t
  %g1 = addrspacecast ptr %g to ptr addrspace(1)
  call void @llvm.nvvm.cp.async.ca.shared.global.4(ptr addrspace(3) %s, ptr addrspace(1) %g1)
  call void @llvm.nvvm.cp.async.wait.all()
  %token = call i64 @llvm.nvvm.mbarrier.arrive.shared(ptr addrspace(3) @BAR)
  br label %wait
wait:
  %done = call i1 @llvm.nvvm.mbarrier.test.wait.shared(ptr addrspace(3) @BAR, i64 %token)
  br i1 %done, label %read, label %wait
read:
  %r = sub i64 63, %t
  %q = getelementptr [64 x i32], ptr addrspace(3) @BUF, i64 0, i64 %r
  %v = load i32, ptr addrspace(3) %q, align 4
  %o = getelementptr i32, ptr %out, i64 %t
  store i32 %v, ptr %o, align 4
  ret void
}"""
    )
    for schedule in SCHEDULES:
        x, out = np.arange(64, dtype=np.int32), np.zeros(64, np.int32)
        report = emulator.launch(ir, "k", 1, 64, [x, out], schedule=schedule)
        assert report.trap is None, str(report.trap)
        np.testing.assert_array_equal(out, x[::-1])


def test_libdevice_goes_to_the_c_library() -> None:
    ir = (
        HEAD
        + """
declare float @__nv_powf(float, float)
declare double @__nv_sin(double)
declare float @__nv_fast_expf(float)
declare float @__nv_rsqrtf(float)
declare float @__nv_sqrtf(float)
declare i32 @__nv_isnanf(float)
define ptx_kernel void @k(ptr %out, float %x, double %d) {
  %a = call float @__nv_powf(float %x, float 3.0)
  %b = call double @__nv_sin(double %d)
  %b32 = fptrunc double %b to float
  %c = call float @__nv_fast_expf(float %x)
  %e = call float @__nv_rsqrtf(float %x)
  %f = call float @__nv_sqrtf(float %x)
  %g = call i32 @__nv_isnanf(float %x)
  %gf = sitofp i32 %g to float
  store float %a, ptr %out
  %p1 = getelementptr float, ptr %out, i64 1
  store float %b32, ptr %p1
  %p2 = getelementptr float, ptr %out, i64 2
  store float %c, ptr %p2
  %p3 = getelementptr float, ptr %out, i64 3
  store float %e, ptr %p3
  %p4 = getelementptr float, ptr %out, i64 4
  store float %f, ptr %p4
  %p5 = getelementptr float, ptr %out, i64 5
  store float %gf, ptr %p5
  ret void
}"""
    )
    out = np.zeros(6, np.float32)
    assert emulator.launch(ir, "k", 1, 1, [out, np.float32(4), np.float64(1)]).trap is None
    np.testing.assert_allclose(out, [64, np.sin(1), np.exp(4), 0.5, 2, 0], rtol=1e-6)


SCALE = KernelArtifact(
    "scale",
    "scale_TID_0",
    "scale.rs",
    1,
    (
        KernelParam("f", "scalar", ElemType("f32", 4, 4, "f32")),
        KernelParam("x", "slice", ElemType("f32", 4, 4, "f32")),
        KernelParam("y", "disjoint_width", ElemType("f32", 4, 4, "f32"), writable=True),
    ),
    LaunchFacts(max_threads=64),
    "sm_90",
    HEAD
    + """
define ptx_kernel void @scale_TID_0(float %f, ptr %x, i64 %nx, ptr %y, i64 %ny, i32 %width) {
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %t = zext i32 %tid to i64
  %p = getelementptr float, ptr %x, i64 %t
  %v = load float, ptr %p, align 4
  %w = fmul float %v, %f
  %q = getelementptr float, ptr %y, i64 %t
  store float %w, ptr %q, align 4
  ret void
}""",
    "",
)


def test_artifacts_take_source_arguments() -> None:
    x, y = np.arange(8, dtype=np.float32), np.zeros((2, 4), np.float32)
    assert emulator.launch(SCALE, "scale", 1, 8, [2.0, x, (y, 4)]).trap is None
    np.testing.assert_array_equal(y.ravel(), 2 * x)
    trap = emulator.launch(SCALE, "scale", 1, 9, [2.0, x, (y, 4)]).trap
    assert trap is not None and trap.message == "out of bounds: 4-byte access at the end of `x` (32 bytes)"


def test_bad_launches_are_refused_before_they_run() -> None:
    x, y = np.arange(8, dtype=np.float32), np.zeros((2, 4), np.float32)
    with pytest.raises(GeometryError, match="at most 1024 threads, 2048"):
        emulator.launch(SCALE, "scale", 1, 2048, [2.0, x, (y, 4)])
    with pytest.raises(GeometryError, match="at most 64 threads a block, 128"):
        emulator.launch(SCALE, "scale", 1, 128, [2.0, x, (y, 4)])
    with pytest.raises(ArgumentError, match=r"`y` carries its row width: pass \(array, width\)"):
        emulator.launch(SCALE, "scale", 1, 8, [2.0, x, y])
    with pytest.raises(emulator.EmulatorError, match="LLVM rejects this IR"):
        emulator.launch("define ptx_kernel void @k() { what }", "k", 1, 1, [])
    with pytest.raises(emulator.UnsupportedDevice, match="no kernel named j"):
        emulator.launch(HEAD + "define ptx_kernel void @k() {\n  ret void\n}", "j", 1, 1, [])


def test_random_schedules_are_reproducible_and_differ() -> None:
    ir = (
        HEAD
        + """
define ptx_kernel void @k(ptr %next, ptr %order) {
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %n = atomicrmw add ptr %next, i32 1 monotonic, align 4
  %i = zext i32 %n to i64
  %p = getelementptr i32, ptr %order, i64 %i
  store i32 %tid, ptr %p, align 4
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  ret void
}"""
    )
    orders = []
    for seed in (1, 1, 2):
        order = np.zeros(96, np.int32)
        emulator.launch(ir, "k", 1, 96, [np.zeros(1, np.int32), order], schedule="random", seed=seed)
        orders.append(tuple(order))
    assert orders[0] == orders[1] != orders[2] and sorted(orders[2]) == list(range(96))


def test_a_crash_costs_only_the_worker() -> None:
    killer = (
        HEAD
        + """
define ptx_kernel void @k(ptr %out) {
  store i32 7, ptr %out, align 4
  ret void
}"""
    )
    out = np.zeros(1, np.int32)
    report = emulator.launch_isolated(killer, "k", 1, 1, [out])
    assert report.trap is None and out[0] == 7
    crash = HEAD + "define ptx_kernel void @k(ptr %f) {\n  call void %f()\n  ret void\n}"
    trap = emulator.launch_isolated(crash, "k", 1, 1, [np.uint64(8)]).trap
    assert trap is not None and trap.kind == "crash"
    assert emulator.launch_isolated(killer, "k", 1, 1, [out]).trap is None
    with pytest.raises(GeometryError):
        emulator.launch_isolated(killer, "k", 1, 4096, [out])
