"""``#[unroll]``: the same results as the loop as written, the right number of copies, a warning where it does nothing."""

from __future__ import annotations

import numpy as np
import pytest

from compiler import driver, emulator

HEADER = "use cuda_device::{kernel, thread, DisjointSlice};\n"


def _session(body: str) -> driver.CompileSession:
    text = f"""{HEADER}#[kernel] pub fn k(mut out: DisjointSlice<i32>, n: i32, table: &[i32]) {{
        let at = thread::index_1d();
        if let Some(result) = out.get_mut(at) {{ let mut sum = 0i32; {body} *result = sum; }}
    }}"""
    return driver.CompileSession("/unroll/case.rs", {"/unroll/case.rs": text.encode()})


def _results(body: str) -> list[int]:
    session = _session(body)
    artifact = session.compile(session.instance("k"), driver.CompileOptions("sm_90", use_cache=False))
    table, found = np.arange(1, 65, dtype=np.int32), []
    for n in range(-2, 19):
        out = np.zeros(1, np.int32)
        report = emulator.launch(artifact, "k", (1, 1, 1), (1, 1, 1), [out, n, table], 0, "in-order", seed=1)
        assert report.trap is None, str(report.trap)
        found.append(int(out[0]))
    return found


LOOPS = {
    "up": ("let mut i = 0; @ while i < n { sum += table[i as usize] * 3; i += 1; }", ("4", "7", "2")),
    "inclusive by three": ("let mut i = -4; @ while i <= n { sum ^= i * 5; i += 3; }", ("2", "5")),
    "flipped": ("let mut i = 0; @ while n > i { sum += i; i += 2; }", ("3",)),
    "two paths": ("let mut i = 0; @ while i < n { if i & 1 == 0 { i += 1; continue; } sum += i; i += 1; }", ("4",)),
    "break": ("let mut i = 0; @ while i < n { if sum > 20 { break; } sum += i; i += 1; }", ("4",)),
    "loop": ("let mut i = 0; @ loop { if i >= n { break; } sum += i; i += 1; }", ("8",)),
    "near the end of the type": (
        "let mut i = 125i8; let end = 120i8.wrapping_add(n as i8); @ while i < end { sum += 1; i += 1; }",
        ("4",),
    ),
    "whole": ("let mut i = 7; @ while i < 23 { sum += i & 3; i += 5; }", ("",)),
    "whole, down": ("let mut i = 9u32; @ while i != 0 { sum = sum * 3 + i as i32; i -= 3; }", ("",)),
    "whole, never entered": ("let mut i = 9; @ while i < 3 { sum += 1; i += 1; }", ("",)),
    "nested": (
        "let mut i = 0; @ while i < 4 { let mut j = 0; #[unroll] while j < 3 { sum += i * j; j += 1; } i += 1; }",
        ("", "2"),
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_unrolled_loops_compute_the_same(name: str) -> None:
    body, factors = LOOPS[name]
    expected = _results(body.replace("@", ""))
    for factor in factors:
        attribute = f"#[unroll({factor})]" if factor else "#[unroll]"
        assert _results(body.replace("@", attribute)) == expected
        assert not _warnings(body.replace("@", attribute))


def _warnings(body: str) -> list[str]:
    session = _session(body)
    return [w.message for w in session.lower(session.instance("k"), driver.CompileOptions("sm_90")).warnings]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("#[unroll] for i in 0..4 { sum += i; }", "calls a function"),
        ("let mut i = 0; #[unroll] while i < n { sum += i; i += 1; }", "iterations is not a constant"),
        ("let mut i = 0; #[unroll(2)] while i != n { sum += i; i += 1; }", "`<` or `<=`"),
        ("let mut i = 0; #[unroll(2)] while i < n { if i > 3 { i += 2; } i += 1; }", "another amount"),
        ("let mut i = 0; let mut m = n; #[unroll(2)] while i < m { m -= 1; i += 1; }", "limit changes"),
        ("let mut i = 0; #[unroll] while i < 5000 { sum += i; i += 1; }", "more than 1024"),
        ("let mut i = 0; let p = &mut i; #[unroll] while *p < 5 { sum += 1; *p += 1; }", "test"),
    ],
)
def test_other_loops_stay_and_say_why(body: str, why: str) -> None:
    found = _warnings(body)
    assert len(found) == 1 and found[0].startswith("loop not unrolled: ") and why in found[0]


POLICY = (
    HEADER
    + """
trait Policy { const UNROLL: u32; const TAG: u32; }
enum Two {} impl Policy for Two { const UNROLL: u32 = 2; const TAG: u32 = 0x1234567; }
enum Five {} impl Policy for Five { const UNROLL: u32 = 5; const TAG: u32 = 0x7654321; }
#[kernel(Two, Five)] pub unsafe fn mix<P: Policy>(from: *const u32, to: *mut u32, n: u32) {
    let mut i = 0;
    #[unroll(P::UNROLL)]
    while i < n {
        unsafe { to.add(i as usize).write_volatile(from.add(i as usize).read_volatile() ^ P::TAG) };
        i += 1;
    }
}
"""
)


@pytest.mark.parametrize(("policy", "factor"), [("Two", 2), ("Five", 5)])
def test_a_factor_from_a_policy_gives_so_many_copies_and_one_for_the_rest(policy: str, factor: int) -> None:
    session = driver.CompileSession("/unroll/policy.rs", {"/unroll/policy.rs": POLICY.encode()})
    options = driver.CompileOptions("sm_90", use_cache=False)
    ptx = session.compile(session.instance(f"mix<{policy}>"), options).ptx
    assert ptx.count("ld.volatile") == ptx.count("st.volatile") == factor + 1


def test_a_factor_out_of_range_is_an_error_of_the_instance() -> None:
    text = POLICY.replace("const UNROLL: u32 = 5", "const UNROLL: u32 = 1")
    session = driver.CompileSession("/unroll/policy.rs", {"/unroll/policy.rs": text.encode()})
    with pytest.raises(driver.CompileError) as raised:
        session.compile(session.instance("mix<Five>"), driver.CompileOptions("sm_90", use_cache=False))
    assert [d.code for d in raised.value.diagnostics] == ["E0080"]
