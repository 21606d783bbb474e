"""Rewritings that keep a kernel's meaning keep the verdict: names, helpers, closures, axes, how a condition is spelt."""

from __future__ import annotations

import re

import pytest

from compiler.semantics.host import AnalysisHost

USES = "use cuda_device::{kernel, launch_contract, thread, warp};\n"
DIVERGENT = """#[kernel]
#[launch_contract(domain = 2, block = (32, 32, 1))]
fn k(n: u32) {
    let limit = n / 2;
    let own = thread::threadIdx_x() + 1;
    if own < limit {
        thread::sync_threads();
    }
}
"""
UNIFORM = DIVERGENT.replace("threadIdx_x", "blockIdx_x")


def _renamed(code: str) -> str:
    return re.sub(r"\b(limit|own|n)\b", lambda m: f"{m[0]}_of_it", code)


def _in_a_function(code: str) -> str:
    return "fn pass() { thread::sync_threads(); }\n" + code.replace(
        "        thread::sync_threads();", "        pass();"
    )


def _test_in_a_function(code: str) -> str:
    return "fn below(a: u32, b: u32) -> bool { a < b }\n" + code.replace("own < limit", "below(own, limit)")


def _in_a_closure(code: str) -> str:
    return code.replace("own < limit", "(|a: u32| a < limit)(own)")


def _through_a_reference(code: str) -> str:
    return code.replace("if own < limit", "let seen = &own;\n    if *seen < limit")


def _other_axis(code: str) -> str:
    return code.replace("Idx_x", "Idx_y")


def _negated(code: str) -> str:
    return code.replace("own < limit", "!(own >= limit)")


def _turned_round(code: str) -> str:
    return code.replace("own < limit", "limit > own")


def _by_a_flag(code: str) -> str:
    return code.replace("if own < limit", "let mut go = false;\n    if own < limit { go = true; }\n    if go")


def _by_a_match(code: str) -> str:
    return code.replace("if own < limit", "if matches!(own < limit, true)")


def _by_an_option(code: str) -> str:
    return code.replace("if own < limit", "if let Some(_) = limit.checked_sub(own + 1)")


def _by_a_loop(code: str) -> str:
    return code.replace("if own < limit {", "while own < limit {").replace(
        "sync_threads();\n", "sync_threads();\n        break;\n"
    )


def _early_return(code: str) -> str:
    return code.replace("if own < limit {", "if own >= limit { return; }\n    {")


REWRITINGS = [
    _renamed, _in_a_function, _test_in_a_function, _in_a_closure, _through_a_reference, _other_axis, _negated, _turned_round,
    _by_a_flag, _by_a_match, _by_an_option, _by_a_loop, _early_return,
]  # fmt: skip


def _verdict(code: str) -> list[str]:
    host = AnalysisHost()
    host.set_file("/meta/case.rs", (USES + code).encode())
    found = host.analysis().diagnostics("/meta/case.rs").diagnostics
    assert not [d for d in found if d.code.startswith("E") or d.code == "syntax"], found
    return [d.code for d in found if d.code.startswith("K02")]


@pytest.mark.parametrize("rewrite", REWRITINGS)
def test_the_verdict_stays(rewrite) -> None:
    assert rewrite(DIVERGENT) != DIVERGENT
    assert _verdict(rewrite(DIVERGENT)) == ["K0201"]
    assert _verdict(rewrite(UNIFORM)) == []
