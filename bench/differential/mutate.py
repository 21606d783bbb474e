"""Programs that must not type-check: our verdict against rustc's on small mutations of generated programs.

A mutation replaces, drops, doubles or swaps tokens of one program so that names, types, arities, patterns or traits no longer
fit. rustc's answer is the set of (line, code) of its errors without the borrow checker's; ours is what ``check`` reports. The
answers agree if both accept, or if our first error is one of rustc's and the other way round its first is one of ours. Example::

    oxide  [(12, 'E0308')]  rustc [(12, 'E0308'), (14, 'E0425')]   -> agree
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.differential.source import PRELUDE, Program, program

Errors = tuple[tuple[int, str], ...]
_BORROWCK = {
    "E0373",
    "E0381",
    "E0382",
    "E0384",
    "E0492",
    "E0499",
    "E0500",
    "E0501",
    "E0502",
    "E0503",
    "E0505",
    "E0506",
    "E0507",
    "E0508",
    "E0509",
    "E0510",
    "E0515",
    "E0521",
    "E0594",
    "E0596",
    "E0597",
    "E0626",
    "E0700",
    "E0712",
    "E0713",
    "E0716",
    "E0309",
    "E0310",
    "E0311",
    "E0524",
    "E0621",
}
_TOKEN = re.compile(
    r"'[a-z]\w*\b(?!')|[A-Za-z_]\w*|\d[\w.]*|'[^']+'|\"[^\"]*\"|::|->|=>|\.\.=|\.\.|&&|\|\||[-+*/%^&|<>=!]=|<<|>>|\S"
)
_TYPES = ["u8", "i8", "u16", "i32", "u32", "u64", "i64", "u128", "usize", "f32", "f64", "bool", "char"]
_METHODS = [
    "map",
    "filter",
    "fold",
    "wrapping_add",
    "unwrap_or",
    "rotate_left",
    "is_some",
    "sum",
    "count",
    "copied",
    "len",
    "abs",
    "max",
    "to_bits",
    "sqrt",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One mutated program; ``ours`` and ``theirs`` are sorted (line, code)."""

    seed: int
    mutation: str
    text: str
    ours: Errors
    theirs: Errors

    @property
    def agrees(self) -> bool:
        if not self.ours or not self.theirs:
            return self.ours == self.theirs
        return self.ours[0] in self.theirs and self.theirs[0] in self.ours

    @property
    def label(self) -> str:
        """The class of a disagreement."""
        if self.agrees:
            return "agree"
        if not self.theirs:
            return f"false error {self.ours[0][1] or 'syntax'}"
        if not self.ours:
            return f"missed {self.theirs[0][1] or 'syntax'}"
        if self.ours[0][1] == self.theirs[0][1]:
            return f"line of {self.ours[0][1] or 'syntax'}"
        return f"{self.ours[0][1] or 'syntax'} for {self.theirs[0][1] or 'syntax'}"


def _spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _TOKEN.finditer(text)]


def _replace(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _where(text: str, rng: Random, fits: Callable[[str], bool]) -> tuple[int, int] | None:
    found = [s for s in _spans(text) if fits(text[s[0] : s[1]])]
    return rng.choice(found) if found else None


def _names(text: str) -> list[str]:
    return sorted(set(re.findall(r"\b[a-z]\d+\b", text))) or ["x"]


def mutated(text: str, rng: Random) -> tuple[str, str]:
    """A mutation's name and the text after it."""
    kind = rng.choice(tuple(_MUTATIONS))
    fits, new = _MUTATIONS[kind]
    at = _where(text, rng, fits)
    return (kind, _replace(text, at, new(text, rng, text[at[0] : at[1]]))) if at else ("none", text)


_Fits, _New = Callable[[str], bool], Callable[[str, Random, str], str]
_MUTATIONS: dict[str, tuple[_Fits, _New]] = {
    "other type": (lambda s: s in _TYPES, lambda t, r, s: r.choice([x for x in _TYPES if x != s])),
    "other variable": (lambda s: bool(re.fullmatch(r"[a-z]\d+", s)), lambda t, r, s: r.choice(_names(t))),
    "unknown name": (lambda s: bool(re.fullmatch(r"[a-z]\d+", s)), lambda t, r, s: s + "x"),
    "other method": (lambda s: s in _METHODS, lambda t, r, s: r.choice(_METHODS)),
    "unknown method": (lambda s: s in _METHODS, lambda t, r, s: s + "_"),
    "other literal": (lambda s: s[0].isdigit(), lambda t, r, s: r.choice(("true", "'c'", "1.5", "()", "\"s\"", "[1]", "3u8", "&1", "None"))),
    "other operator": (lambda s: s in ["+", "-", "*", "/", "&", "|", "^", "==", "<", "&&", "||"], lambda t, r, s: r.choice(["+", "-", "&&", "||", "==", "<", "<<", "..", "%"])),
    "no reference": (lambda s: s == "&", lambda t, r, s: ""),
    "reference": (lambda s: bool(re.fullmatch(r"[a-z]\d+", s)), lambda t, r, s: "&" + s),
    "dereference": (lambda s: bool(re.fullmatch(r"[a-z]\d+", s)), lambda t, r, s: "*" + s),
    "not": (lambda s: bool(re.fullmatch(r"[a-z]\d+", s)), lambda t, r, s: r.choice("!-") + s),
    "other path": (lambda s: s in ("Some", "None", "Ok", "Err", "Option", "Result", "true"), lambda t, r, s: r.choice(("Some", "None", "Ok", "Err"))),
    "question mark": (lambda s: s == ")", lambda t, r, s: ")?"),
    "one argument more": (lambda s: s == "(", lambda t, r, s: "(1, "),
    "field": (lambda s: bool(re.fullmatch(r"[a-z]\d+", s)), lambda t, r, s: s + r.choice((".0", ".a", ".len()", "()", "[0]"))),
    "no token": (lambda s: s in ["mut", "self", "impl", "pub", "const", "where", "Copy", "Put", "Clone", "T", "N"], lambda t, r, s: ""),
    "unit": (lambda s: s == "}", lambda t, r, s: "; }"),
    "other bound": (lambda s: s in ("Fn", "FnMut", "FnOnce", "Copy", "Put", "Iterator"), lambda t, r, s: r.choice(("Fn", "Copy", "Ord", "Default", "Nope"))),
    "return": (lambda s: s == ";", lambda t, r, s: r.choice(("; return 1;", "; break;", "; let z: u8 = 300.0;", "; continue;"))),
}  # fmt: skip


def _source(p: Program, prelude: str) -> str:
    return f"{prelude}pub mod p {{\n{p.text}\n}}\n"


def rustc_errors(text: str) -> Errors:
    """(line, code) of rustc's errors, the borrow checker's left out; a code-less error has the code ""."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["rustc", "-", "--edition=2024", "--crate-type=lib", "--emit=metadata", "--error-format=json", "-Awarnings", "-o", f"{folder}/m.rmeta"],
            input=text, capture_output=True, text=True, check=False,
        )  # fmt: skip
    found: set[tuple[int, str]] = set()
    for line in done.stderr.splitlines():
        message = json.loads(line) if line.startswith("{") else {"level": "", "spans": []}
        code = (message.get("code") or {}).get("code", "")
        spans = [s for s in message["spans"] if s["is_primary"]]
        if (
            message["level"] == "error"
            and spans
            and code not in _BORROWCK
            and "lifetime may not" not in message["message"]
        ):
            span = spans[0]
            while span.get("expansion"):
                span = span["expansion"]["span"]
            found.add((span["line_start"], code if code.startswith("E") else ""))
    return tuple(sorted(found))


def our_errors(session: object, text: str) -> Errors:
    """(line, code) of our errors."""
    from compiler.semantics.checks import file_diagnostics

    data = text.encode()
    session.set_text(_FILE, data)  # type: ignore[attr-defined]
    found: set[tuple[int, str]] = set()
    for d in file_diagnostics(session.db, _FILE, True):  # type: ignore[attr-defined]
        if d.severity.name == "ERROR" and d.code not in _BORROWCK:
            found.add((data[: d.primary.span.start].count(b"\n") + 1, d.code if d.code.startswith("E") else ""))
    return tuple(sorted(found))


_FILE = "/mutated.rs"


def verdicts(seeds: list[int]) -> list[Verdict]:
    """A verdict for each seed."""
    from compiler import driver

    session = driver.CompileSession(_FILE, {_FILE: b"fn main() {}\n"})
    out = []
    for seed in seeds:
        rng = Random(seed)
        base = program(seed)
        kind, text = mutated(base.text, rng)
        if kind == "none":
            continue
        whole = _source(Program(seed, (), text), PRELUDE)
        out.append(Verdict(seed, kind, text, our_errors(session, whole + "fn main() {}\n"), rustc_errors(whole)))
    return out


def summary(found: list[Verdict], log: Path | None = None) -> str:
    """Counts by class, most frequent first; ``log`` gets every disagreement in full."""
    counts = Counter(v.label for v in found)
    if log is not None:
        lines = [
            json.dumps(
                {
                    "label": v.label,
                    "seed": v.seed,
                    "mutation": v.mutation,
                    "ours": v.ours,
                    "theirs": v.theirs,
                    "text": v.text,
                }
            )
            for v in found
            if not v.agrees
        ]
        log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    same = sum(bool(v.ours) == bool(v.theirs) for v in found)
    shown = "".join(f"\n  {n:5d} {label}" for label, n in counts.most_common() if label != "agree")
    return f"{len(found)} mutated programs, {sum(bool(v.theirs) for v in found)} rejected by rustc: {same} same verdict, {counts['agree']} same first error{shown}"
