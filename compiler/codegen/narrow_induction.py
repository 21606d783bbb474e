"""Loop counters whose values fit in 32 bits count in 32 bits.

What it is: a rewriting of optimised LLVM IR text. Rust indexes with ``usize``, so ``while j < 256`` counts in 64 bits:
two registers and two instructions a step on a GPU, and addresses that ptxas cannot fold. Where start, step and bound
say that every value of a counter fits, its phi, its step and its exit test become ``i32``; other users get the value
zero-extended.

Assumes: text printed by LLVM (one instruction a line). Guarantees: every value is the one it was: a counter is
rewritten only if it starts at a constant, steps by a positive constant without wrapping, and leaves at a test of the
stepped value against a constant below 2^31, or (step 1) against a zero-extended ``i32``.

Before and after::

    %j = phi i64 [ 0, %entry ], [ %next, %body ]    %j.narrow = phi i32 [ 0, %entry ], [ %next.narrow, %body ]
                                                    %j = zext nneg i32 %j.narrow to i64
    ...                                             ...
    %next = add nuw nsw i64 %j, 4                   %next.narrow = add nuw nsw i32 %j.narrow, 4
                                                    %next = zext nneg i32 %next.narrow to i64
    %done = icmp eq i64 %next, 256                  %done = icmp eq i32 %next.narrow, 256
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compiler.codegen.function_text import functions_rewritten

_V = r'%(?:[-\w$.]+|"[^"]*")'
_REST = r"(?P<rest>(?:, !.*)?)$"


def _incoming(name: str) -> str:
    return rf"\[ (?P<{name}>-?\d+|{_V}), (?P<from_{name}>{_V}) \]"


_PHI = re.compile(rf"^  (?P<name>{_V}) = phi i64 {_incoming('a')}, {_incoming('b')}{_REST}")
_STEP = re.compile(rf"^  (?P<name>{_V}) = add (?P<flags>nuw nsw|nuw|nsw) i64 (?P<counter>{_V}), (?P<step>\d+){_REST}")
_HOW = "(?:samesign )?(?P<how>eq|ne|ult|ugt|slt|sgt)"
_TEST = re.compile(rf"^  (?P<name>{_V}) = icmp {_HOW} i64 (?P<value>{_V}), (?P<bound>\d+|{_V}){_REST}")
_WIDENED = re.compile(rf"^  (?P<name>{_V}) = zext (?:nneg )?i32 (?P<source>{_V}) to i64")
_BRANCH = re.compile(rf"^  br i1 (?P<condition>{_V}), label (?P<then>{_V}), label (?P<other>{_V})")
_LABEL = re.compile(r'^(?P<label>[-\w$.]+|"[^"]*"):')
_LIMIT = 2**31
# test of the stepped value -> whether the loop goes on if it holds
_GOES_ON_IF = {"eq": False, "ne": True, "ult": True, "slt": True, "ugt": False, "sgt": False}


@dataclass(slots=True)
class _Counter:
    """Line numbers and facts of one counter."""

    phi: int
    step: int
    test: int
    bound: str  # a constant, or the i32 behind a zero-extended bound
    nneg: str  # "nneg " where the value is known below 2^31


_Line = tuple[int, re.Match[str]]  # a line's number and what it says


@dataclass(slots=True)
class _Facts:
    """What the lines of a function say, by the name they define (branches: by the label of their block)."""

    labels: list[str]  # of each line
    steps: dict[str, _Line]
    tests: dict[str, _Line]
    widened: dict[str, str]
    branches: dict[str, re.Match[str]]


def narrow_induction(text: str) -> str:
    """The module with counters that fit in 32 bits narrowed; the same object when there is nothing to do."""
    if " = phi i64 [" not in text:
        return text
    rewritten = functions_rewritten(text, _narrowed)
    return text if rewritten == text else rewritten


def _narrowed(function: list[str]) -> list[str]:
    if not any(" = phi i64 [" in line for line in function):
        return function
    counters = _counters(function)
    if not counters:
        return function
    function = _named(function, counters)
    replaced: dict[int, list[str]] = {}
    zexts: dict[int, list[str]] = {}  # line of the last phi of a block -> the widened counters
    for counter in counters:
        _rewrite(function, counter, replaced, zexts)
    out: list[str] = []
    for number, line in enumerate(function):
        out += replaced.get(number, [line])
        out += zexts.get(number, ())
    return out


def _named(function: list[str], counters: list[_Counter]) -> list[str]:
    """The function with names for counters that have numbers, which must be defined in order (LLVM LangRef)."""
    numbers = [found["name"][1:] for c in counters if (found := _PHI.match(function[c.phi]))]
    numbers = [number for number in numbers if number.isdigit()]
    if not numbers:
        return function
    used = re.compile(rf"%({'|'.join(numbers)})(?![-\w$.])")
    return [used.sub(r'%"wide.\1"', line) for line in function]


def _counters(function: list[str]) -> list[_Counter]:
    """Every counter of a function that can be narrowed."""
    facts = _facts(function)
    found = []
    for number, line in enumerate(function):
        phi = _PHI.match(line) if " = phi i64 [" in line else None
        if phi is None:
            continue
        for start, value, latch in ((phi["a"], phi["b"], phi["from_b"]), (phi["b"], phi["a"], phi["from_a"])):
            step = facts.steps.get(value)
            if start.isdigit() and step is not None and step[1]["counter"] == phi["name"]:
                counter = _bounded(int(start), step, latch[1:], facts.labels[number], facts)
                if counter is not None:
                    counter.phi = number
                    found.append(counter)
    return found


def _facts(function: list[str]) -> _Facts:
    facts = _Facts(_block_labels(function), {}, {}, {}, {})
    for number, line in enumerate(function):
        if " = add " in line and (found := _STEP.match(line)):
            facts.steps[found["name"]] = number, found
        elif " = icmp " in line and (found := _TEST.match(line)):
            facts.tests[found["name"]] = number, found
        elif " = zext " in line and (found := _WIDENED.match(line)):
            facts.widened[found["name"]] = found["source"]
        elif line.startswith("  br i1 ") and (found := _BRANCH.match(line)):
            facts.branches[facts.labels[number]] = found
    return facts


def _block_labels(function: list[str]) -> list[str]:
    """The label of the block each line is in; the entry's may be unnamed."""
    labels, current = [], ""
    for line in function:
        found = _LABEL.match(line)
        if found is not None:
            current = found["label"]
        labels.append(current)
    return labels


def _bounded(start: int, step: _Line, latch: str, header: str, facts: _Facts) -> _Counter | None:
    """The counter, if the test that ends the loop bounds every value it takes."""
    branch = facts.branches.get(latch)
    test = facts.tests.get(branch["condition"]) if branch is not None else None
    if branch is None or test is None or test[1]["value"] != step[1]["name"]:
        return None
    goes_on = branch["then"][1:] == header
    if goes_on == (branch["other"][1:] == header) or goes_on != _GOES_ON_IF[test[1]["how"]]:
        return None
    size, bound, is_equality = int(step[1]["step"]), test[1]["bound"], test[1]["how"] in ("eq", "ne")
    if bound.isdigit():
        last = int(bound)  # a stepped value is at most this and one step more
        is_met = not is_equality or (last > start and (last - start) % size == 0)
        fits = max(start, last) + size < _LIMIT
        return _Counter(0, step[0], test[0], bound, "nneg ") if size and is_met and fits else None
    source = facts.widened.get(bound)
    if source is not None and size == 1 and start == 0 and (is_equality or test[1]["how"] == "ult"):
        return _Counter(0, step[0], test[0], source, "")  # "ne 0" would not end within 2^64 steps: LLVM guards it
    return None


def _rewrite(
    function: list[str], counter: _Counter, replaced: dict[int, list[str]], zexts: dict[int, list[str]]
) -> None:
    """Record the lines that replace the counter's phi, step and test, and the widened value behind the block's phis."""
    phi, step = _PHI.match(function[counter.phi]), _STEP.match(function[counter.step])
    test = _TEST.match(function[counter.test])
    assert phi is not None and step is not None and test is not None
    name, value = phi["name"], step["name"]
    narrow, stepped = _narrow(name), _narrow(value)
    incoming = [stepped if v == value else v for v in (phi["a"], phi["b"])]
    replaced[counter.phi] = [
        f"  {narrow} = phi i32 [ {incoming[0]}, {phi['from_a']} ], [ {incoming[1]}, {phi['from_b']} ]{phi['rest']}"
    ]
    last = counter.phi
    while last + 1 < len(function) and " = phi " in function[last + 1]:
        last += 1
    zexts.setdefault(last, []).append(f"  {name} = zext {counter.nneg}i32 {narrow} to i64")
    flags = "nuw nsw" if counter.nneg else "nuw"
    replaced[counter.step] = [
        f"  {stepped} = add {flags} i32 {narrow}, {step['step']}{step['rest']}",
        f"  {value} = zext {counter.nneg}i32 {stepped} to i64",
    ]
    how = test["how"] if counter.nneg else {"slt": "ult", "sgt": "ugt"}.get(test["how"], test["how"])
    replaced[counter.test] = [f"  {test['name']} = icmp {how} i32 {stepped}, {counter.bound}{test['rest']}"]


def _narrow(name: str) -> str:
    return f'%"narrow.{name[2:]}' if name.startswith('%"') else f'%"narrow.{name[1:]}"'
