"""Tiers and `unsafe` blocks of kernels, and which variables threads agree on, as plain data."""

from __future__ import annotations

from compiler.semantics.host import AnalysisHost

FILE = "/safety/case.rs"
USES = "use cuda_device::{cluster, kernel, launch_contract, thread, warp, DisjointSlice, SharedArray};\n"


def _analysis(code: str):
    host = AnalysisHost()
    host.set_file(FILE, (USES + code).encode())
    return host.analysis()


def _safety(code: str):
    found = _analysis(code).safety(FILE, "k")
    assert found is not None
    return found


TIER_1 = """#[kernel]
fn k(x: &[f32], mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let v = x[i.get()];
    if let Some(o) = out.get_mut(i) { *o = v; }
}"""


def test_proofs_only_is_tier_1():
    found = _safety(TIER_1)
    assert (found.tier, found.reasons, found.unsafe_blocks) == (1, (), ())


def test_warp_operations_are_tier_2_though_declared_safe():
    found = _safety("#[kernel] fn k() { let _ = warp::shuffle(1, 0); }")
    assert found.tier == 2
    assert "safe by declaration" in found.reasons[0].text


def test_clusters_are_tier_3():
    assert _safety("#[kernel] fn k() { cluster::cluster_sync(); }").tier == 3


def test_a_mutable_slice_parameter_is_held_by_every_thread():
    found = _safety("#[kernel] fn k(x: &mut [f32]) { let _ = x.len(); }")
    assert found.tier == 2
    assert "every thread holds" in found.reasons[0].text


def test_a_block_proved_disjoint_is_discharged():
    found = _safety("""#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1))]
fn k() {
    static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
    unsafe { S[thread::threadIdx_x() as usize] = 1 };
}""")
    assert [b.status for b in found.unsafe_blocks] == ["discharged"]


def test_a_block_with_a_race_is_violated():
    found = _safety("""#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1))]
fn k() {
    static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
    unsafe { S[0] = thread::threadIdx_x() };
}""")
    (block,) = found.unsafe_blocks
    assert block.status == "violated"
    assert "element 0" in block.obligations[0]


def test_other_promises_are_not_passed_off_as_kept():
    found = _safety("""unsafe fn risky() {}
#[kernel] fn k() {
    // SAFETY: nothing to keep
    unsafe { risky() };
}""")
    (block,) = found.unsafe_blocks
    assert (block.status, block.documented) == ("undecided", True)


def test_variables_carry_agreement_in_hover_and_tokens():
    code = """#[kernel]
fn k(n: u32, x: &[u32], mut out: DisjointSlice<u32>) {
    let t = thread::threadIdx_x();
    let mut b = thread::blockIdx_x() + n;
    while b > 3 { b /= 2; }
    if let Some(o) = out.get_mut(thread::index_1d()) { *o = x[(t + b) as usize]; }
}"""
    analysis = _analysis(code)
    text = USES + code
    marks = {text[x.span.start : x.span.end]: x.modifiers for x in analysis.semantic_tokens(FILE)}
    assert "divergent" in marks["t"]
    assert "uniform" in marks["b"]
    hover = analysis.hover(FILE, text.index("t = thread"))
    assert hover is not None
    assert "differs between threads" in hover.markdown


def test_the_tier_is_in_the_hover_of_the_kernel():
    text = USES + TIER_1
    hover = _analysis(TIER_1).hover(FILE, text.index("k(x"))
    assert hover is not None
    assert "Safety tier 1" in hover.markdown


def test_bounds_are_in_the_hover_of_an_access():
    code = """#[kernel]
fn k(n: u32, x: &[u32], mut out: DisjointSlice<u32>) {
    let i = thread::index_1d();
    let at = i.get();
    if at < x.len() && n < 7 {
        let a = x[at];
        let b = x[n as usize];
        let c = unsafe { *x.as_ptr().add(at + 1) };
        if let Some(o) = out.get_mut(i) { *o = a + b + c; }
    }
}"""
    analysis = _analysis(code)
    text = USES + code

    def said(place: str) -> str:
        hover = analysis.hover(FILE, text.index(place))
        assert hover is not None
        return hover.markdown

    assert "always inside: by the guards before it; the check never fails" in said("x[at]")
    assert "checked when it is reached: that it is inside is not proved" in said("x[n as usize]")
    assert "not checked, and not proved to be inside" in said("*x.as_ptr()")
    assert "inside" not in said("n: u32")
