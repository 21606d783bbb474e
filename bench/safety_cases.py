"""Kernels with the launches they are meant for: the input of the safety benchmark.

What it is: a reader of ``bench/safety_kernels/*.rs`` and ``bench/safety_ports/*.rs``. Above each kernel stand comment
lines ``//@ launch grid=2,2 block=8,8 n=16 x=256 y=256/16 idx=64:mod32`` (dimensions; a number is a scalar's value or an
array's length; ``length/width`` for slices that carry a row width; contents ``:zero``, ``:perm``, ``:iota``, ``:modN``)
and, for ports, ``//@ label race``, ``clean`` or ``divergent``. Assumes: names of parameters. Guarantees: a launch that
names an unknown parameter is an error.

Example: ``cases("safety_kernels")[0].launches[0].arguments(artifact, seed=0)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from compiler.codegen.artifact import KernelArtifact, KernelParam
from compiler.codegen.launch_packet import numpy_dtype

HERE = Path(__file__).resolve().parent
_HEAD = re.compile(
    r"(?P<notes>(?:[ \t]*//@ [^\n]*\n)+)(?P<attributes>(?:[ \t]*#\[[^\n]*\n)*)[ \t]*pub (?:unsafe )?fn (?P<name>\w+)"
)


@dataclass(frozen=True, slots=True)
class Launch:
    """``values``: text of each parameter."""

    grid: tuple[int, ...]
    block: tuple[int, ...]
    values: dict[str, str] = field(default_factory=dict)
    shared: int = 0

    def arguments(self, artifact: KernelArtifact, seed: int) -> list[Any]:
        """One entry a source parameter."""
        generator = np.random.default_rng(seed)
        known = {param.name for param in artifact.params}
        unknown = set(self.values) - known
        if unknown:
            raise ValueError(f"{artifact.name} has no parameter {', '.join(sorted(unknown))}")
        return [_argument(param, self.values.get(param.name, ""), generator) for param in artifact.params]


@dataclass(frozen=True, slots=True)
class Case:
    """A kernel of a file. ``start`` and ``end``: its text with attributes, in characters of ``text``."""

    file: str
    name: str
    text: str
    start: int
    end: int
    launches: tuple[Launch, ...]
    label: str = ""

    @property
    def body(self) -> str:
        return self.text[self.start : self.end]


def cases(folder: str) -> list[Case]:
    """Every annotated kernel under ``bench/<folder>``, in order."""
    found: list[Case] = []
    for path in sorted((HERE / folder).glob("*.rs")):
        found += file_cases(path.as_posix(), path.read_text(encoding="utf-8"))
    return found


def file_cases(file: str, text: str) -> list[Case]:
    found = []
    for match in _HEAD.finditer(text):
        notes = [line.strip()[4:] for line in match["notes"].splitlines()]
        launches = tuple(_launch(note[len("launch ") :]) for note in notes if note.startswith("launch "))
        label = next((note.split()[1] for note in notes if note.startswith("label ")), "")
        end = _body_end(text, match.end())
        found.append(Case(file, match["name"], text, match.start("attributes"), end, launches, label))
    return found


def _body_end(text: str, at: int) -> int:
    """Just after the brace that closes the function whose signature starts before ``at``."""
    depth = 0
    for i in range(text.index("{", at), len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return i + 1
    return len(text)


def _launch(note: str) -> Launch:
    values = dict(word.split("=", 1) for word in note.split())
    grid, block = (tuple(int(n) for n in values.pop(key).split(",")) for key in ("grid", "block"))
    return Launch(grid, block, values, int(values.pop("shared", "0")))


def _argument(param: KernelParam, text: str, generator: np.random.Generator) -> Any:
    if param.kind == "zst":
        return None
    if param.kind in ("scalar", "aggregate") and param.elem.dtype != "struct":
        number = float(text or "1")
        return (
            number if param.elem.dtype.startswith("f") else bool(number) if param.elem.dtype == "bool" else int(number)
        )
    size, _, content = text.partition(":")
    length, _, width = size.partition("/")
    array = _array(param, int(length or "64"), content, generator)
    return (array, int(width)) if width else array


def _array(param: KernelParam, n: int, content: str, generator: np.random.Generator) -> np.ndarray[Any, Any]:
    dtype = numpy_dtype(param.elem)
    if dtype is None:
        return np.zeros(n * param.elem.size_bytes, np.uint8)
    if content == "zero":
        return np.zeros(n, dtype)
    if content == "iota":
        return np.arange(n).astype(dtype)
    if content == "perm":
        return generator.permutation(n).astype(dtype)
    if dtype.kind == "f":
        return (generator.random(n) * 2 - 1).astype(dtype)
    top = int(content[3:]) if content.startswith("mod") else max(1, n)
    return generator.integers(0, min(top, 1 << (8 * dtype.itemsize - 1)), n).astype(dtype)
