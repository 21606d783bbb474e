"""``python -m bench.borrowck_speed``: what the borrow checker costs.

What it is: a generated function of N statements (slices, reborrows, structs with references, branches, calls) is
checked from nothing (types and MIR known: the borrow checker's own time) and again after an edit inside it; so is one
of ordinary size.

Assumes: nothing. Guarantees: user CPU seconds of this process, the least of several rounds, in milliseconds; the
garbage collector is off while the clock runs, as it is in the server's analysis process.

Example: ``python -m bench.borrowck_speed --statements 500 --rounds 5 --profile``.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import time

from compiler.hir.def_id import DefId, DefKind

AFTER_EDIT = "borrow check after an edit of this function"
ORDINARY = 40  # statements

_HEAD = """
struct Pair<'a> { left: &'a mut [f32], n: usize }
fn pick<'a>(v: &'a [f32], i: usize) -> &'a f32 { &v[i] }
fn step(p: &mut Pair<'_>, i: usize) -> f32 { p.left[i] += 1.0; p.left[i] }
"""


def source(n_statements: int, salt: int = 0) -> str:
    """A file with ``fn big`` of about that many statements."""
    lines = []
    for i in range(n_statements // 8):
        lines += [
            f"let a{i} = pick(v, {i} % n);",
            f"let mut s{i} = *a{i} + {i + salt}.0;",
            f"let mut p{i} = Pair {{ left: &mut out[{i} % n..], n }};",
            f"s{i} += step(&mut p{i}, 0);",
            f"if s{i} > 1.0 {{ p{i}.left[0] = s{i}; }}",
            f"let r{i} = &mut s{i};",
            f"*r{i} += (p{i}.n + {i}) as f32;",
            f"total += s{i};",
        ]
    body = "\n    ".join(lines)
    head = f"{_HEAD}fn big(v: &[f32], out: &mut [f32], n: usize) -> f32 {{\n    let mut total = 0.0;\n"
    return f"{head}    {body}\n    total\n}}\n"


class Subject:
    """One database with the file in it."""

    def __init__(self, text: str) -> None:
        from compiler.query import Database
        from compiler.resolve.workspace import load_library, load_workspace

        self.db = Database()
        self.library = load_library(self.db)
        self.file = "/bench/big.rs"
        self._load = load_workspace
        self.set(text)

    def set(self, text: str) -> None:
        from compiler.resolve.workspace import set_file

        set_file(self.db, self.file, text.encode())
        self._load(self.db, self.file, self.library)

    @property
    def owner(self) -> DefId:
        return DefId(DefId.crate("main"), DefKind.FN, "big")


def measure(n_statements: int, rounds: int, profile: bool) -> dict[str, float]:
    """Milliseconds of each part."""
    gc.collect()
    gc.disable()
    try:
        return _parts(n_statements, rounds, profile)
    finally:
        gc.enable()


def _parts(n_statements: int, rounds: int, profile: bool) -> dict[str, float]:
    from compiler.analysis.borrowck import borrow_check
    from compiler.analysis.borrowck.check import check_body
    from compiler.mir.build import mir_built

    subject = Subject(source(n_statements))
    db, owner = subject.db, subject.owner
    body = mir_built(db, owner)
    assert not body.tainted_by_errors and not borrow_check(db, owner)
    out = {"MIR statements": float(sum(len(b.statements) + 1 for b in body.blocks))}
    best = min(_timed(lambda: check_body(db, owner, body)) for _ in range(rounds))
    out["borrow check, cold"] = best
    again = []
    for i in range(rounds):
        subject.set(source(n_statements, i + 1))
        mir_built(db, owner)
        again.append(_timed(lambda: borrow_check(db, owner)))
    out[AFTER_EDIT] = min(again)
    out["asked again, nothing changed"] = min(_timed(lambda: borrow_check(db, owner)) for _ in range(rounds))
    if profile:
        profiler = cProfile.Profile()
        profiler.runcall(check_body, db, owner, body)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)
    return out


def ordinary(rounds: int) -> float:
    """Milliseconds for a function of ordinary size after an edit in it."""
    return measure(ORDINARY, rounds, False)[AFTER_EDIT]


def _timed(action: object) -> float:
    assert callable(action)
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    for name, value in measure(args.statements, args.rounds, args.profile).items():
        print(f"{name:48} {value:8.1f}")
    print(f"{f'the same for one of {ORDINARY} statements':48} {ordinary(args.rounds):8.1f}")


if __name__ == "__main__":
    main()
