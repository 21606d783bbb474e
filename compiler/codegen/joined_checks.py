"""Checks that follow each other become one check, with the memory accesses between them behind it.

What it is: a rewriting of optimised LLVM IR text, before :mod:`compiler.codegen.trap_fallthrough`. A bounds check is a
branch to a trap, and no load moves over it: three reads with three checks wait for memory three times, where CUDA C++
waits once. A check whose condition needs none of the loads since an earlier one is tested together with that one.

Assumes: text printed by LLVM (one instruction a line). Guarantees: every value is the one it was; a kernel whose checks
pass computes the same; one in which a check fails still traps, at the first check of the joined ones, and less of what
stood between them happened (nobody can see that: a trap ends the grid and its context). Only plain loads and stores and
arithmetic may stand between joined checks; calls, atomics, barriers and volatile accesses keep them apart.

Before and after::

      br i1 %a, label %next, label %fail          %b = icmp ult i64 %j, %len
    next:                                         %both = select i1 %a, i1 %b, i1 false
      %x = load float, ptr %p                     br i1 %both, label %next, label %fail
      %b = icmp ult i64 %j, %len                next:
      br i1 %b, label %more, label %fail          %x = load float, ptr %p
                                                  br label %more
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count

from compiler.codegen.function_text import blocks_of, functions_rewritten
from compiler.codegen.trap_fallthrough import BRANCH, bare_trap

_V = r'%(?:[-\w$.]+|"[^"]*")'
_DEFINITION = re.compile(rf"^  (?P<name>{_V}) = (?:(?:tail|notail|musttail) )?(?P<operation>\w+)")
_NUMBERED = re.compile(r"^(?:  %)?(\d+)(?: =|:)")
_NUMBER = re.compile(r"%(\d+)\b")
_VALUE = re.compile(_V)
_LABELS = re.compile(rf"label ({_V})")
# May be computed though an earlier check fails. Division is not among them: the check may be of its divisor.
_PURE = (
    {"add", "sub", "mul", "shl", "lshr", "ashr", "and", "or", "xor", "icmp", "select", "freeze", "getelementptr"}
    | {"zext", "sext", "trunc", "bitcast", "ptrtoint", "inttoptr", "addrspacecast", "extractvalue", "insertvalue"}
    | {"fcmp", "fadd", "fsub", "fmul", "fneg", "fpext", "fptrunc", "uitofp", "sitofp"}
)
_PURE_CALL = re.compile(
    r" call (?:\w+ |range\([^)]*\) )*[\w<>]+ @llvm\.(?:[us](?:min|max)|abs|ctpop|ctlz|cttz|bswap|bitreverse|fsh[lr]"
    r"|nvvm\.read\.ptx\.sreg\.(?:n?tid|n?ctaid)\.[xyz])"
)
_COMPARISON = re.compile(
    rf"^  (?P<name>{_V}) = icmp (?:samesign )?(?P<how>u[lg][te]) i64 (?P<a>{_V}|\d+), (?P<b>{_V}|\d+)(?P<rest>.*)$"
)
_ACCESS = re.compile(rf"^  (?:{_V} = load|store) (?!volatile|atomic)")


def join_checks(text: str) -> str:
    """The module with checks that follow each other joined."""
    return functions_rewritten(text, _joined) if "@llvm.trap()" in text else text


def _joined(function: list[str]) -> list[str]:
    blocks = dict(blocks_of(function))
    traps = {label for label, lines in blocks.items() if bare_trap(lines) is not None}
    n_entries = Counter(name[1:] for line in function for name in _LABELS.findall(line))
    done, fresh = set[str](), (f'%"joined check {n}"' for n in count())
    for label in blocks:
        if label not in done:
            _join_from(label, blocks, traps, n_entries, done, fresh)
    joined = [line for lines in blocks.values() for line in (*lines, "")]
    return _named(joined) if done else function


def _join_from(
    label: str,
    blocks: dict[str, list[str]],
    traps: set[str],
    n_entries: Counter[str],
    done: set[str],
    fresh: Iterator[str],
) -> None:
    """Join the check that ends a block with those that follow it."""
    first = blocks[label]
    passing = _passing(first[-1], traps)
    waiting: dict[str, str] = {}  # what stands behind the joined check: value -> its line
    home: dict[str, str] = {}  # -> the block it stands in
    while passing is not None and n_entries[passing] == 1 and passing not in done and passing != label:
        here = blocks[passing]
        following = _passing(here[-1], traps)
        if following is None or not all(map(_may_wait, here[1:-1])):
            return
        found = BRANCH.match(here[-1])
        assert found is not None
        for line in here[1:-1]:
            defined = _DEFINITION.match(line)
            if defined is not None:
                waiting[defined["name"]], home[defined["name"]] = line, passing
        needed = _slice(found["condition"], waiting)
        if needed is None:
            return
        for name in needed:
            blocks[home[name]].remove(waiting.pop(name))
        _test_too(first, found, traps, [*needed.values()], fresh)
        here[-1] = f"  br label %{following}{found['rest']}"
        done.add(passing)
        passing = following


def _passing(terminator: str, traps: set[str]) -> str | None:
    """Where control goes if the check that ends a block passes; None if it does not end in a check."""
    found = BRANCH.match(terminator)
    if found is None or (found["then"] in traps) == (found["other"] in traps):
        return None
    return found["other"] if found["then"] in traps else found["then"]


def _may_wait(line: str) -> bool:
    """Whether an instruction may as well come after a later check, or be computed before an earlier one."""
    return line.lstrip().startswith("#dbg_") or _ACCESS.match(line) is not None or _is_pure(line)


def _is_pure(line: str) -> bool:
    found = _DEFINITION.match(line)
    return found is not None and (found["operation"] in _PURE or _PURE_CALL.search(line) is not None)


def _slice(condition: str, waiting: dict[str, str]) -> dict[str, str] | None:
    """What has to be computed for a condition of the values that wait, in order; None if a load is among it."""
    needed, todo = set[str](), [condition]
    while todo:
        name = todo.pop()
        if name in needed or name not in waiting:
            continue
        if not _is_pure(waiting[name]):
            return None
        needed.add(name)
        todo += _VALUE.findall(waiting[name].partition(" = ")[2])
    return {name: line for name, line in waiting.items() if name in needed}


def _test_too(
    lines: list[str], other: re.Match[str], traps: set[str], computed: list[str], fresh: Iterator[str]
) -> None:
    """Have the check that ends a block test another one's condition, too."""
    own = BRANCH.match(lines[-1])
    assert own is not None
    made, names = list[str](), [own["condition"], other["condition"]]
    for written in (lines, computed):
        written[:] = [_in_ptx(line) if _defined(line) in names else line for line in written]
    for i, check in enumerate((own, other)):
        if check["then"] in traps:
            names[i] = next(fresh)
            made.append(f"  {names[i]} = xor i1 {check['condition']}, true")
    joined = next(fresh)
    made.append(f"  {joined} = select i1 {names[0]}, i1 {names[1]}, i1 false")
    then, fail = (own["other"], own["then"]) if own["then"] in traps else (own["then"], own["other"])
    lines[-1:] = [*computed, *made, f"  br i1 {joined}, label %{then}, label %{fail}{own['rest']}"]


def _defined(line: str) -> str:
    found = _DEFINITION.match(line)
    return found["name"] if found is not None else ""


def _in_ptx(line: str) -> str:
    """A comparison of 64 bits in PTX: of several, LLVM makes one with the greatest value, and a maximum of 64 bits is
    four instructions where a comparison that takes the last one's result along is two."""
    found = _COMPARISON.match(line)
    if found is None:
        return line
    how = {"ult": "lt", "ule": "le", "ugt": "gt", "uge": "ge"}[found["how"]]
    call = f'call i1 asm "setp.{how}.u64 $0, $1, $2;", "=b,l,l"(i64 {found["a"]}, i64 {found["b"]})'
    return f"  {found['name']} = {call}{found['rest']}"


def _named(function: list[str]) -> list[str]:
    """The body with names (no identifier has a space) for its numbered values and blocks, whose numbers LLVM wants in
    the order of the text."""
    numbered = {found[1] for line in function if (found := _NUMBERED.match(line)) is not None}

    def name(found: re.Match[str]) -> str:
        return f'%"number {found[1]}"' if found[1] in numbered else found[0]

    return [
        _NUMBER.sub(name, f'"number {line}'.replace(":", '":', 1) if line[:1].isdigit() else line) for line in function
    ]
