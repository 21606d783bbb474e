"""rustc's layouts as data: parses what ``#[rustc_layout(debug)]`` prints.

Assumes a rustc that accepts ``RUSTC_BOOTSTRAP=1``. Guarantees nested dicts, lists, ints and strings in rustc's field
names.

>>> parse_debug("Niche { offset: Size(4 bytes), range: 0..=1 }")
{'': 'Niche', 'offset': 4, 'range': (0, 1)}
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_TOKEN = re.compile(r"\s*(?:(\d+)\.\.=(\d+)|\(\.\.=(\d+)\) \| \((\d+)\.\.\)|([A-Za-z_]\w*)|(\d+)( bytes)?|(.))")


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = [m.groups() for m in _TOKEN.finditer(text.strip())]
        self.at = 0

    def next(self) -> tuple[Any, ...]:
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str | None:
        return self.tokens[self.at][7] if self.at < len(self.tokens) else None

    def items(self, close: str, named: bool) -> list[Any]:
        found: list[Any] = []
        while self.peek() != close:
            if named:
                key = self.next()[4]
                self.next()  # the colon
                found.append((key, self.value()))
            else:
                found.append(self.value())
            if self.peek() == ",":
                self.next()
        self.next()
        return found

    def value(self) -> Any:
        lo, hi, wrap_hi, wrap_lo, word, number, _, mark = self.next()
        if lo is not None:
            return int(lo), int(hi)
        if wrap_hi is not None:
            return int(wrap_lo), int(wrap_hi)
        if number is not None:
            return int(number)
        if mark == "[":
            return self.items("]", False)
        assert word, f"unexpected {mark!r}"
        if self.peek() == "{":
            self.next()
            return {"": word, **dict(self.items("}", True))}
        if self.peek() == "(":
            self.next()
            inner = self.items(")", False)
            return inner[0] if word in ("Size", "Align", "Some") else (word, *inner)
        return {"None": None, "true": True, "false": False}.get(word, word)


def parse_debug(text: str) -> Any:
    """Rust's ``{:#?}`` text of a layout as Python data."""
    return _Parser(text).value()


def layouts_by_rustc(source: str, rustc: str = "rustc") -> list[Any]:
    """The layout of each ``#[rustc_layout(debug)] type`` of ``source`` in order."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "types.rs"
        path.write_text(source)
        command = [
            rustc,
            "--edition=2021",
            "--crate-type=lib",
            "--emit=metadata",
            "-Awarnings",
            "--out-dir",
            folder,
            str(path),
        ]
        env = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    chunks = re.split(r"^error(?:\[\w+\])?: ", done.stderr, flags=re.M)[1:]
    found = []
    for chunk in chunks:
        if chunk.startswith("layout_of("):
            found.append(parse_debug(chunk[chunk.index(") = Layout") + 4 :].split("\n --> ")[0]))
        elif not chunk.startswith("aborting"):
            raise ValueError(chunk)
    return found
