"""Quick fixes of contracts and signatures: applied to the text, each makes its finding go away and brings no other."""

from __future__ import annotations

import pytest

from compiler.diagnostics.model import Diagnostic
from compiler.semantics.host import AnalysisHost

FILE = "/fix/contract.rs"
USE = "use cuda_device::{DisjointSlice, kernel, launch_contract, thread};\n"
BODY = """pub fn k(n: u32, x: &[f32], mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let k = i.get();
    if k < n as usize {
        if let Some(o) = out.get_mut(i) {
            *o = x[k];
        }
    }
}
"""
TWO = """pub fn k(n: u32, x: &[f32], y: &[f32], mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let k = i.get();
    if k < n as usize {
        if let Some(o) = out.get_mut(i) {
            *o = x[k] + y[k];
        }
    }
}
"""
ALONE = """pub fn k(n: u32, mut out: DisjointSlice<u32>) {
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = n;
    }
}
"""
OWN = """#[kernel]
pub fn k(a: f32, x: &[f32], data: &mut [f32]) {
    let i = thread::index_1d().get();
    if i < data.len() && i < x.len() {
        data[i] = data[i] * a + x[i];
        data[i] += 1.0;
    }
}
"""
WIDE = """pub fn k(mut out: DisjointSlice<u32, thread::Index2D<64>>) {
    if let Some(i) = thread::index_2d::<64>() {
        if let Some(o) = out.get_mut(i) {
            *o = 1;
        }
    }
}
"""
READ = """#[kernel]
pub fn k(data: &'static mut [f32], mut out: DisjointSlice<f32>) {
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = data[0];
    }
}
"""


def _contract(keys: str, body: str = BODY) -> str:
    return f"#[kernel]\n#[launch_contract({keys})]\n{body}"


DYNAMIC = """pub fn k() {
    let p = cuda_device::DynamicSharedArray::<u32>::get();
    unsafe { *p.add(thread::threadIdx_x() as usize) = 1 };
}
fn main() {
    let config = LaunchConfig { grid_dim: (4, 1, 1), block_dim: (64, 1, 1), shared_mem_bytes: 64 * 4 };
    unsafe { module.k(&stream, config).unwrap() };
    unsafe { module.k(&stream, config).unwrap() };
}
"""
CASES = {
    "how much dynamic shared memory": ("K0504", _contract("domain = 1, block = (64, 1, 1)", DYNAMIC)),
    "first of two": ("K0502", _contract("domain = 1, block = (64, 1, 1), requires = (n > 3, x.len() >= n)")),
    "last of two": ("K0502", _contract("domain = 1, block = (64, 1, 1), requires = (x.len() >= n, n > 3)")),
    "twice the same": ("K0502", _contract("domain = 1, block = (64, 1, 1), requires = (x.len() >= n, x.len() >= n,)")),
    "the only one": ("K0502", _contract("domain = 1, block = (64, 1, 1), requires = (n > 3)", ALONE)),
    "the only one, first": ("K0502", _contract("requires = (n > 3), domain = 1, block = (64, 1, 1)", ALONE)),
    "no relation yet": ("K0504", _contract("domain = 1, block = (64, 1, 1)")),
    "no relation yet, comma": ("K0504", _contract("domain = 1, block = (64, 1, 1),")),
    "one more relation": ("K0504", _contract("requires = (y.len() >= n), domain = 1, block = (64, 1, 1)", TWO)),
    "only read": ("K0401", READ),
    "own elements": ("K0401", OWN),
    "one relation against another": (
        "K0503",
        _contract("domain = 1, block = (64, 1, 1), requires = (x.len() >= n, x.len() < n)"),
    ),
    "one dimension too few": ("K0503", _contract("domain = 1, block = (64, 1, 1)", WIDE)),
}

CASES["capability"] = (
    "K0503",
    """#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1), min_compute_capability = (7, 5))]
pub fn k() {
    let _ = cuda_device::warp::redux_sync_add(u32::MAX, 1);
}
""",
)


def _findings(text: str) -> list[Diagnostic]:
    host = AnalysisHost(check_all="fn main" not in text)
    host.set_file(FILE, text.encode())
    found = host.analysis().diagnostics(FILE).diagnostics
    return [d for d in found if d.code.startswith(("K", "E", "syntax"))]


def _applied(text: str, finding: Diagnostic) -> str:
    raw = text.encode()
    for edit in sorted(finding.suggestions[0].edits, key=lambda e: -e.span.start):
        raw = raw[: edit.span.start] + edit.text.encode() + raw[edit.span.end :]
    return raw.decode()


@pytest.mark.parametrize("name", CASES)
def test_the_fix_ends_the_finding(name: str) -> None:
    code, case = CASES[name]
    text = USE + case
    before = _findings(text)
    finding = next(d for d in before if d.code == code)
    after = _findings(_applied(text, finding))
    assert len(after) == len(before) - 1
    assert {d.message for d in after} < {d.message for d in before} or not after


def test_a_grid_is_made_of_whole_clusters() -> None:
    use = "use cuda_device::{cluster, cluster_launch, kernel};\n"
    kernel = "#[kernel]\n#[cluster_launch(2)]\npub fn k() { cluster::cluster_sync(); }\n"
    launch = (
        "unsafe { module.k(&s, LaunchConfig { grid_dim: (N, 1, 1), block_dim: (64, 1, 1), shared_mem_bytes: 0 }) };"
    )
    for n, expected in (("4", []), ("3", ["K0501"]), ("blocks(n)", [])):
        found = _findings(use + kernel + "fn main() { " + launch.replace("N", n) + " }")
        assert [d.code for d in found] == expected
