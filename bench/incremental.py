"""Incremental equals from scratch: random edits of a kernel file, the open session's answers against a fresh one's.

    python -m bench.incremental [--files examples/*.rs] [--edits 40] [--seed 1]

Assumes nothing of the file. Guarantees: every difference is printed with the edits that led to it, and the exit
status is 1. Edits are those of a person typing and of an editor: characters, tokens and lines removed, doubled, moved
or swapped, statements and items put in, whole texts taken back.

>>> edited("fn a() {}", random.Random(1)) != "fn a() {}"
True
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

from compiler.semantics.host import AnalysisHost

_TOKEN = re.compile(r"\w+|[^\w\s]")
_STATEMENTS = (
    "let probe: u32 = 1;",
    "let probe = true;",
    "thread::sync_threads();",
    "return;",
    "let _ = &mut probe;",
    "{",
)
_ITEMS = (
    "fn helper(x: f32) -> f32 { x }",
    "struct Extra { a: u32 }",
    "use core::cmp::Ordering;",
    "impl Clone for Extra { fn clone(&self) -> Extra { Extra { a: self.a } } }",
    "const EXTRA: usize = 3;",
)


def edited(text: str, rng: random.Random) -> str:
    """The text after one random edit."""
    kind = rng.randrange(7)
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[rng.randrange(len(lines))])
    elif kind == 2:
        lines.insert(at, "        " + rng.choice(_STATEMENTS))
    elif kind == 3:
        lines.insert(at, rng.choice(_ITEMS))
    else:
        return _with_tokens_changed(text, kind, rng)
    return "\n".join(lines)


def _with_tokens_changed(text: str, kind: int, rng: random.Random) -> str:
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return text + "x"
    one, other = rng.choice(tokens), rng.choice(tokens)
    if kind == 4:
        return text[: one.start()] + text[one.end() :]
    if kind == 5:
        return text[: one.start()] + other[0] + text[one.end() :]
    at = rng.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _answers(host: AnalysisHost, file: str) -> tuple[object, ...]:
    analysis = host.analysis()
    return (
        analysis.diagnostics(file).diagnostics,
        analysis.kernels(file),
        analysis.document_symbols(file),
        analysis.semantic_tokens(file),
    )


def difference(name: str, text: str, n_edits: int, seed: int) -> str:
    """What differs after a series of edits of a file, and which; "" if nothing does."""
    rng = random.Random(seed)
    host, original, made = AnalysisHost(), text, []
    host.set_file(name, text.encode())
    for n in range(n_edits):
        text = original if rng.random() < 0.2 else edited(text, rng)
        made.append(text)
        host.set_file(name, text.encode())
        if rng.random() < 0.3:
            continue  # nobody asked in between
        fresh = AnalysisHost()
        fresh.set_file(name, text.encode())
        for warm, cold in zip(_answers(host, name), _answers(fresh, name), strict=True):
            if warm != cold:
                return f"{name}, seed {seed}, edit {n}:\n{text}\nincremental: {warm}\nfrom scratch: {cold}"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    examples = sorted(Path(__file__).parent.parent.joinpath("examples").glob("*.rs"))
    parser.add_argument("--files", nargs="+", type=Path, default=examples)
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    n_wrong = 0
    for file in args.files:
        found = difference(f"/nowhere/{file.name}", file.read_text("utf-8"), args.edits, args.seed)
        n_wrong += bool(found)
        print(found or f"{file.name}: {args.edits} edits, no difference", flush=True)
    return 1 if n_wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
