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


def _found(code: str) -> set[str]:
    host = AnalysisHost()
    host.set_file("/explain/case.rs", code.encode())
    return {d.code for d in host.analysis().diagnostics("/explain/case.rs").diagnostics}


@pytest.mark.parametrize("code", PAGES)
def test_examples(code: str) -> None:
    page = explanation(code)
    assert page is not None
    wrong, right = re.findall(r"```rust\n(.*?)```", page, re.S)[:2]
    assert code in _found(PRELUDE + wrong)
    assert not {c for c in _found(PRELUDE + right) if c.startswith(code[:3])}
