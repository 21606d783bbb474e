"""The analysis in its own process answers as the one in this process does, is stopped, and survives its own death.

Assumes and guarantees: as :mod:`oxide_lsp.analysis_process`. Example: ``remote.analysis().kernels(FILE)``.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from compiler.semantics.api import Cancelled
from compiler.semantics.host import AnalysisHost
from oxide_lsp.analysis_process.remote import AnalysisDied, RemoteHost

FILE = "/nowhere/k.rs"
TEXT = b"""use cuda_device::{kernel, thread, DisjointSlice};

#[kernel]
pub fn k(x: &[f32], mut y: DisjointSlice<f32>) {
    let index = thread::index_1d();
    if let Some(slot) = y.get_mut(index) {
        *slot = 1u32;
    }
}
"""
MANY = TEXT + b"".join(TEXT[TEXT.index(b"#[kernel]") :].replace(b"fn k", b"fn k%d" % i) for i in range(400))


@pytest.fixture(scope="module")
def remote() -> Iterator[RemoteHost]:
    host = RemoteHost()
    yield host
    host.close()


def test_answers_are_those_of_a_host_in_this_process(remote: RemoteHost) -> None:
    local = AnalysisHost()
    for text in (TEXT, TEXT.replace(b"1u32", b"x[index.get()]"), TEXT):
        for host in (remote, local):
            host.set_file(FILE, text)
        there, here = remote.analysis(), local.analysis()
        assert there.diagnostics(FILE).diagnostics == here.diagnostics(FILE).diagnostics
        assert there.kernels(FILE) == here.kernels(FILE)
        assert there.has_kernels(FILE)
        at = TEXT.index(b"index =")
        assert there.hover(FILE, at) == here.hover(FILE, at) is not None
        assert there.kernel_at(FILE, at) == here.kernels(FILE)[0]
        assert there.kernel_at(FILE, 0) is None


def test_a_cancelled_snapshot_answers_no_more_and_the_next_does(remote: RemoteHost) -> None:
    remote.set_file(FILE, TEXT)
    snapshot = remote.analysis()
    remote.cancel()
    with pytest.raises(Cancelled):
        snapshot.diagnostics(FILE)
    remote.set_file(FILE, MANY)
    snapshot = remote.analysis()
    threading.Timer(0.3, remote.cancel).start()
    with pytest.raises(Cancelled):
        snapshot.diagnostics(FILE)
    remote.set_file(FILE, TEXT)
    assert [d.code for d in remote.analysis().diagnostics(FILE).diagnostics] == ["E0308"]


def test_errors_over_there_are_errors_here(remote: RemoteHost) -> None:
    with pytest.raises(AttributeError):
        remote.analysis().no_such_question(FILE)  # type: ignore[attr-defined]


def test_a_process_that_dies_is_started_again_with_the_same_texts(remote: RemoteHost) -> None:
    remote.set_file(FILE, TEXT)
    before = remote.analysis().diagnostics(FILE)
    remote._process.kill()
    remote._process.wait()
    assert remote.analysis().diagnostics(FILE).diagnostics == before.diagnostics
    remote.set_file(FILE, MANY)
    threading.Timer(0.3, remote._process.kill).start()
    with pytest.raises(AnalysisDied):
        remote.analysis().diagnostics(FILE)
    remote.set_file(FILE, TEXT)
    assert remote.analysis().diagnostics(FILE).diagnostics == before.diagnostics
