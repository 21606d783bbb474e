"""What NLL found out of a function, in a form in which ours and rustc's can be compared.

What it is: :func:`our_facts` from our checker and :func:`rustc_facts` from ``-Zdump-mir=nll``, both as :class:`Facts`:
the loans, the value of each region of a local's type and of each loan, and which of these regions must outlive which.
Names are made equal: points by the canonical order of blocks (:mod:`rustc_mir`), locals by first mention, regions as
``_2.0`` (the first region in the type of ``_2``), ``loan 3`` or ``U1`` (the universal region). What has no such name
(regions of calls and aggregates on the way) is looked through: the relation is its transitive closure.

Assumes: MIR is equal, no closures, no fn pointers or trait objects in types (their regions are printed elsewhere).

Example: ``fn f(x: &u32) -> &u32 { let y = &*x; y }`` has one loan, and ``_1.0: loan 0``, ``loan 0: _2.0``, ``_2.0: _0.0``.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from mir_support import fn_id
from rustc_mir import _TARGET, _line

from compiler.analysis.borrowck.check import check_body
from compiler.analysis.borrowck.flow import bits
from compiler.mir.build import mir_built
from compiler.mir.pretty import pretty_body
from compiler.mir.simplify import simplified_as_built
from compiler.query import Database

Point = tuple[int, int]  # block and statement as the dump numbers them
_BLOCK = re.compile(r"^    bb(\d+)(?: \(cleanup\))?: \{\n(.*?)^    \}", re.M | re.S)
_REGION = re.compile(r"'\?(\d+)")


@dataclass(slots=True)
class Facts:
    """By canonical names; points are numbers in the order of the canonical dump."""

    loans: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    outlives: set[tuple[str, str]] = field(default_factory=set)

    def lines(self) -> list[str]:
        """As text, sorted."""
        out = [f"loan {i}: {text}" for i, text in enumerate(self.loans)]
        out += [f"{name} = {value}" for name, value in sorted(self.values.items())]
        return out + [f"{a}: {b}" for a, b in sorted(self.outlives)]


def _statements(lines: list[str]) -> list[str]:
    """Canonical text of each line: callees cut, lengths of slices as ours writes them; "" for what ours has not."""
    out = []
    measured: dict[str, str] = {}
    for line in lines:
        text = _REGION.sub("", line).replace("& ", "&")
        text = re.sub(r" = ConstValue\(ZeroSized.*\}\)\((.*)\) -> ", r" = call(\1) -> ", text)
        fake = re.search(r"(_\d+) = &raw const \(fake\) (.*?);", text)
        if fake is not None:
            measured[fake[1]] = fake[2]
        pointer = re.search(r"PtrMetadata\(move (_\d+)\)", text)
        if pointer is not None and pointer[1] in measured:
            text = text.replace(pointer[0], f"Len({measured[pointer[1]]})")
        out.append(_line(text))
    return out


class _Points:
    """Canonical numbers of the points of a dump, and of its locals."""

    def __init__(self, dump: str) -> None:
        blocks: dict[int, list[tuple[str, Point]]] = {}
        for match in _BLOCK.finditer(dump):
            number = int(match[1])
            lines = [line for line in match[2].splitlines() if line.strip() and not line.strip().startswith("//")]
            shown = [(text, (number, i)) for i, text in enumerate(_statements(lines))]
            blocks[number] = [(text, point) for text, point in shown if text]
        self.order: dict[Point, int] = {}
        self.texts: list[str] = []
        self.locals: dict[str, str] = {}
        for number in self._simplified(blocks):
            for text, point in blocks[number]:
                if re.fullmatch(r"goto -> bb\d+", text):
                    continue
                self.order[point] = len(self.texts)
                self.texts.append(re.sub(r"\b_\d+\b", self._local, re.sub(r" -> (\[|bb).*", "", text)))

    def _local(self, match: re.Match[str]) -> str:
        return self.locals.setdefault(match[0], f"_{len(self.locals)}")

    @staticmethod
    def _simplified(blocks: dict[int, list[tuple[str, Point]]]) -> list[int]:
        """Reached blocks in canonical order, empty jumps skipped."""
        jump = {}
        for at, lines in blocks.items():
            found = re.fullmatch(r"goto -> bb(\d+)", lines[0][0]) if len(lines) == 1 else None
            if found is not None:
                jump[at] = int(found[1])

        def final(at: int) -> int:
            seen = set()
            while at in jump and at not in seen:
                seen.add(at)
                at = jump[at]
            return at

        order: list[int] = []
        stack = [final(0)]
        while stack:
            at = stack.pop()
            if at in order or at not in blocks:
                continue
            order.append(at)
            last = blocks[at][-1][0] if blocks[at] else ""
            last = re.sub(r"falseEdge -> \[real: (bb\d+), imaginary: (bb\d+)\]", r"\1 \2", last)
            stack.extend(reversed([final(int(x)) for x in _TARGET.findall(last)]))
        return order

    def shown(self, points: set[Point]) -> str:
        """A set of points as ranges."""
        numbers = sorted(self.order[p] for p in points if p in self.order)
        out: list[list[int]] = []
        for n in numbers:
            if out and out[-1][1] == n - 1:
                out[-1][1] = n
            else:
                out.append([n, n])
        return " ".join(f"{a}-{b}" if a != b else str(a) for a, b in out)


def _closed(names: dict[int, list[str]], edges: dict[int, set[int]]) -> set[tuple[str, str]]:
    """The relation between named regions, through those without a name."""
    out: set[tuple[str, str]] = set()
    for start, mine in names.items():
        seen, work = {start}, [start]
        while work:
            for to in edges.get(work.pop(), ()):
                if to not in seen:
                    seen.add(to)
                    work.append(to)
        out |= {(a, b) for to in seen for a in mine for b in names.get(to, ()) if a not in (b, "U0")}
    return out


# ---------------------------------------------------------------- ours


def our_facts(db: Database, name: str) -> Facts:
    """Of a function of the user crate."""
    owner = fn_id(name)
    body = simplified_as_built(mir_built(db, owner))
    cx = check_body(db, owner, body).context
    text = pretty_body(body, db)
    points = _Points(text[text.rindex("\nfn ") :] if "\nfn " in text else text)
    n_universal = cx.checked.universal.count
    names: dict[int, list[str]] = {i: [f"U{i}"] for i in range(n_universal)}
    for local, canonical in points.locals.items():
        for k, region in enumerate(cx.checked.types.regions(cx.checked.local_tys[int(local[1:])])):
            names.setdefault(region.index, []).append(f"{canonical}.{k}")
    facts = Facts()
    start = cx.flow.start
    point_of = [(block, at - start[block]) for at, block in enumerate(cx.flow.block_of)]
    borrows = [b for b in cx.borrows.borrows if point_of[b.point] in points.order]
    borrows.sort(key=lambda b: points.order[point_of[b.point]])
    for i, borrow in enumerate(borrows):
        names.setdefault(borrow.region, []).append(f"loan {i}")
        facts.loans.append(points.texts[points.order[point_of[borrow.point]]])
    for region, mine in names.items():
        if region >= n_universal:
            value = cx.regions.values[region] & ((1 << cx.flow.n_points) - 1)
            ends = "".join(f" U{u}" for u in bits(cx.regions.universals_in(region)))
            facts.values |= {each: points.shown({point_of[p] for p in bits(value)}) + ends for each in mine}
    edges: dict[int, set[int]] = {}
    for c in cx.checked.constraints.outlives:
        edges.setdefault(c.sup, set()).add(c.sub)
    facts.outlives = _closed(names, edges)
    return facts


# ---------------------------------------------------------------- rustc's


def rustc_facts(text: str, functions: list[str]) -> dict[str, Facts]:
    """By function; errors of the borrow checker do not matter."""
    with tempfile.TemporaryDirectory() as tmp:
        source = Path(tmp, "t.rs")
        source.write_text(text)
        command = ["rustc", "--edition", "2024", "--crate-type", "lib", "-Coverflow-checks=off", "-Zverbose-internals"]
        command += ["-Zdump-mir=nll", f"-Zdump-mir-dir={tmp}/d", "--emit=metadata", "-o", f"{tmp}/m", str(source)]
        env = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
        subprocess.run(command, check=False, capture_output=True, text=True, env=env)
        dumps = {path.name.split(".")[1]: path.read_text() for path in Path(tmp, "d").glob("*.nll.0.mir")}
    return {name: _from_dump(dumps[name]) for name in functions if name in dumps}


def _from_dump(dump: str) -> Facts:
    header, _, mir = dump.partition("\nfn ")
    points = _Points(mir)
    n_universal = len(re.findall(r"^\| '\?\d+ \| (?:Global|External|Local) \|", header, re.M))
    names: dict[int, list[str]] = {i: [f"U{i}"] for i in range(n_universal)}
    tys = dict(re.findall(r"let (?:mut )?(_\d+): (.*?);", mir))
    signature = mir.partition("{")[0]
    tys |= dict(re.findall(r"(_\d+): ((?:[^(),<\[]|\([^()]*\)|<[^<>]*>|\[[^\[\]]*\])+)", signature))
    for local, canonical in points.locals.items():
        for k, region in enumerate(_REGION.findall(tys.get(local, ""))):
            names.setdefault(int(region), []).append(f"{canonical}.{k}")
    facts = Facts()
    issued = re.findall(r"^\| bw\d+: issued at bb(\d+)\[(\d+)\] in '\?(\d+)", header, re.M)
    loans = [((int(b), int(s)), int(r)) for b, s, r in issued if (int(b), int(s)) in points.order]
    for i, (point, region) in enumerate(sorted(loans, key=lambda loan: points.order[loan[0]])):
        names.setdefault(region, []).append(f"loan {i}")
        facts.loans.append(points.texts[points.order[point]])
    for number, value in re.findall(r"^\| '\?(\d+) \| U0 \| \{(.*)\}$", header, re.M):
        if int(number) >= n_universal:
            ends = "".join(f" U{u}" for u in sorted(map(int, _REGION.findall(value))))
            for each in names.get(int(number), ()):
                facts.values[each] = points.shown(_points_in(value)) + ends
    edges: dict[int, set[int]] = {}
    for sup, sub in re.findall(r"^\| '\?(\d+): '\?(\d+) due to", header, re.M):
        edges.setdefault(int(sup), set()).add(int(sub))
    facts.outlives = _closed(names, edges)
    return facts


def _points_in(value: str) -> set[Point]:
    out: set[Point] = set()
    for block, first, last in re.findall(r"bb(\d+)\[(\d+)(?:\.\.=(\d+))?\]", value):
        out |= {(int(block), i) for i in range(int(first), int(last or first) + 1)}
    for block, rest in re.findall(r"bb(\d+)\[([^\]]*,[^\]]*)\]", value):
        for part in rest.split(", "):
            low, _, high = part.partition("..=")
            out |= {(int(block), i) for i in range(int(low), int(high or low) + 1)}
    return out
