"""Bounds checks that are proved for every launch the hardware accepts are not in the PTX; others are."""

from __future__ import annotations

import itertools
import time

import pytest

from compiler.analysis.disjointness import report
from compiler.driver import CompileOptions, CompileSession

FILE = "/checks/k.rs"
USE = "use cuda_device::{DisjointSlice, kernel, launch_bounds, launch_contract, thread};\n"
ROW = """#[kernel]
#[launch_contract(domain = 1, block = (128, 1, 1){requires})]
pub fn k(x: &[f32], mut y: DisjointSlice<f32>) {{
    let (b, t) = (thread::blockIdx_x() as usize, thread::threadIdx_x() as usize);
    if {guard} {{
        return;
    }}
    let v = if t < 64 {{ x[b * 64 + {index}] }} else {{ 0.0 }};
    if let Some(o) = y.get_mut(thread::index_1d()) {{
        *o = v;
    }}
}}
"""
TILES = """#[kernel]
{attribute}
pub fn k(x: &[f32], mut y: DisjointSlice<f32>) {{
    let t = thread::threadIdx_x() as usize;
    let whole = x.len() / 64 * 64;
    let mut sum = 0.0;
    for at in (0..whole).step_by(64) {{
        sum += x[{index}];
    }}
    if let Some(o) = y.get_mut(thread::index_1d()) {{
        *o = sum;
    }}
}}
"""


def traps(text: str, **options: object) -> int:
    """``trap`` instructions of the kernel's PTX."""
    session = CompileSession(FILE, {FILE: (USE + text).encode()})
    made = session.compile(session.instance("k"), CompileOptions("sm_90", use_cache=False, **options))  # type: ignore[arg-type]
    return made.ptx.count("trap;")


def row(index: str = "t", guard: str = "(b + 1) * 64 > x.len()", requires: str = "") -> str:
    return ROW.format(index=index, guard=guard, requires=requires)


def test_a_check_that_cannot_fail_is_gone():
    assert traps(row(), proved_checks=True) == 1
    assert traps(row()) == 0


@pytest.mark.parametrize(
    "text",
    [
        row("t + 1"),
        row(guard="b * 64 > x.len()"),
        row("t.wrapping_mul(1 << 60)"),
        row(guard="(b as u32 * 64 + 64) as usize > x.len()"),  # wraps around in 32 bits
    ],
)
def test_a_check_that_can_fail_stays(text):
    assert traps(text) == 1


def test_what_only_the_host_checks_is_not_believed():
    text = row("t", "x.len() == 0", ", requires = (x.len() >= 64)")
    assert traps(text.replace("b * 64 + ", "")) == 1


@pytest.mark.parametrize(
    ("attribute", "index", "left"),
    [
        ("#[launch_bounds(64)]", "0", False),
        ("#[launch_bounds(64)]", "at", False),
        ("#[launch_bounds(64)]", "at + 64", True),
        ("", "at + t", True),
    ],
)
def test_loops(attribute, index, left):
    text = TILES.format(attribute=attribute, index=index)
    assert (traps(text) > 0) == left  # a loop that keeps its check may hold it several times


def test_without_optimisation_every_check_stays():
    assert traps(row(), opt_level=0) >= 1


def rows(n: int) -> str:
    """The same check ``n`` times."""
    read = "if t < 64 {\n        v += x[b * 64 + t];\n    }\n    "
    before, _, after = row().partition("let v = if")
    return before + "let mut v = 0.0;\n    " + n * read + after.partition("\n    ")[2]


def test_what_is_left_out_does_not_depend_on_the_time_it_takes(monkeypatch):
    assert traps(rows(160), proved_checks=True) > 0
    late = itertools.count()
    monkeypatch.setattr(time, "thread_time", lambda: 1000.0 * next(late))
    assert traps(rows(160)) == 0


def test_a_kernel_of_too_many_steps_keeps_its_checks(monkeypatch):
    monkeypatch.setattr(report, "CHECKS_EFFORT", 10)
    assert traps(rows(2)) > 0
