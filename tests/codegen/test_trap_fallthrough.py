"""Failed checks trap where they are and fall through; nothing else changes."""

from __future__ import annotations

import pytest

from compiler import driver
from compiler.codegen.llvm_machine import LLVMMachine
from compiler.codegen.target import Target
from compiler.codegen.trap_fallthrough import trap_in_place

CHECKED = """
define void @f(ptr %p, i64 %i, i64 %n, i1 %c) {
entry:
  %ok = icmp ult i64 %i, %n
  br i1 %ok, label %body, label %fail

body:                                             ; preds = %entry, %other
  %which = phi i64 [ %i, %entry ], [ 7, %other ]
  store i64 %which, ptr %p, align 8
  ret void

other:                                            ; preds = %entry
  br i1 %c, label %fail, label %body

fail:                                             ; preds = %entry, %other
  tail call void @llvm.trap()
  unreachable
}

declare void @llvm.trap()
"""


def test_each_check_gets_a_trap_of_its_own_and_phis_keep_their_values():
    text = trap_in_place(CHECKED)
    assert 'br i1 %ok, label %body, label %"trap.entry"' in text
    assert 'br i1 %c, label %"trap.other", label %body' in text
    assert '%which = phi i64 [ %i, %entry ], [ %i, %"trap.entry" ], [ 7, %other ], [ 7, %"trap.other" ]' in text
    assert text.count('asm sideeffect "trap;"') == 2
    LLVMMachine(Target.parse("sm_90")).parse(text)


def test_a_label_that_another_begins_with():
    text = trap_in_place(CHECKED.replace("body", "fail9"))
    assert 'br i1 %ok, label %fail9, label %"trap.entry"' in text
    LLVMMachine(Target.parse("sm_90")).parse(text)


@pytest.mark.parametrize(
    "changed",
    [
        CHECKED.replace("  tail call void @llvm.trap()", "  store i64 0, ptr %p\n  tail call void @llvm.trap()"),
        CHECKED.replace("  unreachable", "  ret void"),
        CHECKED.replace("br i1 %ok, label %body, label %fail", "br i1 %ok, label %fail, label %fail").replace(
            "br i1 %c, label %fail, label %body", "br label %body"
        ),
    ],
    ids=["does more than trap", "comes back", "no way on"],
)
def test_other_blocks_stay(changed):
    assert "asm sideeffect" not in trap_in_place(changed)


KERNEL = """
use cuda_device::*;
#[kernel]
pub fn k(x: &[u32], mut y: DisjointSlice<u32>) {
    let i = thread::index_1d();
    let sum = x[i.get()] + x[i.get() + 32];
    if let Some(e) = y.get_mut(i) { *e = sum; }
}
"""


def test_a_kernel_with_bounds_checks_never_leaves_from_the_middle(tmp_path):
    path = tmp_path / "k.rs"
    path.write_text(KERNEL, encoding="utf-8")
    ptx = driver.compile_kernel(str(path), "k", "sm_90").ptx
    assert ptx.count("trap;") == 1 and "exit;" not in ptx  # one for both, see test_joined_checks.py
