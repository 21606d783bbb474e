"""Shared-memory addresses keep their address space, and neighbouring loads become one."""

from __future__ import annotations

from compiler.codegen.shared_addresses import keep_shared_addresses
from compiler.driver import compile_kernel

MODULE = """target triple = "nvptx64-nvidia-cuda"
@A = internal addrspace(3) global [64 x float] undef, align 16
define ptx_kernel void @k(ptr %out, i64 %i) {
entry:
  %o = shl i64 %i, 4
  %p = getelementptr inbounds i8, ptr addrspacecast (ptr addrspace(3) @A to ptr), i64 %o
  %a = load float, ptr %p, align 4
  %p1 = getelementptr inbounds i8, ptr %p, i64 4
  %b = load float, ptr %p1, align 4
  %p2 = getelementptr inbounds i8, ptr %p, i64 8
  %c = load float, ptr %p2, align 4
  %p3 = getelementptr inbounds i8, ptr %p, i64 12
  %d = load float, ptr %p3, align 4
  %s = fadd float %a, %b
  %t = fadd float %c, %d
  %u = fadd float %s, %t
  store float %u, ptr %out, align 4
  store ptr %p3, ptr %out, align 8
  store float 0.0, ptr addrspacecast (ptr addrspace(3) @A to ptr), align 4
  store float 1.0, ptr getelementptr inbounds nuw (i8, ptr addrspacecast (ptr addrspace(3) @A to ptr), i64 8), align 8
  ret void
}
"""


def test_chains_move_to_address_space_3() -> None:
    text = keep_shared_addresses(MODULE)
    assert "%p = getelementptr inbounds i8, ptr addrspace(3) @A, i64 %o" in text
    assert "%b = load float, ptr addrspace(3) %p1, align 4" in text
    assert "store ptr %generic.p3, ptr %out, align 8" in text  # as a value it stays generic
    assert "store float 0.0, ptr addrspace(3) @A, align 4" in text
    assert (
        "store float 1.0, ptr addrspace(3) getelementptr inbounds nuw (i8, ptr addrspace(3) @A, i64 8), align 8" in text
    )


def test_text_without_shared_memory_is_untouched() -> None:
    text = "define void @f(ptr %p) {\n  store i32 0, ptr %p\n  ret void\n}\n"
    assert keep_shared_addresses(text) is text


def test_neighbouring_shared_loads_are_one_vector_load() -> None:
    source = b"""
use cuda_device::{kernel, thread, DisjointSlice, SharedArray};
#[kernel]
pub fn sums(input: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 256, 16> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { TILE[t] = input[t] };
    thread::sync_threads();
    let at = (t & 63) * 4;
    let sum = unsafe { TILE[at] + TILE[at + 1] + TILE[at + 2] + TILE[at + 3] };
    if let Some(slot) = out.get_mut(thread::index_1d()) {
        *slot = sum;
    }
}
"""
    assert "ld.shared.v4" in compile_kernel(source, "sums", "sm_90").ptx
