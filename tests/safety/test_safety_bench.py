"""The safety benchmark's own parts: its kernels, mutants and labels."""

from __future__ import annotations

import pytest

from bench.safety_cases import cases
from bench.safety_metamorphic import rewrites
from bench.safety_mutants import mutants
from bench.safety_oracle import observe
from compiler.driver import CompileSession

KERNELS = {case.name: case for case in cases("safety_kernels")}
PORTS = {case.name: case for case in cases("safety_ports")}


@pytest.fixture(scope="module")
def sessions():
    return {}


def label(sessions, case, text=None):
    if case.file not in sessions:
        sessions[case.file] = CompileSession(case.file)
    session = sessions[case.file]
    session.set_text(session.file, (text or case.text).encode())
    return observe(session, case.name, case.launches).label


def test_there_are_enough_of_each():
    assert len(KERNELS) >= 60
    assert len(PORTS) >= 40
    assert {case.label for case in PORTS.values()} == {"race", "clean", "divergent"}
    assert sum(len(mutants(case)) for case in KERNELS.values()) >= 500


@pytest.mark.parametrize("name", ["rotate", "tree", "shared_histogram", "flag_with_fences"])
def test_kernels_are_clean(sessions, name):
    assert label(sessions, KERNELS[name]) == "clean"


@pytest.mark.parametrize("name", ["next_element", "barrier_for_even", "mailbox_without_acknowledgement", "chunks"])
def test_ports_are_what_their_label_says(sessions, name):
    assert label(sessions, PORTS[name]) == PORTS[name].label


@pytest.mark.parametrize(
    ("name", "operator", "expected"),
    [
        ("rotate", "drop barrier", "race"),
        ("rotate", "divergent barrier", "divergent"),
        ("rotate", "barrier of some blocks", "race"),
        ("rotate", "index / 2", "race"),
        ("shared_histogram", "atomic to plain", "race"),
        ("flag_with_fences", "relax order", "race"),
    ],
)
def test_a_mutant_is_labelled_by_running_it(sessions, name, operator, expected):
    mutant = next(m for m in mutants(KERNELS[name]) if m.operator == operator)
    assert label(sessions, KERNELS[name], mutant.text) == expected


def test_rewrites_keep_the_label(sessions):
    case = KERNELS["rotate"]
    texts = dict(rewrites(case))
    assert {"rename locals", "split indices", "double barriers"} <= set(texts)
    assert all(label(sessions, case, text) == "clean" for text in texts.values())
