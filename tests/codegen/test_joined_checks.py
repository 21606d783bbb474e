"""Checks that follow each other become one, and reads wait for memory together."""

from __future__ import annotations

import pytest

from compiler import driver
from compiler.codegen.joined_checks import join_checks
from compiler.codegen.llvm_machine import reparse

TWO_READS = """declare void @llvm.trap()
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)

define float @f(ptr %p, i64 %i, i64 %j, i64 %len) {
bb0:
  %a = icmp ult i64 %i, %len
  br i1 %a, label %next, label %fail

next:                                             ; preds = %bb0
  %q = getelementptr float, ptr %p, i64 %i
  %x = load float, ptr %q, align 4
  %0 = add i64 %j, 1
  %b = icmp uge i64 %0, %len
  br i1 %b, label %fail, label %more

more:                                             ; preds = %next
  %r = getelementptr float, ptr %p, i64 %0
  %y = load float, ptr %r, align 4
  %sum = fadd float %x, %y
  ret float %sum

fail:                                             ; preds = %next, %bb0
  call void @llvm.trap()
  unreachable
}
"""


def test_the_second_check_is_tested_with_the_first_and_the_loads_follow():
    text = join_checks(TWO_READS)
    assert reparse(text), text
    assert text.count("br i1") == 1
    first_block = text[: text.index("br i1")]
    assert "load" not in first_block and first_block.count("setp.") == 2
    assert (
        "setp.lt.u64" in first_block and "setp.ge.u64" in first_block
    )  # the second one's branch is the other way round
    assert text.index("load") > text.index("next:")


def test_two_blocks_that_test_the_same_condition():
    again = TWO_READS.replace("ret float %sum", "br i1 %a, label %once, label %fail\n\nonce:\n  %c = icmp ult i64 %i, 9\n"
        "  br i1 %c, label %end, label %fail\n\nend:\n  ret float %sum")  # fmt: skip
    text = join_checks(again)
    assert reparse(text), text
    assert text.count("br i1") == 1


@pytest.mark.parametrize(
    "changed",
    [
        TWO_READS.replace("add i64 %j, 1", "ptrtoint ptr %q to i64").replace(
            "%x = load float", "%x = load volatile float"
        ),
        TWO_READS.replace("%0 = add i64 %j, 1", "%c = fptoui float %x to i64\n  %0 = add i64 %c, 1"),
        TWO_READS.replace("%0 = add", "call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)\n  %0 = add"),
        TWO_READS.replace("%0 = add i64 %j, 1", "%0 = udiv i64 %j, %i"),
        TWO_READS.replace("%x = load float, ptr %q, align 4", "%x = atomicrmw fadd ptr %q, float 1.0 monotonic"),
        TWO_READS.replace("br i1 %b, label %fail, label %more", "br i1 %b, label %next, label %more"),
    ],
    ids=["volatile", "needs what is read", "barrier", "division", "atomic", "no check"],
)
def test_what_may_not_change_places_keeps_checks_apart(changed):
    assert reparse(changed), "the test's own text is wrong"
    assert join_checks(changed).count("br i1") == 2


def test_names_that_look_like_those_it_makes():
    text = join_checks(TWO_READS.replace("%x", '%"joined.0"').replace("%y", "%n0").replace("%a", "%number"))
    assert reparse(text), text
    assert text.count("br i1") == 1


KERNEL = """
use cuda_device::*;
#[kernel]
pub fn k(x: &[f32], n: u32, mut y: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let n = n as usize;
    let sum = x[i.get()] + x[i.get() + n] + x[i.get() + 2 * n] + x[i.get() + 3 * n];
    if let Some(e) = y.get_mut(i) { *e = sum; }
}
"""


def test_four_reads_wait_for_memory_together(tmp_path):
    path = tmp_path / "k.rs"
    path.write_text(KERNEL, encoding="utf-8")
    ptx = driver.compile_kernel(str(path), "k", "sm_90").ptx
    assert ptx.count("trap;") == 1
    reads = ptx[ptx.index("ld.global") : ptx.rindex("ld.global")]
    assert reads.count("ld.global") == 3 and "bra" not in reads and "trap" not in reads


STRIDED = """
use cuda_device::*;
#[kernel]
pub fn k(x: &[f32], n: u32, mut y: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let mut at = i.get();
    let mut sum = 0.0;
    while at < n as usize {
        sum += x[at];
        at += 256;
    }
    if let Some(e) = y.get_mut(i) { *e = sum; }
}
"""


def test_a_strided_loop_with_a_check_reads_four_elements_a_turn(tmp_path):
    path = tmp_path / "k.rs"
    path.write_text(STRIDED, encoding="utf-8")
    ptx = driver.compile_kernel(str(path), "k", "sm_90").ptx
    assert ptx.count("ld.global") >= 5, ptx  # four together, and the rest one by one
    assert ptx.count("trap;") < ptx.count("ld.global")
