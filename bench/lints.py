"""``python -m bench.lints``: the (line, lint) sets of ours against rustc's, on files and on generated functions.

What it is: with paths, every file by itself (those that rustc does not compile alone are counted and left out); with
``--generated N``, functions of :mod:`bench.borrowck_generator`, some mutated, in batches. What differs is printed with
its line.

Assumes: rustc. Guarantees: only the lints of :data:`LINTS` are compared, and only where rustc finds no error.

Example: ``python -m bench.lints --generated 2000 --seed 3`` or ``python -m bench.lints DIR/*.rs``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.borrowck_files import OurChecker, edition_of
from bench.borrowck_generator import PRELUDE, generate, mutate

LINTS = frozenset(
    (
        "unused_variables",
        "unused_assignments",
        "unused_mut",
        "unused_must_use",
        "unreachable_code",
        "unused_unsafe",
        "path_statements",
        "unused_parens",
        "dead_code",
        "unused_imports",
        "mismatched_lifetime_syntaxes",
    )
)
BATCH = 250
Findings = Counter[tuple[int, str]]
_PRELUDE = PRELUDE.replace("#![allow(unused, dead_code)]", "#![allow(dead_code)]")


def rustc_lints(text: str, edition: str = "", flags: tuple[str, ...] = ()) -> tuple[Findings, set[int]]:
    """rustc's lints, and the lines of its errors (0 for what has no line)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.rs")
        path.write_text(text)
        command = ["rustc", str(path), "--edition", edition or edition_of(text), "--crate-type", "lib"]
        command += ["--emit", "metadata", "--error-format=json", "-o", f"{folder}/t.rmeta", *flags]
        env = {**os.environ, "RUSTC_BOOTSTRAP": "1", "RUST_BACKTRACE": "0"}
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=env, timeout=120, errors="replace"
        )
    found: Findings = Counter()
    errors: set[int] = set()
    for line in done.stderr.splitlines():
        message = json.loads(line) if line.startswith("{") else {}
        if message.get("level") not in ("warning", "error"):
            continue
        code = (message.get("code") or {}).get("code", "")
        primary = [s for s in message["spans"] if s["is_primary"]]
        if code in LINTS:
            found[_line(primary[0]), code] += 1
        elif message["level"] == "error" and primary:
            errors.add(_line(primary[0]))
    if done.returncode and not found and not errors:
        errors.add(0)
    return found, errors


def _line(span: dict) -> int:  # type: ignore[type-arg]
    while span.get("expansion") and span["expansion"].get("span"):
        span = span["expansion"]["span"]
    return int(span["line_start"])


def our_lints(text: str, edition: str = "") -> Findings:
    data = text.encode()
    found: Findings = Counter()
    for d in OurChecker.shared().diagnostics(text, edition):
        if d.code in LINTS or d.severity.value == "error":
            found[data.count(b"\n", 0, d.primary.span.start) + 1, d.code] += 1
    return found


class Tally:
    """What was compared; ``show``: how many differences are printed."""

    def __init__(self, show: int) -> None:
        self.show = show
        self.agreed: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, name: str, text: str, ours: Findings, theirs: Findings) -> bool:
        """Whether the two are the same."""
        self.agreed.update(code for _, code in (ours & theirs).elements())
        self.false.update(code for _, code in (ours - theirs).elements())
        self.missed.update(code for _, code in (theirs - ours).elements())
        for what, more in (("false", ours - theirs), ("missed", theirs - ours)):
            for line, code in sorted(more):
                if self.show > 0:
                    self.show -= 1
                    print(f"{name}:{line}: {what} {code}: {text.splitlines()[line - 1].strip()}")
        return ours == theirs

    def __str__(self) -> str:
        return f"  agreed: {dict(self.agreed)}\n  false: {dict(self.false)}\n  missed: {dict(self.missed)}"


def compare_files(paths: list[Path], show: int, flags: tuple[str, ...]) -> int:
    tally = Tally(show)
    same = left_out = different = 0
    for path in paths:
        text = path.read_text("utf-8", "replace")
        theirs, errors = rustc_lints(text, "", flags)
        if errors:
            left_out += 1
        elif tally.add(str(path), text, our_lints(text), theirs):
            same += 1
        else:
            different += 1
    print(f"{same} files the same, {different} not, {left_out} that rustc does not compile\n{tally}")
    return different


def compare_generated(n: int, seed: int, show: int) -> int:
    rng = random.Random(seed)
    tally = Tally(show)
    n_done = n_different = 0
    seconds = 0.0
    while n_done < n:
        functions = [generate(rng, f"f{i}") for i in range(BATCH)]
        functions = [mutate(rng, f) if i % 2 else f for i, f in enumerate(functions)]
        functions, theirs, _ = _accepted(functions)
        n_done += len(functions)
        text = _PRELUDE + "".join(functions)
        began = time.perf_counter()
        ours = our_lints(text, "2021")
        seconds += time.perf_counter() - began
        if not tally.add(f"batch{n_done}", text, ours, theirs):
            n_different += 1
    print(f"{n_done} accepted functions, {n_different} batches differ, ours {seconds:.1f} s\n{tally}")
    return n_different


def _accepted(functions: list[str]) -> tuple[list[str], Findings, str]:
    """The functions that rustc accepts, with its lints."""
    while True:
        text = _PRELUDE + "".join(functions)
        theirs, errors = rustc_lints(text, "2021")
        if not errors:
            return functions, theirs, text
        kept = []
        line = _PRELUDE.count("\n") + 1
        for f in functions:
            end = line + f.count("\n")
            if not any(line <= e < end for e in errors):
                kept.append(f)
            line = end
        if len(kept) == len(functions):
            raise SystemExit("rustc rejects the prelude")
        functions = kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.lints", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--generated", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=40, help="how many differences are printed")
    parser.add_argument("--rustc-flags", default="")
    options = parser.parse_args()
    if options.generated:
        return int(bool(compare_generated(options.generated, options.seed, options.show)))
    files = [f for p in options.paths for f in ([p] if p.is_file() else sorted(p.rglob("*.rs")))]
    return int(bool(compare_files(files, options.show, tuple(options.rustc_flags.split()))))


if __name__ == "__main__":
    raise SystemExit(main())
