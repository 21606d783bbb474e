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
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mir_support import fn_id

from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.query import Database
from compiler.ty.infer import hir_body_of, infer

_BLOCK = re.compile(r"^    bb(\d+)(?: \(cleanup\))?: \{\n(.*?)^    \}", re.M | re.S)
_FAKE_LEN = re.compile(r"(_\d+) = &raw const \(fake\) (.*);\n *(_\d+) = PtrMetadata\(move \1\)")
_COPIED_LEN = re.compile(
    r"(_\d+) = move (_\d+);\n *_\d+ = (const \d+_usize);\n *(_\d+) = (Eq|Ge)\(move \1, move _\d+\)"
)
_TARGET = re.compile(r"bb(\d+)")


def rustc_dumps(text: str, toolchain: str = "") -> dict[str, str]:
    """MIR as rustc's borrow checker sees it (after promotion), by name: ``f``, ``f-{closure#0}`` ..."""
    with tempfile.TemporaryDirectory() as tmp:
        source = Path(tmp, "t.rs")
        source.write_text(text)
        command = [
            "rustc",
            *([toolchain] if toolchain else []),
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "-Coverflow-checks=off",
            "-Zdump-mir=promote-consts",
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
        for path in Path(tmp, "d").glob("*.SimplifyCfg-promote-consts.after.mir"):
            name = path.name.split(".")[1]
            dump = path.read_text()
            if dump.partition("\n\n")[2].startswith("fn ") and not name.startswith("{"):
                out[name] = dump
        return out


def our_bodies(db: Database, names: Iterable[str]) -> dict[str, m.Body]:
    """Our MIR of the same functions and closures, by the same names; methods are left out."""
    out = {}
    for name in names:
        function, _, rest = name.partition("-")
        if rest and not rest.startswith("{closure"):
            continue
        owner = fn_id(function)
        if not rest:
            out[name] = mir_built(db, owner)
            continue
        closure = _closure_id(db, owner, [int(n) for n in re.findall(r"closure#(\d+)", rest)])
        if closure is not None:
            out[name] = mir_built(db, closure)
    return out


def _closure_id(db: Database, owner: DefId, path: list[int]) -> DefId | None:
    """The closure rustc numbers so: counted in source order within what contains it."""
    spans = hir_body_of(db, owner).store.expr_spans
    inside = sorted(infer(db, owner).closures.values(), key=lambda c: (spans[c.expr].start, -spans[c.expr].end))
    found = None
    for index in path:
        outermost = [c for c in inside if not any(o is not c and _holds(spans, o, c) for o in inside)]
        if index >= len(outermost):
            return None
        found = outermost[index]
        inside = [c for c in inside if c is not found and _holds(spans, found, c)]
    return found.def_id if found is not None else None


def _holds(spans: Any, outer: Any, inner: Any) -> bool:
    return spans[outer.expr].start <= spans[inner.expr].start and spans[inner.expr].end <= spans[outer.expr].end


def have_rustc() -> bool:
    return shutil.which("rustc") is not None


def canonical(dump: str) -> list[str]:
    """The statements and terminators of a dump in canonical form."""
    blocks = {}
    never = re.findall(r"let (?:mut )?(_\d+): !;", dump)
    if never:  # storage that nothing uses
        dump = re.sub(rf"Storage(Live|Dead)\(({'|'.join(never)})\);", "", dump)
    dump = _COPIED_LEN.sub(r"\4 = \5(move \2, \3)", dump)
    for match in _BLOCK.finditer(_FAKE_LEN.sub(r"\3 = Len(\2)", dump)):
        lines = [_line(line) for line in match[2].splitlines()]
        blocks[int(match[1])] = [line for line in lines if line]
    _skip_empty(blocks)
    _merge(blocks)
    order = _reached(blocks)
    index = {old: new for new, old in enumerate(order)}
    out = []
    for old in order:
        out.append(f"bb{index[old]}:")
        for line in blocks[old]:
            out.append("  " + _TARGET.sub(lambda m: f"bb{index[int(m[1])]}" if int(m[1]) in index else "bbX", line))
    return _renumber_locals(out)


def _skip_empty(blocks: dict[int, list[str]]) -> None:
    """Redirect edges to blocks that only jump on."""
    jump = {at: int(x[1]) for at, b in blocks.items() if len(b) == 1 and (x := re.fullmatch(r"goto -> bb(\d+)", b[0]))}

    def final(match: re.Match[str]) -> str:
        at, seen = int(match[1]), set()
        while at in jump and at not in seen:
            seen.add(at)
            at = jump[at]
        return f"bb{at}"

    for block in blocks.values():
        if block:
            last = _TARGET.sub(final, block[-1])
            block[-1] = re.sub(r"falseEdge -> \[real: (bb\d+), imaginary: \1\]", r"goto -> \1", last)


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
    line = re.sub(r"(ForLet|ForMatchedPlace)\((None|Some\(DefId\(.*?\)\))\)", r"\1", line)
    line = re.sub(r"PtrMetadata\(copy (_\d+|\(.*\))\)$", r"Len((*\1))", line)
    line = re.sub(r'"index out of bounds[^"]*"', '"index out of bounds"', line)
    line = re.sub(r'assert\(([^"]*), "[^"]*"', r'assert(\1, ""', line)
    line = re.sub(r"\b(std|core|main)::(\w+::)*(?=\w)", "", line)
    line = re.sub(r"<impl [^<>]*(<[^<>]*>)?[^<>]*>::", "", re.sub(r"\{impl.*?\}::", "", line))
    line = re.sub(r"^.* = &raw const \(fake\) .*$", "", line)
    line = re.sub(r"\{closure[^{}]*(\{closure#\d+\}[^{}]*)*\}( \{ .* \})?", "{closure}", line)
    line = line.replace("&two_phase mut ", "&mut ").replace("&uniq ", "&mut ")
    line = re.sub(r"const \{(alloc\d+|static [\w:]+): ", "const {static: ", line)
    line = re.sub(r"as Partial(Eq|Ord)<[^<>]*>>", r"as Partial\1>", line)
    line = line.replace(", Implicit)", ")").replace("'_, ", "").replace("<'_>", "").replace("&'static ", "&")
    line = re.sub(r"const [\w:{}#]*::promoted", "const promoted", line)
    line = _call(line)
    if line.startswith(("AscribeUserType", "Retag", "Coverage", "BackwardIncompatibleDropHint")):
        return ""
    return line


def _call(line: str) -> str:
    """A direct callee by its last name: paths, ``Self`` types and generic arguments are shown differently."""
    match = re.match(r"(_\d+ = |\(.*?\) = )(?=[A-Za-z<])", line)
    if match is None or " -> " not in line:
        return line
    at, depth, last = match.end(), 0, match.end()
    while at < len(line) and (depth or line[at] != "("):
        depth += {"<": 1, ">": -1 if line[at - 1] != "-" else 0}.get(line[at], 0)
        if not depth and line.startswith("::", at) and line[at + 2] != "<":
            last = at + 2
        at += 1
    return f"{match[1]}{line[last:at].partition('::<')[0]}{line[at:]}"


def _renumber_locals(lines: list[str]) -> list[str]:
    index: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return index.setdefault(match[0], f"_{len(index)}")

    return [re.sub(r"\b_\d+\b", name, line) for line in lines]
