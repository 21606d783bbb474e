"""Mutants of race-free kernels: text rewrites fixed beforehand, none chosen by what an analysis says of it.

What it is: :func:`mutants` applies every operator at every place of a kernel's text where it fits. Assumes: kernels
formatted one statement a line, as in ``bench/safety_kernels``. Guarantees: a mutant differs from its kernel in one
place; operators do not label (the oracle does); the order is that of the text, so a mutant's name is stable.

Example: of ``thread::sync_threads();`` come "drop barrier", "divergent barrier" and "barrier of some blocks".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.safety_cases import Case

Edit = tuple[int, int, str]  # start and end in the kernel's own text, replacement
Operator = Callable[[str], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """``text``: the whole file with the kernel changed; ``line``: of the change, from 1."""

    case: Case
    operator: str
    number: int
    text: str
    line: int
    before: str
    after: str

    @property
    def name(self) -> str:
        return f"{self.case.name}: {self.operator} {self.number}"


def mutants(case: Case) -> list[Mutant]:
    """All mutants of a kernel, without duplicates."""
    found: list[Mutant] = []
    seen = {case.text}
    for name, operator in OPERATORS.items():
        number = 0
        for start, end, after in operator(case.body):
            text = case.text[: case.start + start] + after + case.text[case.start + end :]
            if text in seen:
                continue
            seen.add(text)
            number += 1
            line = case.text.count("\n", 0, case.start + start) + 1
            found.append(Mutant(case, name, number, text, line, case.body[start:end], after))
    return found


# ---------------------------------------------------------------- barriers

_BARRIER = re.compile(r"(?:thread::sync_threads\(\)|cluster::cluster_sync\(\)|warp::sync_mask\([^;\n]*\));")


def _drop_barrier(body: str) -> Iterator[Edit]:
    for match in _BARRIER.finditer(body):
        yield match.start(), match.end(), ""


def _guarded(condition: str) -> Operator:
    def operator(body: str) -> Iterator[Edit]:
        for match in _BARRIER.finditer(body):
            yield match.start(), match.end(), f"if {condition} {{ {match[0]} }}"

    return operator


# ---------------------------------------------------------------- indices

_OPENERS = re.compile(r"(?<=[\w)\]])\[|\.add\(|get_unchecked_mut\(")


def _indices(body: str) -> Iterator[tuple[int, int]]:
    """Index expressions of the kernel's body: in brackets after a name, ``.add(..)`` and ``get_unchecked_mut(..)``."""
    first = body.index("{")
    for match in _OPENERS.finditer(body, first):
        start = match.end()
        end = _closing(body, start - 1)
        if end > start:
            yield start, end


def _closing(text: str, at: int) -> int:
    """Position of the bracket that closes ``text[at]``, 0 if none."""
    pairs = {"(": ")", "[": "]", "{": "}"}
    stack = [pairs[text[at]]]
    for i in range(at + 1, len(text)):
        if text[i] in pairs:
            stack.append(pairs[text[i]])
        elif text[i] == stack[-1]:
            stack.pop()
            if not stack:
                return i
    return 0


def _index(form: str) -> Operator:
    def operator(body: str) -> Iterator[Edit]:
        for start, end in _indices(body):
            yield start, end, form.format(body[start:end])

    return operator


def _swap_axes(body: str) -> Iterator[Edit]:
    if "threadIdx_y" in body:
        swapped = re.sub(r"(threadIdx|blockIdx)_([xy])", lambda m: f"{m[1]}_{'y' if m[2] == 'x' else 'x'}", body)
        yield 0, len(body), swapped
        for match in re.finditer(r"threadIdx_([xy])", body):
            yield match.start(1), match.end(1), "y" if match[1] == "x" else "x"


def _drop_block(body: str) -> Iterator[Edit]:
    for match in re.finditer(r"thread::blockIdx_([xyz])\(\)", body):
        yield match.start(), match.end(), "0"


# ---------------------------------------------------------------- guards, accesses, atomics

_CONDITION = re.compile(r"\b(?:if|while) (?!let )([^{\n]*?) \{")


def _weaken_guard(body: str) -> Iterator[Edit]:
    for match in _CONDITION.finditer(body, body.index("{")):
        if match[0].startswith("if"):
            yield match.start(1), match.end(1), "true"
        for sign in re.finditer(r" (<|>|==) ", match[1]):
            at = match.start(1) + sign.start(1)
            yield at, at + len(sign[1]), {"<": "<=", ">": ">=", "==": ">="}[sign[1]]


_READ = re.compile(r"let (?:mut )?(\w+)(?:: \w+)? = unsafe \{ ([A-Z]\w*\[[^;{}]*\]|\*\w+\.add\([^;{}]*\)) \};")


def _read_to_write(body: str) -> Iterator[Edit]:
    for match in _READ.finditer(body):
        yield match.end(), match.end(), f" unsafe {{ {match[2]} = {match[1]} }};"


_ATOMIC_ADD = re.compile(
    r"unsafe \{ (?:Device|Block)Atomic\w+::from_ptr\((.*)\) \}\.fetch_(?:add|max)\((.*), AtomicOrdering::\w+\)"
)


def _cluster_to_block(body: str) -> Iterator[Edit]:
    for match in re.finditer(r"cluster::cluster_sync\(\)", body):
        yield match.start(), match.end(), "thread::sync_threads()"


def _atomic_to_plain(body: str) -> Iterator[Edit]:
    for match in _ATOMIC_ADD.finditer(body):
        plain = f"unsafe {{ let p = {match[1]}; let old = *p; *p = old + {match[2]}; old }}"
        yield match.start(), match.end(), plain


def _narrow_scope(body: str) -> Iterator[Edit]:
    for match in re.finditer(r"DeviceAtomicU32::from_ptr", body):
        yield match.start(), match.start() + len("DeviceAtomicU32"), "BlockAtomicU32"


def _relax_order(body: str) -> Iterator[Edit]:
    for match in re.finditer(r"AtomicOrdering::(Release|Acquire|AcqRel)", body):
        yield match.start(1), match.end(1), "Relaxed"
    for match in re.finditer(r"threadfence\(\);", body):
        yield match.start(), match.end(), ""


def _forget_wait(body: str) -> Iterator[Edit]:
    for match in re.finditer(r"unsafe \{ cp_async_wait_(?:all\(\)|group\(\d\)) \};|while !unsafe [^\n]* \{\}", body):
        yield match.start(), match.end(), ""


# ---------------------------------------------------------------- masks, strides, contracts


def _masks(body: str) -> Iterator[Edit]:
    changes = {"0xffff_ffff": "0x0000_ffff", "0x0000_ffff": "0xffff_ffff"}
    for match in re.finditer(r"0x(?:ffff|0000)_ffff", body):
        yield match.start(), match.end(), changes[match[0]]


def _strides(body: str) -> Iterator[Edit]:
    """A constant that scales an index by one less."""
    for start, end in _indices(body):
        for match in re.finditer(r" \* (\d+)\b", body[start:end]):
            if int(match[1]) > 1:
                yield start + match.start(1), start + match.end(1), str(int(match[1]) - 1)
    for match in re.finditer(r"\+= (stride|\(thread::gridDim_x\(\) \* thread::blockDim_x\(\)\) as usize);", body):
        yield match.start(1), match.end(1), "thread::blockDim_x() as usize"


def _contract(body: str) -> Iterator[Edit]:
    match = re.search(r"[ \t]*#\[launch_contract\([^\n]*\)\]\n", body)
    if match is None or "coordinates" in match[0]:
        return
    bounds = "" if "launch_bounds" in body else re.match(r"[ \t]*", match[0])[0] + "#[launch_bounds(1024)]\n"  # type: ignore[index]
    block = re.search(r", block = \(\d+, \d+, \d+\)", match[0])
    if block is not None:
        shorter = match[0].replace(block[0], "")
        yield match.start(), match.end(), bounds + shorter
    yield match.start(), match.end(), bounds


OPERATORS: dict[str, Operator] = {
    "drop barrier": _drop_barrier,
    "divergent barrier": _guarded("thread::threadIdx_x() < 16"),
    "barrier of some blocks": _guarded("thread::blockIdx_x() == 0"),
    "barrier of the block": _cluster_to_block,
    "index + 1": _index("({}) + 1"),
    "index / 2": _index("({}) / 2"),
    "swap x and y": _swap_axes,
    "drop block": _drop_block,
    "weaken guard": _weaken_guard,
    "read to write": _read_to_write,
    "atomic to plain": _atomic_to_plain,
    "narrow scope": _narrow_scope,
    "relax order": _relax_order,
    "forget wait": _forget_wait,
    "change mask": _masks,
    "shrink stride": _strides,
    "drop contract": _contract,
}
