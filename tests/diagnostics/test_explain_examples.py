"""The examples of explain pages: the first program has the finding the page is about, the second has not."""

from __future__ import annotations

import re

import pytest

from compiler.diagnostics.codes import codes, explanation
from compiler.semantics.host import AnalysisHost

PRELUDE = """use cuda_core::LaunchConfig;
use cuda_device::atomic::{AtomicOrdering, DeviceAtomicU32};
use cuda_device::{
    DisjointSlice, DynamicSharedArray, SharedArray, Uniform, cluster, cooperative_launch, grid, kernel, launch_bounds, launch_contract, thread, warp,
};
"""
PAGES = [c for c in codes() if c.startswith(("K02", "K04", "K05"))]

BORROWS = (
    "E0309 E0310 E0311 E0373 E0381 E0382 E0384 E0499 E0500 E0501 E0502 E0503 E0505 E0506 E0507 E0508 E0509 E0510 E0515"
)
BORROWS += " E0521 E0524 E0594 E0596 E0597 E0621 E0713 E0716"


def _found(code: str, everything: bool = False) -> set[str]:
    host = AnalysisHost(check_all=everything)
    host.set_file("/explain/case.rs", code.encode())
    return {d.code for d in host.analysis().diagnostics("/explain/case.rs").diagnostics}


@pytest.mark.parametrize("code", PAGES)
def test_examples(code: str) -> None:
    page = explanation(code)
    assert page is not None
    wrong, right = re.findall(r"```rust\n(.*?)```", page, re.S)[:2]
    assert code in _found(PRELUDE + wrong)
    assert not {c for c in _found(PRELUDE + right) if c.startswith(code[:3])}


@pytest.mark.parametrize("code", BORROWS.split())
def test_borrow_examples(code: str) -> None:
    """Host code, whole programs: the first has this error and no other, the second none."""
    wrong, right = re.findall(r"```rust\n(.*?)```", explanation(code) or "", re.S)[:2]
    assert {c for c in _found(wrong, True) if c.startswith("E")} == {code}
    assert not {c for c in _found(right, True) if c.startswith("E")}
