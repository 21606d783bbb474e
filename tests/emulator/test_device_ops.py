"""Device operations one by one: warp collectives, inline PTX, narrow floats, rounding modes, memory instructions."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from compiler import emulator

sys.path.insert(0, str(Path(__file__).parent))

from device_ops import HEAD, run_asm, run_intrinsic

LANES = np.arange(32)
SCHEDULES = ("in-order", "reversed", "random")
FULL = ("imm i32", -1)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize(
    ("mode", "b", "c", "source"),
    [
        ("idx", 5, 31, np.full(32, 5)),
        ("bfly", 3, 31, LANES ^ 3),
        ("down", 2, 31, np.where(LANES + 2 < 32, LANES + 2, LANES)),
        ("up", 2, 0, np.where(LANES >= 2, LANES - 2, LANES)),
        ("idx", 1, 0x181F, (LANES & ~7) | 1),  # segments of eight
        ("down", 3, 0x181F, np.where((LANES & 7) + 3 < 8, LANES + 3, LANES)),
        ("up", 3, 0x1800, np.where((LANES & 7) >= 3, LANES - 3, LANES)),
    ],
)
def test_shuffles(schedule: str, mode: str, b: int, c: int, source: np.ndarray) -> None:
    values = LANES * 10 + 1
    by_intrinsic = run_intrinsic(
        f"shfl.sync.{mode}.i32", "i32", FULL, ("i32", values), ("imm i32", b), ("imm i32", c), schedule=schedule
    )
    np.testing.assert_array_equal(by_intrinsic, values[source])
    by_asm = run_asm(f"shfl.sync.{mode}.b32 $0, $1, {b}, {c}, 0xffffffff;", "u32", ("u32", values), n=32)
    np.testing.assert_array_equal(by_asm, values[source])


def test_a_64_bit_shuffle_in_one_asm_block() -> None:
    template = (
        "{ .reg .b32 lo, hi; mov.b64 {lo, hi}, $1; shfl.sync.idx.b32 lo, lo, $2, 31, $3; "
        "shfl.sync.idx.b32 hi, hi, $2, 31, $3; mov.b64 $0, {lo, hi}; }"
    )
    values = (LANES.astype(np.uint64) << np.uint64(40)) + np.uint64(7)
    got = run_asm(template, "u64", ("u64", values), ("u32", (LANES + 1) % 32), ("u32", 0xFFFFFFFF), n=32)
    np.testing.assert_array_equal(got, np.roll(values, -1))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("all", 0), ("any", 1), ("uni", 0), ("ballot", 0xAAAAAAAA)],
)
def test_votes(mode: str, expected: int) -> None:
    template = (
        f"{{ .reg .pred p, q; setp.ne.u32 p, $1, 0; vote.sync.{mode}.pred q, p, 0xffffffff; selp.u32 $0, 1, 0, q; }}"
    )
    if mode == "ballot":
        template = "{ .reg .pred p; setp.ne.u32 p, $1, 0; vote.sync.ballot.b32 $0, p, 0xffffffff; }"
    np.testing.assert_array_equal(run_asm(template, "u32", ("u32", LANES & 1), n=32), np.full(32, expected))


def test_match_any_and_all() -> None:
    values = LANES % 3
    want = [sum(1 << j for j in range(32) if values[j] == values[i]) for i in range(32)]
    np.testing.assert_array_equal(run_intrinsic("match.any.sync.i32", "u32", FULL, ("i32", values)), want)
    same = run_asm("{ .reg .pred p; match.all.sync.b32 $0|p, $1, 0xffffffff; }", "u32", ("u32", 4), n=32)
    np.testing.assert_array_equal(same, np.full(32, 0xFFFFFFFF))
    differ = run_asm("{ .reg .pred p; match.all.sync.b32 $0|p, $1, 0xffffffff; }", "u32", ("u32", LANES), n=32)
    np.testing.assert_array_equal(differ, np.zeros(32))


@pytest.mark.parametrize(
    ("op", "expected"),
    [("add", 496), ("umin", 0), ("umax", 31), ("and", 0), ("or", 31), ("xor", 0), ("min", 0), ("max", 31)],
)
def test_redux(op: str, expected: int) -> None:
    got = run_intrinsic(f"redux.sync.{op}", "u32", ("u32", LANES), FULL)
    np.testing.assert_array_equal(got, np.full(32, expected))


def test_signed_redux() -> None:
    got = run_asm("redux.sync.min.s32 $0, $1, 0xffffffff;", "i32", ("i32", LANES - 20), n=32)
    np.testing.assert_array_equal(got, np.full(32, -20))


def test_partial_masks_wait_for_their_members_only() -> None:
    ir = (
        HEAD
        + """
declare i32 @llvm.nvvm.shfl.sync.idx.i32(i32, i32, i32, i32)
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)
define ptx_kernel void @k(ptr %out) {
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %low = icmp ult i32 %tid, 16
  br i1 %low, label %a, label %b
a:
  %x = call i32 @llvm.nvvm.shfl.sync.idx.i32(i32 65535, i32 %tid, i32 3, i32 31)
  br label %join
b:
  %y = call i32 @llvm.nvvm.shfl.sync.idx.i32(i32 -65536, i32 %tid, i32 20, i32 31)
  br label %join
join:
  %v = phi i32 [ %x, %a ], [ %y, %b ]
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  %i = zext i32 %tid to i64
  %p = getelementptr i32, ptr %out, i64 %i
  store i32 %v, ptr %p
  ret void
}"""
    )
    out = np.zeros(32, np.int32)
    for schedule in SCHEDULES:
        assert emulator.launch(ir, "k", 1, 32, [out], schedule=schedule).trap is None
        np.testing.assert_array_equal(out, [3] * 16 + [20] * 16)


def test_a_lane_outside_its_own_mask_traps() -> None:
    ir = (
        HEAD
        + """
declare void @llvm.nvvm.bar.warp.sync(i32)
define ptx_kernel void @k() {
  call void @llvm.nvvm.bar.warp.sync(i32 1)
  ret void
}"""
    )
    trap = emulator.launch(ir, "k", 1, 2, []).trap
    assert trap is not None and trap.kind == "member-mask" and trap.thread == (1, 0, 0)


def test_lanes_that_never_arrive_are_a_deadlock() -> None:
    ir = (
        HEAD
        + """
declare void @llvm.nvvm.bar.warp.sync(i32)
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)
define ptx_kernel void @k() {
  %tid = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %c = icmp eq i32 %tid, 3
  br i1 %c, label %a, label %b
a:
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  ret void
b:
  call void @llvm.nvvm.bar.warp.sync(i32 -1)
  ret void
}"""
    )
    trap = emulator.launch(ir, "k", 1, 32, []).trap
    assert trap is not None and trap.kind == "warp-deadlock"
    assert [note.split(",")[0] for note in trap.notes] == [
        "31 threads wait at a warp operation",
        "1 threads wait at a barrier",
    ]


def test_active_mask_and_elect() -> None:
    got = run_asm("activemask.b32 $0;", "u32", n=20)
    np.testing.assert_array_equal(got, np.full(20, 0xFFFFF))
    template = "{ .reg .pred p; elect.sync _|p, 0xffffffff; selp.b32 $0, 1, 0, p; }"
    np.testing.assert_array_equal(run_asm(template, "u32", n=32), [1] + [0] * 31)


def test_barrier_reductions() -> None:
    got = run_asm(
        "{ .reg .pred p; setp.lt.u32 p, $1, 40; barrier.cta.red.popc.aligned.u32 $0, 0, p; }".replace("cta.", ""),
        "u32",
        ("u32", np.arange(64)),
        n=64,
    )
    np.testing.assert_array_equal(got, np.full(64, 40))


@pytest.mark.parametrize(
    ("template", "out", "operands", "expected"),
    [
        ("add.u32 $0, $1, $2;", "u32", [("u32", 0xFFFFFFFF), ("u32", 2)], 1),
        ("mad.lo.s32 $0, $1, $2, $3;", "i32", [("i32", -3), ("i32", 5), ("i32", 4)], -11),
        ("mul.hi.u32 $0, $1, $2;", "u32", [("u32", 0x80000000), ("u32", 6)], 3),
        ("mul.wide.s32 $0, $1, $2;", "u64", [("i32", -1), ("i32", 5)], 2**64 - 5),
        ("div.s32 $0, $1, $2;", "i32", [("i32", -7), ("i32", 2)], -3),
        ("rem.u32 $0, $1, $2;", "u32", [("u32", 17), ("u32", 5)], 2),
        ("max.s32 $0, $1, $2;", "i32", [("i32", -7), ("i32", 2)], 2),
        ("min.u32 $0, $1, $2;", "u32", [("u32", 0xFFFFFFFF), ("u32", 2)], 2),
        ("abs.s32 $0, $1;", "i32", [("i32", -7)], 7),
        ("shl.b32 $0, $1, 40;", "u32", [("u32", 1)], 0),
        ("shr.s32 $0, $1, 40;", "i32", [("i32", -5)], -1),
        ("shf.l.wrap.b32 $0, $1, $2, 8;", "u32", [("u32", 0x11223344), ("u32", 0xAABBCCDD)], 0xBBCCDD11),
        ("shf.r.wrap.b32 $0, $1, $2, 8;", "u32", [("u32", 0x11223344), ("u32", 0xAABBCCDD)], 0xDD112233),
        ("popc.b64 $0, $1;", "u32", [("u64", 2**64 - 1)], 64),
        ("clz.b32 $0, $1;", "u32", [("u32", 1)], 31),
        ("brev.b32 $0, $1;", "u32", [("u32", 1)], 0x80000000),
        ("bfe.u32 $0, $1, 4, 8;", "u32", [("u32", 0x12345678)], 0x67),
        ("bfe.s32 $0, $1, 4, 8;", "i32", [("u32", 0x00000F80)], -8),
        ("bfi.b32 $0, $1, $2, 8, 4;", "u32", [("u32", 0xA), ("u32", 0xFFFFFFFF)], 0xFFFFFAFF),
        ("prmt.b32 $0, $1, $2, 0x7531;", "u32", [("u32", 0x33221100), ("u32", 0x77665544)], 0x77553311),
        ("prmt.b32 $0, $1, $2, 0x8;", "u32", [("u32", 0x00000080), ("u32", 0)], 0x808080FF),
        ("prmt.b32.rc8 $0, $1, 0, 2;", "u32", [("u32", 0x44332211)], 0x33333333),
        ("lop3.b32 $0, $1, $2, $3, 0x96;", "u32", [("u32", 12), ("u32", 10), ("u32", 9)], 12 ^ 10 ^ 9),
        ("dp4a.s32.s32 $0, $1, $2, $3;", "i32", [("u32", 0xFF020304), ("u32", 0x01010101), ("i32", 10)], 18),
        ("dp4a.u32.u32 $0, $1, $2, $3;", "u32", [("u32", 0xFF020304), ("u32", 0x01010101), ("u32", 10)], 274),
        ("dp2a.lo.s32.s32 $0, $1, $2, $3;", "i32", [("u32", 0xFFFF0002), ("u32", 0x00000503), ("i32", 1)], 2),
        ("cvt.u32.u16 $0, $1;", "u32", [("u16", 0xFFFF)], 0xFFFF),
        ("cvt.rzi.s32.f32 $0, $1;", "i32", [("f32", -2.9)], -2),
        ("cvt.rni.s32.f32 $0, $1;", "i32", [("f32", 2.5)], 2),
        ("cvt.rzi.u32.f32 $0, $1;", "u32", [("f32", -1.0)], 0),
        ("cvt.rn.f32.s32 $0, $1;", "f32", [("i32", -7)], -7.0),
        ("cvt.rn.f16.f32 $0, $1;", "u16", [("f32", 1.5)], 0x3E00),
        ("cvt.f32.f16 $0, $1;", "f32", [("u16", 0xC100)], -2.5),
        ("cvt.rn.f16x2.f32 $0, $1, $2;", "u32", [("f32", 1.0), ("f32", -2.0)], 0x3C00C000),
        ("cvt.rn.bf16x2.f32 $0, $1, $2;", "u32", [("f32", 1.0), ("f32", 3.0)], 0x3F804040),
        ("cvt.rna.tf32.f32 $0, $1;", "u32", [("f32", np.float32(1 + 2**-11))], 0x3F802000),
        ("cvt.rn.satfinite.e4m3x2.f32 $0, $1, $2;", "u16", [("f32", 1000.0), ("f32", -0.5)], 0x7EB0),
        ("cvt.rn.satfinite.e5m2x2.f32 $0, $1, $2;", "u16", [("f32", 1.25), ("f32", 2.0**-16)], 0x3D01),
        ("cvt.rn.f16x2.e4m3x2 $0, $1;", "u32", [("u16", 0x38B0)], 0x3C00B800),
        ("add.rn.f16x2 $0, $1, $2;", "u32", [("u32", 0x3C004000), ("u32", 0x3C003C00)], 0x40004200),
        (
            "fma.rn.bf16x2 $0, $1, $2, $3;",
            "u32",
            [("u32", 0x40003F80), ("u32", 0x40403F80), ("u32", 0x3F803F80)],
            0x40E04000,
        ),
        ("fma.rn.relu.f16x2 $0, $1, $2, $3;", "u32", [("u32", 0xBC003C00), ("u32", 0x3C003C00), ("u32", 0)], 0x3C00),
        ("neg.f16x2 $0, $1;", "u32", [("u32", 0x3C00BC00)], 0xBC003C00),
        ("max.NaN.f16x2 $0, $1, $2;", "u32", [("u32", 0x3C003C00), ("u32", 0x40003800)], 0x40003C00),
        ("add.rz.f32 $0, $1, $2;", "f32", [("f32", 1.0), ("f32", 2.0**-24 * 1.5)], 1.0),
        ("add.rp.f32 $0, $1, $2;", "f32", [("f32", 1.0), ("f32", 2.0**-40)], np.float32(1 + 2**-23)),
        ("add.rm.f32 $0, $1, $2;", "f32", [("f32", 1.0), ("f32", -(2.0**-40))], np.float32(1 - 2**-24)),
        ("fma.rz.f64 $0, $1, $2, $3;", "f64", [("f64", 1 / 3), ("f64", 3.0), ("f64", 2.0**-60)], 1 - 2**-53),
        ("add.sat.f32 $0, $1, $2;", "f32", [("f32", 0.75), ("f32", 0.75)], 1.0),
        ("add.ftz.f32 $0, $1, $2;", "f32", [("f32", 1e-40), ("f32", 1e-40)], 0.0),
        ("rsqrt.approx.f32 $0, $1;", "f32", [("f32", 16.0)], 0.25),
        ("ex2.approx.ftz.f32 $0, $1;", "f32", [("f32", 3.0)], 8.0),
        ("min.xorsign.abs.f32 $0, $1, $2;", "f32", [("f32", -3.0), ("f32", 2.0)], -2.0),
        ("copysign.f32 $0, $1, $2;", "f32", [("f32", -1.0), ("f32", 2.0)], -2.0),
        (
            "{ .reg .pred p; setp.gt.f32 p, $1, 0f3F800000; selp.f32 $0, $1, 0f00000000, p; }",
            "f32",
            [("f32", 2.0)],
            2.0,
        ),
        ("{ .reg .pred p; mov.u32 $0, 7; setp.eq.u32 p, $1, 1; @!p mov.u32 $0, 9; }", "u32", [("u32", 1)], 7),
        ("{ .reg .u32 a, b; add.cc.u32 a, $1, $1; addc.u32 b, 0, 0; mov.u32 $0, b; }", "u32", [("u32", 0x80000000)], 1),
        ("mov.u32 $0, %ntid.x;", "u32", [], 1),
        ("mov.u32 $0, %laneid;", "u32", [], 0),
    ],
)
def test_inline_ptx(template: str, out: str, operands: list[tuple[str, object]], expected: object) -> None:
    got = run_asm(template, out, *operands)
    np.testing.assert_array_equal(got[0], np.asarray(expected, got.dtype))


@pytest.mark.parametrize("bits", range(0, 65536, 257))
def test_half_conversions_agree_with_numpy(bits: int) -> None:
    value = np.array([bits], np.uint16).view(np.float16)[0]
    if np.isnan(value):
        return  # payloads differ
    near = np.float32(value) * np.float32(1.0004)
    got = run_asm("cvt.rn.f16.f32 $0, $1;", "u16", ("f32", near))[0]
    np.testing.assert_array_equal(got, near.astype(np.float16).view(np.uint16))


def test_memory_instructions() -> None:
    data = np.arange(8, dtype=np.uint32)
    ir = (
        HEAD
        + """
define ptx_kernel void @k(ptr %p, ptr %q) {
  %v = call i32 asm sideeffect "ld.acquire.gpu.u32 $0, [$1+4];", "=r,l"(ptr %p)
  call void asm sideeffect "st.release.gpu.u32 [$0], $1;", "l,r,~{memory}"(ptr %q, i32 %v)
  %w = call { i32, i32 } asm sideeffect "ld.global.v2.u32 {$0, $1}, [$2+8];", "=r,=r,l"(ptr %p)
  %w0 = extractvalue { i32, i32 } %w, 0
  %w1 = extractvalue { i32, i32 } %w, 1
  %s = add i32 %w0, %w1
  %old = call i32 asm sideeffect "atom.global.add.u32 $0, [$1], $2;", "=r,l,r"(ptr %q, i32 %s)
  call void asm sideeffect "fence.acq_rel.gpu; membar.gl;", "~{memory}"()
  %c = call i32 asm sideeffect "atom.cas.b32 $0, [$1], $2, $3;", "=r,l,r,r"(ptr %q, i32 6, i32 77)
  %q1 = getelementptr i32, ptr %q, i64 1
  store i32 %c, ptr %q1
  ret void
}"""
    )
    out = np.zeros(2, np.uint32)
    assert emulator.launch(ir, "k", 1, 1, [data, out]).trap is None
    np.testing.assert_array_equal(out, [77, 6])


def test_packed_atomics() -> None:
    out = np.array([0x3C003C00], np.uint32)
    ir = (
        HEAD
        + """
define ptx_kernel void @k(ptr %p) {
  %v = call i32 asm sideeffect "atom.global.add.noftz.f16x2 $0, [$1], $2;", "=r,l,r"(ptr %p, i32 1006632960)
  ret void
}"""
    )
    assert emulator.launch(ir, "k", 1, 3, [out]).trap is None
    np.testing.assert_array_equal(out.view(np.float16), [1.0, 4.0])


def test_an_unknown_instruction_names_itself() -> None:
    with pytest.raises(emulator.UnsupportedDevice, match=r"PTX instruction wgmma\.fence\.sync\.aligned"):
        run_asm("wgmma.fence.sync.aligned; mov.u32 $0, 1;", "u32")
    with pytest.raises(emulator.UnsupportedDevice, match=r"intrinsic llvm.nvvm.tcgen05.wait.ld"):
        emulator.launch(
            HEAD + "declare void @llvm.nvvm.tcgen05.wait.ld()\ndefine ptx_kernel void @k() {\n"
            "  call void @llvm.nvvm.tcgen05.wait.ld()\n  ret void\n}",
            "k",
            1,
            1,
            [],
        )
