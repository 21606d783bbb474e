"""Random programs: our MIR, evaluated, gives what the program compiled by rustc gives; our pattern errors are rustc's.

Longer runs: ``python tests/mir/test_mir_fuzz.py FIRST_SEED N_SEEDS``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import drop_generator
import pattern_generator
import pytest
from mir_support import database, fn_id
from rustc_mir import have_rustc

from compiler.hir.def_id import DefId
from compiler.mir.build.check_match import check_match
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.queries import constant_of
from compiler.mir.mono.fold import concrete_body
from compiler.query import Database
from compiler.resolve.source import item_start

needs_rustc = pytest.mark.skipif(not have_rustc(), reason="no rustc on this machine")


def rustc_values(text: str, n: int) -> list[int]:
    """What ``f0`` .. ``f{n - 1}`` return, by rustc."""
    main = "".join(f'println!("{{}}", f{i}());' for i in range(n))
    with tempfile.TemporaryDirectory() as tmp:
        source, program = Path(tmp, "t.rs"), Path(tmp, "t")
        source.write_text(f"{text}fn main() {{ {main} }}")
        command = ["rustc", "--edition", "2024", "-Awarnings", str(source), "-o", str(program)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return [
            int(line) for line in subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
        ]


def evaluated(db: Database, function: DefId) -> object:
    """What a function without parameters returns, by the constant evaluator: its body run, const or not."""
    value = constant_of(Machine(db).run(concrete_body(db, function, ())))
    return getattr(value, "bits", value)


def wrong_values(text: str, n: int) -> list[tuple[int, int, object]]:
    """(function, rustc's value, ours) where they differ."""
    expected = rustc_values(text, n)
    db = database(text)
    out = []
    for i, want in enumerate(expected):
        found = evaluated(db, fn_id(f"f{i}"))
        if found != want:
            out.append((i, want, found))
    return out


def wrong_matches(seed: int, n: int) -> list[tuple[int, int, object]]:
    make = pattern_generator.Patterns(seed)
    return wrong_values(pattern_generator.PRELUDE + "".join(make.function(i) for i in range(n)), n)


def wrong_drops(seed: int, n: int) -> list[tuple[int, int, object]]:
    make = drop_generator.Drops(seed)
    return wrong_values(drop_generator.PRELUDE + "".join(make.function(i) for i in range(n)), n)


def rustc_diagnostics(text: str) -> dict[str, list[tuple[str, int, str]]]:
    """(code, byte, message) of rustc's diagnostics by function."""
    with tempfile.TemporaryDirectory() as tmp:
        source = Path(tmp, "t.rs")
        source.write_text(text)
        command = ["rustc", "--edition", "2024", "--crate-type", "lib", "--error-format=json", "--emit=metadata"]
        done = subprocess.run([*command, "-o", f"{tmp}/m", str(source)], capture_output=True, text=True, check=False)
    out = defaultdict(list)
    lines = text.splitlines()
    for line in done.stderr.splitlines():
        diagnostic = json.loads(line)
        for span in diagnostic["spans"]:
            if span["is_primary"]:
                name = re.match(r"pub fn (\w+)", lines[span["line_start"] - 1])
                assert name is not None, diagnostic["message"]
                out[name[1]].append((diagnostic["code"]["code"], span["byte_start"], diagnostic["message"]))
                break
    return out


def wrong_diagnostics(seed: int, n: int) -> list[tuple[str, object, object]]:
    make = pattern_generator.Patterns(seed)
    allow = "#![allow(unreachable_patterns, "
    text = pattern_generator.PRELUDE.replace(allow, "#![allow(").replace("(unused, ", "(unused_variables, dead_code, ")
    text = text.replace("unreachable_patterns, ", "") + "".join(make.partial_match(i) for i in range(n))
    expected, db = rustc_diagnostics(text), database(text)
    out = []
    for i in range(n):
        start = item_start(db, fn_id(f"f{i}"))[1]
        found = [(d.code, d.primary.span.start + start, d.message) for d in check_match(db, fn_id(f"f{i}"))]
        if sorted(found) != sorted(expected[f"f{i}"]):
            out.append((f"f{i}", expected[f"f{i}"], found))
    return out


@pytest.mark.rustc
@needs_rustc
def test_matches() -> None:
    assert not wrong_matches(1, 60)


@pytest.mark.rustc
@needs_rustc
def test_drops() -> None:
    assert not wrong_drops(1, 60)


@pytest.mark.rustc
@needs_rustc
def test_pattern_diagnostics() -> None:
    assert not wrong_diagnostics(1, 80)


if __name__ == "__main__":
    for at in range(int(sys.argv[1]), int(sys.argv[1]) + int(sys.argv[2])):
        print(at, wrong_matches(at, 100), wrong_drops(at, 100), wrong_diagnostics(at, 150), flush=True)
