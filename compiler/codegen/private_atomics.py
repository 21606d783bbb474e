"""Atomic operations on a thread's own variables become plain loads and stores.

What it is: a rewriting of optimised LLVM IR text. PTX has no atomic on local memory: NVPTX prints ``atom.local`` for a
compare-exchange, which the assembler rejects, and a generic ``atom`` on a local address, which PTX leaves undefined. No
other thread can reach local memory, so the plain form computes the same.

Assumes: text printed by LLVM (one instruction a line). Guarantees: every ``cmpxchg``, and every integer, exchange,
``fadd`` and ``fsub`` ``atomicrmw`` (also in the form of :mod:`compiler.codegen.nvptx_forms`), whose address is derived
from an ``alloca`` of its function is rewritten; all else stays as it is, also an atomic that a function called with the
address performs.

Before and after::

    %old = atomicrmw add ptr %a, i32 %n monotonic, align 4
    %old = load i32, ptr %a, align 4
    %"private.0.new" = add i32 %old, %n
    store i32 %"private.0.new", ptr %a, align 4
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

_NAME = r'%(?:[-\w$.]+|"[^"]*")'
_ALLOCA = re.compile(rf"^  ({_NAME}) = alloca ")
_DERIVED = re.compile(
    rf"^  (?P<name>{_NAME}) = (?:getelementptr .*?, |addrspacecast )ptr(?: addrspace\(5\))? (?P<base>{_NAME})"
)
_ATOMIC = re.compile(
    rf"^  (?P<name>{_NAME}) = (?:cmpxchg (?:weak )?|atomicrmw (?P<op>\w+) )(?:volatile )?"
    rf"(?P<pointer>ptr(?: addrspace\(5\))? (?P<base>{_NAME})), "
    r"(?P<type>i\d+|half|bfloat|float|double|ptr) (?P<value>[^\s,]+)(?:, (?P=type) (?P<new>[^\s,]+))? "
    r".*?(?P<align>, align \d+)[^!]*(?P<debug>, !dbg !\d+)?"
)
_TARGET_FORM = re.compile(  # what nvptx_forms makes of an ``atomicrmw``
    rf"^  (?P<name>{_NAME}) = (?:tail )?call (?P<type>i32|i64|float|double) "
    r"(?:@llvm\.nvvm\.atomic\.(?P<word>\w+)\.gen\.(?P<kind>[if])\.\w+\.\w+\.p0"
    r'|asm sideeffect "atom\.relaxed\.sys\.(?P<unsigned>max|min)\.u\d+ [^"]*", "[^"]*")'
    rf"\(ptr (?:[^%,]* )?(?P<base>{_NAME}), (?P=type) (?P<value>[^\s,)]+)\)[^!]*(?P<debug>, !dbg !\d+)?"
)
_ORDERS = {"max": "sgt", "min": "slt", "umax": "ugt", "umin": "ult"}
_ARITHMETIC = ("add", "sub", "and", "or", "xor", "fadd", "fsub")


@dataclass(frozen=True)
class _Atomic:
    """One atomic operation, as text: ``op`` is LLVM's ``atomicrmw`` operation, None for a compare-exchange."""

    name: str
    op: str | None
    pointer: str
    type: str
    value: str
    new: str | None
    align: str
    debug: str


def plain_private_atomics(text: str) -> str:
    """The module with atomics on local variables made plain; ``text`` itself if there are none."""
    if " alloca " not in text or not any(word in text for word in (" cmpxchg ", " atomicrmw ", ".atomic.", '"atom.')):
        return text
    out: list[str] = []
    private: set[str] = set()
    numbers = count()
    for line in text.split("\n"):
        if line.startswith("define "):
            private = set()
        if found := _ALLOCA.match(line):
            private.add(found[1])
        elif (found := _DERIVED.match(line)) and found["base"] in private:
            private.add(found["name"])
        plain = [] if (atomic := _atomic(line, private)) is None else _plain(atomic, f"private.{next(numbers)}")
        out += [f"  {each}{atomic.debug}" for each in plain] if atomic is not None and plain else [line]
    return "\n".join(out) if next(numbers) else text


def _atomic(line: str, private: set[str]) -> _Atomic | None:
    """The atomic operation of a line, if it is one on private memory."""
    if found := _ATOMIC.match(line):
        parts = (found["op"], found["pointer"], found["type"], found["value"], found["new"], found["align"])
    elif found := _TARGET_FORM.match(line):
        op = f"u{found['unsigned']}" if found["unsigned"] else {"exch": "xchg"}.get(found["word"], found["word"])
        op = f"f{op}" if found["kind"] == "f" else op
        parts = (op, f"ptr {found['base']}", found["type"], found["value"], None, "")
    if found is None or found["base"] not in private:
        return None
    return _Atomic(found["name"], *parts, found["debug"] or "")


def _plain(atomic: _Atomic, prefix: str) -> list[str]:
    """Its plain form; empty where there is none."""
    name, op, ty, value = atomic.name, atomic.op, atomic.type, atomic.value
    place = f"{atomic.pointer}{atomic.align}"
    changed, flag, pair = (f'%"{prefix}.{part}"' for part in ("new", "flag", "pair"))
    if op is None:
        old = f'%"{prefix}.old"'
        return [
            f"{old} = load {ty}, {place}",
            f"{flag} = icmp eq {ty} {old}, {value}",
            f"{changed} = select i1 {flag}, {ty} {atomic.new}, {ty} {old}",
            f"store {ty} {changed}, {place}",
            f"{pair} = insertvalue {{ {ty}, i1 }} poison, {ty} {old}, 0",
            f"{name} = insertvalue {{ {ty}, i1 }} {pair}, i1 {flag}, 1",
        ]
    if op == "xchg":
        changed, steps = value, []
    elif op in _ARITHMETIC:
        steps = [f"{changed} = {op} {ty} {name}, {value}"]
    elif op == "nand":
        steps = [f"{pair} = and {ty} {name}, {value}", f"{changed} = xor {ty} {pair}, -1"]
    elif op in _ORDERS:
        steps = [
            f"{flag} = icmp {_ORDERS[op]} {ty} {name}, {value}",
            f"{changed} = select i1 {flag}, {ty} {name}, {ty} {value}",
        ]
    else:
        return []
    return [f"{name} = load {ty}, {place}", *steps, f"store {ty} {changed}, {place}"]
