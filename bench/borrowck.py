"""``python -m bench.borrowck``: the borrow checker's verdicts against rustc's.

``--ui FOLDER``: rustc's own tests, where the machine has them (``apt-get source rustc``; nothing of them is kept):
every ``.rs`` below the folder, or every example of the error-code pages (``.md``). (line, code) sets must be equal.
``--accepted FILE...``: no error of ours in files rustc accepts. ``--generated N``: see
:mod:`bench.borrowck_generated`.

A file is left out, and counted with the reason, by rules fixed beforehand: it needs what a kernel file has not (other
crates, nightly features, revisions, procedural macros), or it names items our library lacks (ours reports an unknown
name that rustc knows). The rest are *plain* (no closure, trait impl or ``Drop``) or not.

Assumes: rustc 1.95 for the verdicts. Guarantees: an exception is a disagreement.

Example: ``python -m bench.borrowck --ui rustc-1.95/tests/ui/nll --out /tmp/disagreements``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.borrowck_files import Errors, OurChecker, edition_of, have_rustc, rustc_messages

_NEEDS = {
    "nightly features": re.compile(r"#!\[feature|#!\[rustc_|-Z ?\w"),
    "revisions": re.compile(r"^//@?\s*revisions", re.M),
    "other crates": re.compile(r"^\s*extern crate|aux-build|proc_macro", re.M),
    "other editions": re.compile(r"^//@?\s*edition\s*:\s*(2015|2018)", re.M),
    "async": re.compile(r"\basync\b|\bawait\b|\byield\b"),
    "the heap and the operating system": re.compile(
        r"\bBox\b|\bbox\b|\bVec\b|vec!|\bString\b|\bRc\b|\bArc\b|\bHashMap\b|\bBTreeMap\b|\bHashSet\b|\bMutex\b|\bRwLock\b"
        r"|\bthread\b|std::(?:env|fs|io|thread|process|rc|sync|collections|time)|to_string|to_owned|\bCow\b|\bWeak\b"
    ),
    "formatting": re.compile(r"\b(?:println|print|eprintln|format|write|dbg|panic|format_args)!|\bDebug\b|\bDisplay\b"),
}
_NOT_PLAIN = re.compile(r"\|[^|]*\||\bimpl\b[^{]*\bfor\b|\btrait\b|\bDrop\b|\bdyn\b|\bFn(?:Mut|Once)?\b|derive")
_UNKNOWN_NAMES = frozenset(("E0432", "E0433", "E0412", "E0425", "E0405", "E0405", "E0599", "unsupported", "E0463"))
_FENCE = re.compile(r"^```(.*?)\n(.*?)^```", re.M | re.S)


@dataclass(slots=True)
class Case:
    name: str
    text: str
    edition: str


@dataclass(slots=True)
class Tally:
    """Counts of one class of files."""

    n_files: int = 0
    n_equal: int = 0
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)

    def shown(self, title: str) -> str:
        share = 100 * self.n_equal / self.n_files if self.n_files else 0
        return (
            f"{title}: {self.n_equal} of {self.n_files} files agree exactly ({share:.1f} %)\n"
            f"  false errors: {_counts(self.false)}\n  missed errors: {_counts(self.missed)}"
        )


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{code or 'lifetime'} {n}" for code, n in counter.most_common()) or "none"


# ---------------------------------------------------------------- the files


def cases(path: Path) -> list[Case]:
    if path.suffix == ".md":
        return _examples(path)
    text = path.read_text(errors="replace")
    return [Case(str(path), text, edition_of(text))]


def _examples(path: Path) -> list[Case]:
    """Rust examples of an error-code page; hidden lines count."""
    out = []
    for i, (info, code) in enumerate(_FENCE.findall(path.read_text())):
        words = re.split(r"[,\s]+", info.strip())
        if set(words) & {"text", "ignore", "none", "toml", "sh", "console"}:
            continue
        lines = [line[2:] if line.startswith("# ") else "" if line == "#" else line for line in code.splitlines()]
        body = "\n".join(lines)
        if not re.search(r"\bfn main\b", body) and "#![" not in body:
            body = body + "\nfn main() {}" if _only_items(body) else f"fn main() {{ {body}\n}}"
        edition = next((w[7:] for w in words if w.startswith("edition")), "2021")
        out.append(Case(f"{path.name}#{i}", body, edition))
    return out


def _only_items(body: str) -> bool:
    starts = (
        "fn ",
        "pub ",
        "struct ",
        "enum ",
        "impl",
        "trait ",
        "use ",
        "mod ",
        "const ",
        "static ",
        "type ",
        "unsafe ",
        "#",
        "//",
        "}",
        "extern ",
        "where",
        "{",
        ")",
        "union ",
        "macro_rules",
    )
    return all(not line or line[0] in " \t" or line.startswith(starts) for line in body.splitlines())


def left_out(case: Case) -> str:
    return next((reason for reason, pattern in _NEEDS.items() if pattern.search(case.text)), "")


# ---------------------------------------------------------------- comparing


def compare(paths: list[Path], out: Path | None, verbose: bool) -> int:
    checker = OurChecker.shared()
    tallies = {"plain language": Tally(), "with closures, traits and Drop": Tally()}
    excluded: Counter[str] = Counter()
    for case in (c for path in paths for c in cases(path)):
        reason = left_out(case)
        if reason:
            excluded[reason] += 1
            continue
        theirs = rustc_messages(case.text, case.edition)
        ours = checker.messages(case.text, case.edition)
        unknown = [m for m in ours if m[1] in _UNKNOWN_NAMES and (m[0], m[1]) not in {(x[0], x[1]) for x in theirs}]
        if unknown:
            excluded["names our library lacks"] += 1
            if verbose:
                print(f"left out {case.name}: {unknown[0]}")
            continue
        tally = tallies["with closures, traits and Drop" if _NOT_PLAIN.search(case.text) else "plain language"]
        _note(tally, case, ours, theirs, out)
    for title, tally in tallies.items():
        print(tally.shown(title))
        if verbose:
            print("  " + "\n  ".join(tally.different))
    print("left out: " + (", ".join(f"{n} {reason}" for reason, n in excluded.most_common()) or "none"))
    return sum(t.n_files - t.n_equal for t in tallies.values())


def _note(
    tally: Tally, case: Case, ours: list[tuple[int, str, str]], theirs: list[tuple[int, str, str]], out: Path | None
) -> None:
    mine: Errors = {(line, code) for line, code, _ in ours}
    wanted: Errors = {(line, code) for line, code, _ in theirs}
    tally.n_files += 1
    if mine == wanted:
        tally.n_equal += 1
        return
    false, missed = sorted(mine - wanted), sorted(wanted - mine)
    tally.false.update(code for _, code in false)
    tally.missed.update(code for _, code in missed)
    tally.different.append(f"{case.name}: false {false} missed {missed}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "_", case.name)[-80:]
        notes = [f"// false {line} {code} {text}" for line, code, text in ours if (line, code) in false]
        notes += [f"// missed {line} {code} {text}" for line, code, text in theirs if (line, code) in missed]
        (out / f"{name}.rs").write_text(case.text + "\n" + "\n".join(notes) + "\n")


def accepted(paths: list[Path]) -> int:
    """Files rustc accepts: every error of ours is false."""
    checker, n_bad = OurChecker.shared(), 0
    for path in paths:
        text = path.read_text()
        found = checker.messages(text)
        n_bad += bool(found)
        for line, code, message in found:
            print(f"{path}:{line}: {code} {message}")
    print(f"{len(paths) - n_bad} of {len(paths)} accepted files have no error")
    return n_bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ui", type=Path, nargs="*", default=[], help="folders or files of rustc's tests")
    parser.add_argument("--accepted", type=Path, nargs="*", default=[], help="files or folders of accepted code")
    parser.add_argument("--generated", type=int, default=0, help="number of generated functions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes for generated functions")
    parser.add_argument("--record", type=Path, help="only write rustc's answers on generated functions to this file")
    parser.add_argument("--answers", type=Path, help="compare generated functions with these answers; run no rustc")
    parser.add_argument("--out", type=Path, help="folder for disagreements (outside the repository)")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    if (args.record or args.answers) and not args.generated:
        parser.error("--record and --answers are of generated functions: say how many with --generated")
    if not have_rustc() and (args.ui or (args.generated and not args.answers)):
        print("no rustc on this machine: nothing to compare with")
        return 1
    n_bad = 0
    if args.ui:
        n_bad += compare(_files(args.ui, (".rs", ".md")), args.out, args.verbose)
    if args.accepted:
        n_bad += accepted(_files(args.accepted, (".rs",)))
    if args.generated:
        from bench import borrowck_answers as answers
        from bench.borrowck_generated import run

        if args.record:
            n = answers.record(args.record, args.seed, -(-args.generated // answers.BATCH))
            print(f"rustc's verdicts on {n} functions in {args.record}")
            return 0
        judge = answers.Recorded(args.answers) if args.answers else answers.by_rustc
        n_bad += run(args.generated, args.seed, args.out, args.jobs, judge)
    return 1 if n_bad else 0


def _files(paths: list[Path], suffixes: tuple[str, ...]) -> list[Path]:
    found = [p for path in paths for p in ([path] if path.is_file() else sorted(path.rglob("*")))]
    return [p for p in found if p.suffix in suffixes]


if __name__ == "__main__":
    sys.exit(main())
