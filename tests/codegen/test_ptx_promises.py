"""What programs that read the PTX rely on (kernel-language.md 7.3), on kernels of our own.

Entry names and launch bounds of generic kernels, policies as immediates, bounds checks that stay or go, wide memory
operations, exact blocks, alignment of dynamic shared memory, dead arms that leave nothing behind.
"""

from __future__ import annotations

import re
from functools import cache

from compiler.driver import CompileOptions, CompileSession

SOURCE = """
use core::marker::PhantomData;
use cuda_device::{DisjointSlice, DynamicSharedArray, SharedArray, cuda_module, device, kernel, launch_bounds, launch_contract, thread};

pub trait Policy { const TAG: u32; const THREADS: u32; const BLOCKS: u32; }
pub struct Narrow;
pub struct Wide;
impl Policy for Narrow { const TAG: u32 = 51_411; const THREADS: u32 = 64; const BLOCKS: u32 = 2; }
impl Policy for Wide { const TAG: u32 = 51_922; const THREADS: u32 = 256; const BLOCKS: u32 = 1; }

#[kernel]
#[launch_bounds(64)]
pub fn write_value<const N: u32>(mut out: DisjointSlice<u32>) {
    let i = thread::index_1d();
    if let Some(o) = out.get_mut(i) { *o = N; }
}
#[kernel]
#[launch_bounds(P::THREADS, P::BLOCKS)]
pub fn tagged<P: Policy>(mut out: DisjointSlice<u32>, _policy: PhantomData<P>) {
    let i = thread::index_1d();
    if let Some(o) = out.get_mut(i) { *o = P::TAG; }
}
#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1))]
pub fn sum_checked(x: &[f32], from: u32, mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let at = from as usize + i.get();
    if let Some(o) = out.get_mut(i) { *o = x[at] + x[at + 1]; }
}
#[kernel(unchecked_indexing)]
#[launch_contract(domain = 1, block = (64, 1, 1))]
pub fn sum_unchecked(x: &[f32], from: u32, mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let at = from as usize + i.get();
    if let Some(o) = out.get_mut(i) { *o = x[at] + x[at + 1]; }
}
#[derive(Clone, Copy)]
#[repr(C, align(16))]
pub struct Four([f32; 4]);
#[kernel]
pub fn copy_wide(x: &[Four], mut out: DisjointSlice<Four>) {
    let i = thread::index_1d();
    if let (Some(v), Some(o)) = (x.get(i.get()).copied(), out.get_mut(i)) { *o = v; }
}
#[kernel]
#[launch_contract(domain = 2, block = (16, 16, 1))]
pub fn exact_block(mut out: DisjointSlice<u32, thread::Index2D<64>>) {
    if let Some(i) = thread::index_2d::<64>() && let Some(o) = out.get_mut(i) { *o = 1; }
}
#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1), dynamic_shared = 4096, dynamic_shared_alignment = 128)]
pub fn aligned(mut out: DisjointSlice<u32>) {
    let p = DynamicSharedArray::<u32>::get();
    let i = thread::index_1d();
    unsafe { p.add(thread::threadIdx_x() as usize).write(7) };
    if let Some(o) = out.get_mut(i) { *o = unsafe { p.add(thread::threadIdx_x() as usize).read() }; }
}
#[inline(never)]
fn only_when_shared(x: u32) -> u32 { x.wrapping_mul(40_503) }
#[kernel]
pub fn decided<const SHARED: bool>(mut out: DisjointSlice<u32>) {
    static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
    let i = thread::index_1d();
    let t = thread::threadIdx_x() as usize % 64;
    let v = if SHARED { unsafe { TILE[t] = only_when_shared(t as u32); TILE[t] } } else { 5 };
    if let Some(o) = out.get_mut(i) { *o = v; }
}
#[derive(Clone, Copy)]
pub struct Pair { a: u32, b: u32 }
#[kernel]
pub fn borrowed_copy(x: &[Pair], mut out: DisjointSlice<u32>) {
    let i = thread::index_1d();
    if let Some(p) = x.get(i.get()) {
        let copy = *p;
        let inside = &copy.b;
        if let Some(o) = out.get_mut(i) { *o = copy.a + *inside; }
    }
}
const TABLE: [u32; 6] = [2, 3, 5, 7, 11, 13];
#[kernel]
pub fn table(mut out: DisjointSlice<u32>) {
    let i = thread::index_1d();
    let at = i.get() % TABLE.len();
    if let Some(o) = out.get_mut(i) { *o = TABLE[at]; }
}
fn main() {}
"""


@cache
def session() -> CompileSession:
    return CompileSession("/promises.rs", {"/promises.rs": SOURCE.encode()})


@cache
def ptx(kernel: str, opt_level: int = 2) -> str:
    options = CompileOptions("sm_90", debug=False, use_cache=False, opt_level=opt_level)
    return session().compile(session().instance(kernel), options).ptx


def llvm(kernel: str) -> str:
    options = CompileOptions("sm_90", debug=False, use_cache=False)
    return session().lower(session().instance(kernel), options).llvm_ir


def entry(text: str) -> str:
    found = re.search(r"^\.visible \.entry (\w+)\(", text, re.M)
    assert found is not None
    return found[1]


def guarded_branches(text: str) -> int:
    return len(re.findall(r"^\s*@!?%p\d+\s+bra", text, re.M))


def test_generic_entries_end_in_their_type_id_and_keep_their_constants():
    four, eight = ptx("write_value<4>"), ptx("write_value<8>")
    for text, value in ((four, 4), (eight, 8)):
        assert re.fullmatch(r"write_value_TID_[0-9a-f]{32}", entry(text))
        assert ".maxntid 64, 1, 1" in text and f", {value};" in text
    assert entry(four) != entry(eight)


def test_policies_give_bounds_and_immediates():
    for policy, tag, threads, blocks in (("Narrow", 51_411, 64, 2), ("Wide", 51_922, 256, 1)):
        text = ptx(f"tagged<{policy}>")
        assert re.fullmatch(r"tagged_TID_[0-9a-f]{32}", entry(text))
        assert f".maxntid {threads}, 1, 1" in text and f".minnctapersm {blocks}" in text and f", {tag};" in text
        assert "launch_bounds" not in text


def test_bounds_checks_trap_unless_they_are_given_up():
    checked, unchecked = ptx("sum_checked"), ptx("sum_unchecked")
    assert "trap;" in checked and guarded_branches(checked) >= 2
    assert "trap;" not in unchecked and guarded_branches(unchecked) == 1


def test_types_of_sixteen_bytes_move_at_once():
    text = ptx("copy_wide")
    assert re.search(r"ld\.global(\.nc)?\.v[24]", text) and re.search(r"st\.global\.v[24]", text)
    assert not re.search(r"(ld|st)\.global(\.nc)?\.[fbu]32", text)


def test_an_exact_block_is_required_not_bounded():
    text = ptx("exact_block")
    assert ".reqntid 16, 16, 1" in text and ".maxntid" not in text


def test_dynamic_shared_memory_has_the_alignment_of_the_contract():
    text = ptx("aligned")
    assert re.search(r"\.extern \.shared \.align 128 \.b8 __dynamic_smem_\w*\[\];", text)


def test_an_arm_decided_by_a_constant_leaves_nothing_behind():
    dead, live = llvm("decided<false>"), llvm("decided<true>")
    assert "only_when_shared" not in dead and "addrspace(3)" not in dead
    assert "only_when_shared" in live and "addrspace(3)" in live


def test_aggregates_that_are_borrowed_stay_in_registers():
    assert ".local" not in ptx("borrowed_copy")


def test_constant_tables_are_indexed_in_place():
    assert re.search(r"constant \[6 x i32\] \[i32 2, i32 3, i32 5, i32 7, i32 11, i32 13\]", llvm("table"))
    assert ".local" not in ptx("table")
