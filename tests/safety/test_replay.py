"""Witnesses replayed: a true one is confirmed with its schedule, an untrue or impossible one is not."""

from __future__ import annotations

import pytest

from compiler.analysis.disjointness.verdict import AccessKind, MemoryObject, Place, Space, ThreadId, Witness
from compiler.base.span import Span
from compiler.driver import CompileSession
from compiler.replay import replay, replayed_races
from compiler.replayed import ReplayOutcome, key_of, settle
from compiler.resolve.source import item_start
from compiler.semantics.host import AnalysisHost

SOURCE = b"""
use cuda_device::{DisjointSlice, SharedArray, kernel, thread};
#[kernel]
pub fn shift(x: &[f32], mut out: DisjointSlice<f32>) {
    static mut TILE: SharedArray<f32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { TILE[t] = x[t] };
    let v = unsafe { TILE[(t + 1) % 64] };
    thread::sync_threads();
    let w = unsafe { TILE[(t + 2) % 64] };
    if let Some(o) = out.get_mut(thread::index_1d()) {
        *o = v + w;
    }
}
#[kernel]
pub fn scatter(at: &[u32], mut out: DisjointSlice<u32>) {
    let i = thread::threadIdx_x() as usize;
    let place = at[i] as usize;
    if place < out.len() {
        unsafe { *out.get_unchecked_mut(place) = i as u32 };
    }
}
"""
TILE = MemoryObject("static", "TILE", Space.SHARED, -1, 4)
OUT = MemoryObject("param", "out", Space.GLOBAL, 1, 4)
FIRST, SECOND = ThreadId((0, 0, 0), (0, 0, 0)), ThreadId((0, 0, 0), (1, 0, 0))


@pytest.fixture(scope="module")
def session():
    return CompileSession("/replayed.rs", {"/replayed.rs": SOURCE})


def witness(session, kernel, texts, memory, sizes, grid=(1, 1, 1), certain=True):
    owner = session.kernel(kernel)
    _, start = item_start(session.db, owner)
    places = []
    for text, kind in texts:
        at = SOURCE.index(text) - start
        places.append(Place(owner, Span(at, at + len(text)), kind))
    return Witness(
        kernel, "", grid, (64, 1, 1), sizes, (), (), 0, FIRST, SECOND, memory, 1, *places, certain=certain
    )  # fmt: skip


WRITE, READ = (b"TILE[t] = x[t]", AccessKind.WRITE), (b"TILE[(t + 1) % 64]", AccessKind.READ)
SIZES = (("x", 64), ("out", 64))


def test_a_true_witness_is_confirmed(session):
    result = replay(session, witness(session, "shift", (WRITE, READ), TILE, SIZES))
    assert result.outcome is ReplayOutcome.CONFIRMED
    assert result.finding.schedule.name == "in-order"
    assert result.finding.finding.memory == "TILE"


def test_ordered_accesses_are_not_seen(session):
    after = (b"TILE[(t + 2) % 64]", AccessKind.READ)
    result = replay(session, witness(session, "shift", (WRITE, after), TILE, SIZES))
    assert result.outcome is ReplayOutcome.NOT_SEEN
    assert result.seen


def test_data_that_decides_is_varied(session):
    write = (b"*out.get_unchecked_mut(place) = i as u32", AccessKind.WRITE)
    claim = witness(session, "scatter", (write, write), OUT, (("at", 64), ("out", 64)), certain=False)
    assert replay(session, claim).outcome is ReplayOutcome.CONFIRMED


def test_a_launch_too_large_is_not_run(session):
    result = replay(session, witness(session, "shift", (WRITE, READ), TILE, SIZES, grid=(1 << 20, 1, 1)))
    assert result.outcome is ReplayOutcome.NOT_RUN
    assert "threads" in result.reason


STORED = """
use cuda_device::{SharedArray, kernel, launch_contract, thread};
#[kernel]
#[launch_contract(domain = 1, block = (64, 1, 1))]
pub fn k(x: &[u32]) {
    static mut AT: SharedArray<u32, 64> = SharedArray::UNINIT;
    static mut KEYS: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { AT[t] = %s };
    thread::sync_threads();
    unsafe { KEYS[AT[63 - t] as usize & 63] = 1 + t as u32 };
}
"""


@pytest.mark.parametrize(
    ("stored", "code"),
    [("if t < x.len() { x[t] } else { 0 }", "K0302"), ("t as u32 ^ 5", "K0303")],
)
def test_an_index_the_kernel_stored_is_an_alarm_once_it_was_seen(stored, code):
    text, host = (STORED % stored).encode(), AnalysisHost()
    host.set_file("/stored.rs", text)
    settled = replayed_races(CompileSession("/stored.rs", {"/stored.rs": text}))
    found = [d for d in host.analysis().diagnostics("/stored.rs").diagnostics if d.code[:3] == "K03"]
    assert [settle(d, settled.get(key_of(d))).code for d in found] == [code]


CLUSTERS = b"""
use cuda_device::{DisjointSlice, SharedArray, cluster, cluster_launch, kernel, launch_contract, thread};
#[kernel]
#[cluster_launch(2)]
#[launch_contract(domain = 1, block = (64, 1, 1))]
pub fn not_there_yet(mut y: DisjointSlice<u32>) {
    static mut S: SharedArray<u32, 64> = SharedArray::UNINIT;
    let t = thread::threadIdx_x() as usize;
    unsafe { S[t] = t as u32 };
    thread::sync_threads();
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut S) };
    let theirs = unsafe { cluster::map_shared_rank(mine as *const u32, cluster::block_rank() ^ 1) };
    let got = unsafe { *theirs.add(63 - t) };
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = got;
    }
}
#[kernel]
#[cluster_launch(2)]
#[launch_contract(domain = 1, block = (64, 1, 1))]
pub fn into_the_next_cluster(mut a: DisjointSlice<u32>, mut y: DisjointSlice<u32>) {
    let i = thread::index_1d().get();
    unsafe { *a.get_unchecked_mut(i) = 1 };
    cluster::cluster_sync();
    let other = unsafe { *a.as_mut_ptr().add(i + 64) };
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = other;
    }
}
"""


def test_races_between_the_blocks_of_a_cluster_and_between_clusters_are_confirmed():
    settled = replayed_races(CompileSession("/clusters.rs", {"/clusters.rs": CLUSTERS}))
    assert [replayed.outcome for replayed in settled.values()] == [ReplayOutcome.CONFIRMED] * 2
