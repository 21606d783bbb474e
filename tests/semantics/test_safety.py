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


CONTRACT = "#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1), dynamic_shared = 256)]\n"
SHARED = """    static mut A: SharedArray<u32, 64> = SharedArray::UNINIT;
    static mut B: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
"""


def _promises(body: str, params: str = "", before: str = "") -> list[str]:
    """Of a kernel, one word a promise: what it is about and how it stands."""
    found = _safety(f"{before}\n{CONTRACT}fn k({params}) {{\n{SHARED}{body}\n}}")
    return [f"{what.rpartition('`')[0].rpartition('`')[2] or what}: {rest.partition(',')[0]}"
            for b in found.unsafe_blocks for o in b.obligations for what, _, rest in [o.partition(": ")]]  # fmt: skip


def test_each_promise_is_judged_by_itself():
    assert _promises("unsafe { A[t] = 1; B[0] = t as u32; }") == ["A: discharged", "B: violated"]


def test_of_a_statement_that_reads_and_writes_each_side_is_judged():
    assert _promises("unsafe { A[t] = B[0] }; unsafe { B[1] = A[t] }") == [
        "A: discharged", "B: undecided", "B: violated", "A: discharged",
    ]  # fmt: skip


def test_how_far_a_pointer_parameter_reaches_is_for_the_launch():
    found = _promises("unsafe { *p.add(thread::index_1d().get()) = 1 };", "p: *mut u32")
    assert found == ["dereference of a raw pointer: undecided", "add: undecided"]


def test_addresses_in_shared_memory_are_compared_with_its_size():
    dynamic = "let d = DynamicSharedArray::<u32>::get(); "
    use = "use cuda_device::DynamicSharedArray;"
    assert _promises(dynamic + "unsafe { *d.add(t) = 1 };", before=use) == [
        "dereference of a raw pointer: discharged", "add: discharged",
    ]  # fmt: skip
    assert _promises(dynamic + "unsafe { *d.add(t + 64) = 1 };", before=use) == [
        "dereference of a raw pointer: violated", "add: undecided",
    ]  # fmt: skip


def test_calls_of_unsafe_functions_are_judged_by_what_they_do():
    put = "unsafe fn put(p: *mut u32, i: usize) { *p.add(i) = thread::threadIdx_x(); }"
    shared = "let a = unsafe { A.as_mut_ptr() }; let b = unsafe { B.as_mut_ptr() }; "
    found = _promises(shared + "unsafe { put(a, t) }; unsafe { put(b, t / 2) };", before=put)
    assert found[2:4] == ["put: discharged", "put: violated"]
    unchecked = "unsafe fn one(x: &[u32], i: usize) -> u32 { *x.get_unchecked(i) }"
    assert _promises("if t < x.len() { let _v = unsafe { one(x, t) }; }", "x: &[u32]", unchecked)[0] == (
        "one: discharged"
    )


def test_references_that_are_kept_are_judged_by_all_that_is_done_with_them():
    assert _promises("let a = unsafe { &mut *(&raw mut A) }; a[t] = 1;") == ["dereference of a raw pointer: discharged"]
    assert _promises("let a = unsafe { &mut *(&raw mut A) }; a[0] = t as u32;") == [
        "dereference of a raw pointer: violated"
    ]


def test_any_bits_are_a_number():
    union = "union Bits { f: f32, u: u32 } union Part { a: u8, b: u32 }"
    body = "let b = Bits { f: 1.0 }; let p = Part { a: 1 }; let _v = unsafe { (b.u, p.b) };"
    assert _promises(body, before=union) == ["read of a union field: discharged", "read of a union field: undecided"]
    casts = "let _v = unsafe { core::mem::transmute::<f32, u32>(1.0) }; "
    casts += "let _w = unsafe { core::mem::transmute::<u8, bool>(1) };"
    assert _promises(casts) == ["transmute: discharged", "transmute: undecided"]


def test_closures_belong_to_the_body_they_are_in():
    assert _promises("let put = |v: u32| unsafe { A[t] = v }; put(3);") == ["A: discharged"]
    assert _promises("let put = |v: u32| unsafe { A[0] = v }; put(t as u32);") == ["A: violated"]


def test_every_instance_of_a_generic_kernel_counts():
    found = _safety(
        CONTRACT + "fn k<const S: usize>() {\n" + SHARED + "unsafe { A[t / S] = t as u32 }; }\n"
        "fn main() { unsafe { module.k::<1>(&s, c).unwrap(); module.k::<2>(&s, c).unwrap(); } }"
    )
    assert [b.status for b in found.unsafe_blocks] == ["violated"]


def test_what_macros_and_unsafe_functions_do_counts():
    put = "macro_rules! put { ($p:expr) => { unsafe { *$p = 1 } } }"
    assert _safety(put + "#[kernel] fn k(p: *mut u32) { put!(p); }").tier == 2
    found = _safety("#[kernel] unsafe fn k(p: *mut u32) { *p = 1; }")
    assert found.tier == 2
    assert [o.partition(":")[0] for b in found.unsafe_blocks for o in b.obligations] == ["dereference of a raw pointer"]


def test_reasons_name_what_is_used():
    body = "unsafe { A[t] = 1 }; thread::sync_threads(); cuda_device::fence::threadfence();"
    reasons = {r.text for r in _safety(CONTRACT + "fn k() {" + SHARED + body + "}").reasons}
    assert reasons == {
        "shared memory: `A`",
        "the block's barrier: `sync_threads` (safe by declaration)",
        "a fence: `threadfence` (safe by declaration)",
    }


def test_a_kernel_with_errors_has_a_tier_too():
    found = _safety("#[kernel] fn k() { unsafe { nowhere::at_all() }; }")
    assert [b.status for b in found.unsafe_blocks] == ["undecided"]
