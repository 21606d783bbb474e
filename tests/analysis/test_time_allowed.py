"""The time allowed for a kernel: once it is over nothing more is searched, and what is open is undecided."""

from __future__ import annotations

import time

import pytest

from compiler.analysis.disjointness import enumerate as enumeration
from compiler.analysis.disjointness import report, solver
from compiler.diagnostics.model import Diagnostic
from compiler.semantics.host import AnalysisHost

FILE = "/time/case.rs"
RACY = """use cuda_device::{DisjointSlice, SharedArray, kernel, launch_contract, thread};
#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1))]
pub fn k(n: u32, mut out: DisjointSlice<u32>) {
    static mut TILE: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    let mut s = n as usize;
    while s > 0 {
        let other = t ^ s;
        if other < 64 && other > t {
            unsafe { TILE[other] = TILE[t] };
        }
        s /= 2;
    }
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = 1;
    }
}
"""


def _found(tile: str) -> list[Diagnostic]:
    host = AnalysisHost()
    host.set_file(FILE, RACY.replace("TILE", tile).encode())
    return [d for d in host.analysis().diagnostics(FILE).diagnostics if d.code.startswith("K03")]


@pytest.mark.parametrize("seconds", [0.0, 3600.0])
def test_nothing_is_searched_past_the_deadline(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    searched: list[str] = []
    decide, meeting = solver._decide, enumeration._Launched.meeting

    class Judgement(report.Judgement):
        __slots__ = ()

        def verdicts(self):
            self.deadline = time.thread_time() + seconds
            return super().verdicts()

    monkeypatch.setattr(report, "Judgement", Judgement)
    monkeypatch.setattr(report, "bounds_facts", lambda *_: ())
    monkeypatch.setattr(solver, "_answers", type(solver._answers)())
    monkeypatch.setattr(solver, "_decide", lambda *a: searched.append("solver") or decide(*a))
    monkeypatch.setattr(enumeration._Launched, "meeting", lambda *a: searched.append("numbers") or meeting(*a))
    found = _found(f"T{int(seconds)}")
    if seconds:
        assert len(found) == 1 and "not enough time" not in found[0].message, found
        assert set(searched) == {"solver", "numbers"}
    else:
        assert [d.code for d in found] == ["K0303"] and "not enough time" in found[0].message, found
        assert not searched
