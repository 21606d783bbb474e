"""From Rust to PTX entries: the kernel ABI of kernel-language.md 6.1 and Appendix B, launch facts, checks, memory."""

from __future__ import annotations

import pytest

from compiler.codegen.ptx import PtxFacts, parse_ptx
from compiler.driver import CompileError, CompileOptions, CompileSession, emit

HEAD = "use cuda_device::*;\nuse cuda_device::thread::*;\n"


def session(text: str) -> CompileSession:
    return CompileSession("/k.rs", {"/k.rs": (HEAD + text).encode()})


def ptx_of(text: str, kernel: str = "", target: str = "sm_80", **options: bool) -> PtxFacts:
    s = session(text)
    made = s.compile(s.instance(kernel), CompileOptions(target, debug=False, use_cache=False, **options))
    return parse_ptx(made.ptx)


def stage(text: str, name: str, kernel: str = "") -> str:
    return emit(session(text), name, kernel, CompileOptions("sm_80", debug=False, use_cache=False))


@pytest.mark.parametrize(
    ("parameters", "types"),
    [
        ("a: &[f32], b: &[f32], mut c: DisjointSlice<f32>", "u64 u64 u64 u64 u64 u64"),
        ("m: u32, alpha: f32, mut c: DisjointSlice<f32, Runtime2DIndex>", "u32 f32 u64 u64 u32"),
        ("mut c: DisjointSlice<f32, Index2D<64>>", "u64 u64"),
        ("p: *mut u32, n: usize", "u64 u64"),
        ("v: Pair, out: *mut u64", "b8 u64"),
        ("v: Wrapped, out: *mut u64", "f32 u64"),
        ("u: Unit, flag: bool, small: i16, c: char", "u8 u16 u32"),
        ("a: [f32; 4], t: (u8, u64)", "b8 b8"),
        ("u: Uniform<u32>, mut o: DisjointSlice<u32>", "u32 u64 u64"),
    ],
)
def test_parameters_of_an_entry(parameters: str, types: str):
    text = (
        "#[derive(Clone, Copy)] pub struct Pair(u8, u32);\n#[derive(Clone, Copy)] pub struct Unit;\n"
        "#[repr(transparent)] #[derive(Clone, Copy)] pub struct Wrapped(f32);\n"
        f"#[kernel] pub unsafe fn k({parameters}) {{}}\n"
    )
    assert " ".join(p.type for p in ptx_of(text).entries["k"].params) == types


def test_an_aggregate_parameter_has_rustcs_layout():
    text = """
#[derive(Clone, Copy)] pub struct Pair(u8, u32);
#[kernel] pub unsafe fn k(v: Pair, out: *mut u64) { *out = v.0 as u64 + ((v.1 as u64) << 8); }
"""
    facts = ptx_of(text)
    parameter = facts.entries["k"].params[0]
    assert (parameter.size, parameter.align) == (8, 4)
    loads = [line.split()[-1] for line in facts.lines if "ld.param" in line and "param_0" in line]
    assert sorted(loads) == ["[k_param_0+4];", "[k_param_0];"]  # the u32 first, as rustc orders them
    assert "local" not in " ".join(facts.entries["k"].instructions)


def test_launch_facts_become_directives():
    text = """
#[kernel] #[launch_bounds(256, 2)] pub fn a(x: &[f32]) {}
#[kernel] #[launch_contract(domain = 2, block = (16, 8, 1))] pub fn b(x: &[f32]) {}
#[kernel] #[cluster_launch(2, 1, 1)] pub fn c(x: &[f32]) {}
"""
    assert ptx_of(text, "a").entries["a"].launch == {"maxntid": (256, 1, 1), "minnctapersm": (2,)}
    assert ptx_of(text, "b").entries["b"].launch == {"reqntid": (16, 8, 1)}
    assert ptx_of(text, "c", "sm_90").entries["c"].launch["reqnctapercluster"] == (2, 1, 1)


CHECKED = """
#[kernel] pub fn checked(x: &[u32], i: usize, out: *mut u32) { unsafe { *out = x[i]; } }
#[kernel(unchecked_indexing)] pub fn unchecked(x: &[u32], i: usize, out: *mut u32) { unsafe { *out = x[i]; } }
#[kernel] pub fn divides(a: i32, b: i32, out: *mut i32) { unsafe { *out = a / b; } }
"""


def test_checks_trap_unless_unchecked():
    assert ptx_of(CHECKED, "checked").entries["checked"].instructions["trap"] == 1
    unchecked = ptx_of(CHECKED, "unchecked").entries["unchecked"].instructions
    assert "trap" not in unchecked and "branch" not in unchecked
    assert ptx_of(CHECKED, "divides").entries["divides"].instructions["trap"] >= 1


def test_memory_spaces():
    text = """
static mut COUNT: u32 = 7;
const TABLE: [u32; 4] = [1, 2, 3, 4];
#[kernel] pub fn k(out: *mut u32, i: usize) {
    static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
    unsafe {
        TILE[i] = i as u32;
        thread::sync_threads();
        *out = TILE[63 - i] + COUNT + TABLE[i & 3];
        COUNT = 9;
        *out.add(1) = *DynamicSharedArray::<u32, 128>::get();
    }
}
"""
    facts = ptx_of(text)
    kinds = facts.entries["k"].instructions
    assert kinds["store.shared"] == 1 and kinds["barrier"] == 1 and "load.local" not in kinds
    assert "load.generic" not in kinds and "store.generic" not in kinds
    assert ".extern .shared .align 128 .b8 __dynamic_smem_k[]" in "\n".join(facts.lines)
    assert list((facts.shared | facts.entries["k"].shared).values()).count(256) == 1


def test_over_aligned_elements_move_as_vectors():
    text = """
#[repr(C, align(16))] #[derive(Clone, Copy)] pub struct V([f32; 4]);
#[kernel] pub fn k(x: &[V], mut y: DisjointSlice<V>) {
    let i = index_1d();
    let at = i.get();
    if let Some(o) = y.get_mut(i) { *o = x[at]; }
}
"""
    mnemonics = ptx_of(text).entries["k"].mnemonics
    assert mnemonics["ld.global.v4.b32"] == 1 and mnemonics["st.global.v4.b32"] == 1


def test_stages_of_a_kernel():
    assert '"mir.func"' in stage(CHECKED, "dialect-mir", "checked")
    assert '"llvm.func"' in stage(CHECKED, "dialect-llvm", "checked")
    llvm = stage(CHECKED, "llvm", "checked")
    assert "define ptx_kernel void @checked(ptr %x.0, i64 %x.1, i64 %i, ptr %out)" in llvm
    assert "noalias" not in llvm and "nonnull" not in llvm


def test_device_functions_are_internal_and_convergent():
    text = """
#[inline(never)] fn helper(a: u32) -> u32 { a * 3 }
#[kernel] pub fn k(out: *mut u32) { unsafe { *out = helper(*out); } }
"""
    llvm = stage(text, "llvm")
    assert "define internal i32 @helper(i32 %a)" in llvm and "convergent nounwind" in llvm


def test_the_parts_of_a_vector_stay_in_registers():
    text = """
#[repr(C, align(16))] #[derive(Clone, Copy)] pub struct V([f32; 4]);
#[kernel] pub fn k(x: &[V], mut y: DisjointSlice<V>) {
    let i = index_1d();
    let v = x[i.get()];
    if let Some(o) = y.get_mut(i) { *o = V([v.0[3], v.0[2] * 2.0, v.0[1], v.0[0] + 1.0]); }
}
"""
    entry = ptx_of(text).entries["k"]
    assert entry.mnemonics["ld.global.v4.b32"] == 1 and entry.mnemonics["st.global.v4.b32"] == 1
    assert entry.local_bytes == 0


def test_an_unsupported_construct_is_a_diagnostic(monkeypatch):
    from compiler.transforms.import_mir import rvalues
    from compiler.transforms.import_mir.types import Unsupported

    def refuse(*_: object) -> None:
        raise Unsupported("this length")

    monkeypatch.setattr(rvalues, "length", refuse)
    text = "#[kernel] pub fn k(x: &[u32], i: usize, out: *mut u32) {\n    unsafe { *out = x[i]; }\n}\n"
    with pytest.raises(CompileError) as failed:
        ptx_of(text)
    assert failed.value.message == "unsupported: this length"
    assert "/k.rs:4:" in failed.value.rendered()


def test_atomics_have_their_scope_and_order():
    text = """
use cuda_device::atomic::*;
#[kernel] pub fn k(p: *mut u32) {
    let a = unsafe { DeviceAtomicU32::from_ptr(p) };
    let b = unsafe { BlockAtomicU32::from_ptr(p.add(1)) };
    let c = unsafe { SystemAtomicU32::from_ptr(p.add(2)) };
    a.fetch_add(1, AtomicOrdering::Relaxed);
    b.store(2, AtomicOrdering::Release);
    c.fetch_add(3, AtomicOrdering::Relaxed);
    let _ = a.compare_exchange(1, 2, AtomicOrdering::AcqRel, AtomicOrdering::Relaxed);
}
"""
    text_of_ptx = "\n".join(ptx_of(text).lines)
    for wanted in ("st.release.cta.", "fence.acq_rel.gpu", "cas.b32"):
        assert wanted in text_of_ptx, wanted
    assert ".sys.add" in text_of_ptx or "red.sys" in text_of_ptx or "atom.sys" in text_of_ptx
