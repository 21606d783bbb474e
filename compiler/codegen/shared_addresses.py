"""Addresses of shared memory keep their address space through LLVM's optimiser.

What it is: a rewriting of optimised LLVM IR text. Rust pointers are generic, so a shared array reaches LLVM as
``addrspacecast (@A to ptr)``, behind which LLVM forgets the array's alignment; it finds the address space again only
at code generation, too late to merge neighbouring accesses. Here every ``getelementptr`` chain that starts at such a
cast is moved into address space 3, with a cast back only where something needs a generic pointer. A second
optimisation then sees alignments, and four ``ld.shared.f32`` become one ``ld.shared.v4.f32``.

Assumes: text printed by LLVM (one instruction a line). Guarantees: the meaning is unchanged; text without such chains
is returned as it is.

Before and after::

    %p = getelementptr i32, ptr addrspacecast (ptr addrspace(3) @A to ptr), i64 %i
    %v = load float, ptr %p, align 4

    %p = getelementptr i32, ptr addrspace(3) @A, i64 %i
    %generic.p = addrspacecast ptr addrspace(3) %p to ptr
    %v = load float, ptr addrspace(3) %p, align 4
"""

from __future__ import annotations

import re

from compiler.codegen.function_text import functions_rewritten

_NAME = r'%(?:[-\w$.]+|"[^"]*")'
_GLOBAL = r'@(?:[-\w$.]+|"[^"]*")'
_CAST = re.compile(rf"ptr addrspacecast \(ptr addrspace\(3\) ({_GLOBAL}) to ptr\)")
_LOCAL = re.compile(_NAME)
_DEFINITION = re.compile(rf"^\s+({_NAME}) = (.*)$")
_OFFSET = rf"getelementptr[^()]*\([^,()]+, ptr addrspacecast \(ptr addrspace\(3\) {_GLOBAL} to ptr\), i64 -?\d+\)"
_POINTER = re.compile(rf"ptr (?:{_OFFSET}|addrspacecast \(ptr addrspace\(3\) {_GLOBAL} to ptr\)|{_NAME})")
_ARRAY = re.compile(
    rf"^(?P<array>{_GLOBAL} = internal [^\n]*addrspace\(3\) global \[(?P<size>\d+) x i8\] undef), align (?P<align>\d+)",
    re.M,
)
_WIDEST = 16  # bytes of the widest access
_CONSTANT = ("addrspacecast", "getelementptr")
_ACCESS = frozenset(("load", "getelementptr", "atomicrmw", "cmpxchg"))


def _generic(name: str) -> str:
    return f'%"generic.{name[2:]}' if name.startswith('%"') else f"%generic.{name[1:]}"


def _address(operation: str) -> tuple[int, int] | None:
    """Where the address operand (``ptr X``) of a memory access or ``getelementptr`` is."""
    opcode = operation.partition(" ")[0]
    if opcode in _ACCESS:
        found = _POINTER.search(operation)
        return found.span() if found is not None else None
    if opcode == "store":
        last = None
        for found in _POINTER.finditer(operation):
            last = found
        return last.span() if last is not None else None
    return None


def _shared_chains(function: list[str]) -> set[str]:
    """Names of the ``getelementptr`` results that address shared memory; definitions precede uses except in loops."""
    shared: set[str] = set()
    size = -1
    while size != len(shared):
        size = len(shared)
        for line in function:
            definition = _DEFINITION.match(line)
            if definition is None or not definition[2].startswith("getelementptr") or definition[1] in shared:
                continue
            at = _address(definition[2])
            base = definition[2][at[0] + 4 : at[1]] if at is not None else ""
            if base.startswith(_CONSTANT) or base in shared:
                shared.add(definition[1])
    return shared


def _rewrite_operation(operation: str, shared: set[str]) -> str:
    def generic(match: re.Match[str]) -> str:
        return _generic(match[0]) if match[0] in shared else match[0]

    at = _address(operation)
    base = operation[at[0] + 4 : at[1]] if at is not None else ""
    if at is None or not (base in shared or base.startswith(_CONSTANT)):
        return _LOCAL.sub(generic, operation)
    cast = _CAST.match(operation[at[0] : at[1]])
    spaced = cast[1] if cast is not None else _CAST.sub(r"ptr addrspace(3) \1", base)
    address = f"ptr addrspace(3) {spaced}"
    return _LOCAL.sub(generic, operation[: at[0]]) + address + _LOCAL.sub(generic, operation[at[1] :])


def _rewrite_function(function: list[str]) -> list[str]:
    shared = _shared_chains(function)
    out: list[str] = []
    for line in function:
        definition = _DEFINITION.match(line)
        if definition is None:
            indent = len(line) - len(line.lstrip())
            out.append(line[:indent] + _rewrite_operation(line[indent:], shared))
            continue
        name, operation = definition[1], definition[2]
        out.append(f"  {name} = {_rewrite_operation(operation, shared)}")
        if name in shared:
            out.append(f"  {_generic(name)} = addrspacecast ptr addrspace(3) {name} to ptr")
    return out


def _aligned(declaration: re.Match[str]) -> str:
    """A shared array of 16 bytes or more starts where a 16-byte access can: neighbouring accesses may then merge."""
    size, align = int(declaration["size"]), int(declaration["align"])
    return declaration[0] if size < _WIDEST or align >= _WIDEST else f"{declaration['array']}, align {_WIDEST}"


def keep_shared_addresses(text: str) -> str:
    """The module with shared-memory addresses in address space 3; the same object when there is nothing to do."""
    if _CAST.search(text) is None:
        return text
    return functions_rewritten(_ARRAY.sub(_aligned, text), _rewrite_function)
