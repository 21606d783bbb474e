"""The work of inference on chains of adapters around closures grows with their length, not by a factor at each link."""

from __future__ import annotations

import pytest

from compiler.semantics.host import AnalysisHost
from compiler.ty import infcx

WRAPPER = """
struct Iter<I>(I);
impl<I: Iterator> Iterator for Iter<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> { self.0.next() }
}
"""


def _n_unifications(links: int, monkeypatch: pytest.MonkeyPatch) -> int:
    calls = 0
    unify = infcx.InferCtxt.unify

    def counted(self: infcx.InferCtxt, *args: object) -> bool:
        nonlocal calls
        calls += 1
        return unify(self, *args)  # type: ignore[arg-type]

    host = AnalysisHost(check_all=True)
    text = f"{WRAPPER}fn f() -> usize {{ Iter(0i32..10){'.map(|x| x + 1)' * links}.count() }}\n"
    host.set_file("/chain.rs", text.encode())
    with monkeypatch.context() as patched:
        patched.setattr(infcx.InferCtxt, "unify", counted)
        found = host.analysis().diagnostics("/chain.rs").diagnostics
    assert not [d for d in found if d.severity.value == "error"]
    return calls


def test_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    _n_unifications(1, monkeypatch)  # the library's own bodies, once
    short, long = (_n_unifications(n, monkeypatch) for n in (4, 8))
    assert long < 6 * short
