"""Quick fixes of races: applied to the text, each makes its finding go away and brings no other."""

from __future__ import annotations

import pytest

from compiler.diagnostics.model import Diagnostic
from compiler.semantics.host import AnalysisHost

FILE = "/fix/case.rs"
USE = "use cuda_device::{DisjointSlice, SharedArray, kernel, launch_contract, thread};\n"
BLOCK = "#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1))]\n"

CASES = {
    "barrier between two statements": BLOCK
    + """pub fn k(mut out: DisjointSlice<u32>) {
    static mut T: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { T[t] = t as u32 };
    let v = unsafe { T[63 - t] };
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}
""",
    "barrier of the cluster": BLOCK.replace("#[launch", "#[cuda_device::cluster_launch(2)]\n#[launch")
    + """pub fn k(mut out: DisjointSlice<u32>) {
    static mut T: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut T) };
    let theirs = unsafe { cuda_device::cluster::map_shared_rank_mut(mine, cuda_device::cluster::block_rank() ^ 1) };
    unsafe { T[t] = t as u32 };
    let v = unsafe { *theirs.add(t) };
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v;
    }
}
""",
    "barrier at the end of a loop": BLOCK
    + """pub fn k(n: u32, mut out: DisjointSlice<u32>) {
    static mut T: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let mut sum = 0;
    let mut i = 0;
    while i < n {
        unsafe { T[t] = i };
        thread::sync_threads();
        sum += unsafe { T[63 - t] };
        i += 1;
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = sum;
    }
}
""",
    "barrier in a reduction": BLOCK
    + """pub fn k(mut out: DisjointSlice<u32>) {
    static mut T: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { T[t] = 1 };
    thread::sync_threads();
    let mut s = 32;
    while s > 0 {
        if t < s {
            unsafe { T[t] += T[t + s] };
        }
        s /= 2;
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = t as u32;
    }
}
""",
    "barrier not in a branch": BLOCK
    + """pub fn k(mut out: DisjointSlice<u32>) {
    static mut T: SharedArray<u32, 65> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { T[t + 1] = 1 };
    thread::sync_threads();
    let mut s = 0;
    while s < 64 {
        if t == s {
            unsafe {
                let before = T[t];
                T[t + 1] = before + 1;
            }
        }
        s += 1;
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = t as u32;
    }
}
""",
    "contract": """#[kernel]
pub fn k(mut out: DisjointSlice<u32>) {
    let i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;
    if i < out.len() {
        unsafe { *out.get_unchecked_mut(i) = 1 };
    }
}
""",
    "own element": BLOCK
    + """pub fn k(mut out: DisjointSlice<u32>) {
    let i = thread::index_1d().get();
    if i / 2 < out.len() {
        unsafe { *out.get_unchecked_mut(i / 2) = 1 };
    }
}
""",
    "one stride": """#[kernel]
pub fn k(a: u32, b: u32, mut out: DisjointSlice<u32>) {
    if let Some(i) = thread::index_2d(a as usize) {
        if let Some(o) = out.get_mut(i) {
            *o = 1;
        }
    }
    if let Some(i) = thread::index_2d(b as usize) {
        if let Some(o) = out.get_mut(i) {
            *o = 2;
        }
    }
}
""",
}


def _findings(text: str) -> list[Diagnostic]:
    host = AnalysisHost(check_all=True)
    host.set_file(FILE, text.encode())
    found = host.analysis().diagnostics(FILE).diagnostics
    return [d for d in found if d.code.startswith(("K02", "K03", "E", "syntax"))]


def _applied(text: str, finding: Diagnostic) -> str:
    raw = text.encode()
    edits = finding.suggestions[0].edits
    for edit in sorted(edits, key=lambda e: -e.span.start):
        raw = raw[: edit.span.start] + edit.text.encode() + raw[edit.span.end :]
    return raw.decode()


@pytest.mark.parametrize("name", CASES)
def test_the_fix_ends_the_finding(name: str) -> None:
    text = USE + CASES[name]
    findings = _findings(text)
    assert findings and findings[0].code in ("K0301", "K0302") and findings[0].suggestions
    assert _findings(_applied(text, findings[0])) == []


GUESSES = {
    "rows": BLOCK
    + """pub fn k(n: u32, mut out: DisjointSlice<u32>) {
    let i = (thread::threadIdx_x() * n + thread::blockIdx_x() % n) as usize;
    if i < out.len() {
        unsafe { *out.get_unchecked_mut(i) = 1 };
    }
}
""",
    "two axes": """#[kernel]
pub fn k(mut out: DisjointSlice<u32>) {
    let i = (thread::threadIdx_x() + thread::threadIdx_y()) as usize;
    if i < out.len() {
        unsafe { *out.get_unchecked_mut(i) = 1 };
    }
}
""",
}


@pytest.mark.parametrize("name", GUESSES)
def test_what_the_index_should_have_been_is_not_guessed(name: str) -> None:
    findings = _findings(USE + GUESSES[name])
    assert findings and findings[0].code in ("K0301", "K0302"), findings
    assert not any("own element" in s.message for f in findings for s in f.suggestions)
