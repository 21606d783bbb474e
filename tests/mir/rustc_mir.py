"""MIR dumps in a canonical form, so that ours and rustc's ``-Zdump-mir`` can be compared line by line.

Blocks are numbered in the order they are reached (successors as printed), locals by first mention; unwinding, scopes,
source markers and differences of notation (``PtrMetadata`` against ``Len``, checked arithmetic) are taken out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_BLOCK = re.compile(r"^    bb(\d+)(?: \(cleanup\))?: \{\n(.*?)^    \}", re.M | re.S)
_FAKE_LEN = re.compile(r"(_\d+) = &raw const \(fake\) (.*);\n *(_\d+) = PtrMetadata\(move \1\)")
_TARGET = re.compile(r"bb(\d+)")


def rustc_dumps(text: str) -> dict[str, str]:
    """``built`` MIR of every fn by rustc, by name."""
    with tempfile.TemporaryDirectory() as tmp:
        source = Path(tmp, "t.rs")
        source.write_text(text)
        command = [
            "rustc",
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "-Coverflow-checks=off",
            "-Zdump-mir=built",
            f"-Zdump-mir-dir={tmp}/d",
        ]
        env = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
        done = subprocess.run(
            [*command, "--emit=metadata", "-o", f"{tmp}/m", str(source)],
            check=False,
            capture_output=True,
            text=True,
            env=env,
        )
        assert done.returncode == 0, done.stderr
        out = {}
        for path in Path(tmp, "d").glob("*.built.after.mir"):
            name = path.name.split(".")[1]
            if "{" not in path.name and path.read_text().partition("\n\n")[2].startswith("fn "):
                out[name] = path.read_text()
        return out


def have_rustc() -> bool:
    return shutil.which("rustc") is not None


def canonical(dump: str) -> list[str]:
    """The statements and terminators of a dump in canonical form."""
    blocks = {}
    for match in _BLOCK.finditer(_FAKE_LEN.sub(r"\3 = Len(\2)", dump)):
        lines = [_line(line) for line in match[2].splitlines()]
        blocks[int(match[1])] = [line for line in lines if line]
    _merge(blocks)
    order = _reached(blocks)
    index = {old: new for new, old in enumerate(order)}
    out = []
    for old in order:
        out.append(f"bb{index[old]}:")
        for line in blocks[old]:
            out.append("  " + _TARGET.sub(lambda m: f"bb{index[int(m[1])]}" if int(m[1]) in index else "bbX", line))
    return _renumber_locals(out)


def _merge(blocks: dict[int, list[str]]) -> None:
    """Append blocks to the only jump that reaches them."""
    count: dict[int, int] = {}
    reached = _reached(blocks)
    for at in reached:
        for to in _TARGET.findall(blocks[at][-1]):
            count[int(to)] = count.get(int(to), 0) + 1
    for at in reached:
        while (m := re.fullmatch(r"goto -> bb(\d+)", blocks[at][-1])) and count[int(m[1])] == 1 and int(m[1]) != at:
            blocks[at] = blocks[at][:-1] + blocks[int(m[1])]


def _reached(blocks: dict[int, list[str]]) -> list[int]:
    order: list[int] = []
    stack = [0]
    while stack:
        at = stack.pop()
        if at in order or at not in blocks:
            continue
        order.append(at)
        stack.extend(reversed([int(x) for x in _TARGET.findall(blocks[at][-1])] if blocks[at] else []))
    return order


def _line(line: str) -> str:
    line = re.sub(r"\s+//.*$", "", line.strip()).rstrip(";")
    line = re.sub(r", unwind(:? bb\d+| continue| unreachable|: bb\d+)?", "", line)
    line = re.sub(r"ForLet\(None\)", "ForLet", line)
    line = re.sub(r"ForMatchedPlace\(None\)", "ForMatchedPlace", line)
    line = re.sub(r"PtrMetadata\(copy (_\d+|\(.*\))\)$", r"Len((*\1))", line)
    line = re.sub(r'"index out of bounds[^"]*"', '"index out of bounds"', line)
    line = re.sub(r'assert\(([^"]*), "[^"]*"', r'assert(\1, ""', line)
    line = re.sub(r"\b(std|core|main)::(\w+::)*(?=\w)", "", line)
    line = re.sub(r"<impl [^<>]*(<[^<>]*>)?[^<>]*>::", "", re.sub(r"\{impl.*?\}::", "", line))
    line = re.sub(r"^.* = &raw const \(fake\) .*$", "", line)
    line = re.sub(r"\{closure[^{}]*(\{closure#\d+\})?\}( \{ (.*) \})?", _closure, line)
    line = line.replace("&two_phase mut ", "&mut ").replace("&uniq ", "&mut ")
    line = re.sub(r"const \{(alloc\d+|static [\w:]+): ", "const {static: ", line)
    line = re.sub(r"as Partial(Eq|Ord)<[^<>]*>>", r"as Partial\1>", line)
    line = line.replace(", Implicit)", ")")
    if line.startswith(("AscribeUserType", "Retag", "Coverage", "BackwardIncompatibleDropHint")):
        return ""
    return line


def _closure(match: re.Match[str]) -> str:
    operands = re.sub(r"\w+: (move|copy)", r"\1", match[3] or "")
    return "{closure}" + (f" {{ {operands} }}" if operands else "")


def _renumber_locals(lines: list[str]) -> list[str]:
    index: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return index.setdefault(match[0], f"_{len(index)}")

    return [re.sub(r"\b_\d+\b", name, line) for line in lines]
