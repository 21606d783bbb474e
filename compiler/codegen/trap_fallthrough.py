"""Failed checks trap in place: control goes on behind the trap instead of leaving the kernel.

What it is: a rewriting of optimised LLVM IR text, just before PTX is emitted. A check that fails branches to a block
``trap; unreachable``, from which NVPTX leaves the kernel. For ptxas that is an exit some threads may take: everything
behind the check then counts as divergent code, so loop counters, addresses and branches leave the uniform registers,
and each barrier waits for warps to gather again. A trap ends the whole grid, so what follows it never matters: here
every such branch gets a trap block of its own that goes on to where the passing threads go, and ptxas turns it into one
predicated instruction (nvcc's ``if (bad) __trap();`` has the same shape).

Assumes: text printed by LLVM (one instruction a line, ``; preds`` comments are not trusted); the optimiser is done, it
has used what the checks prove. Guarantees: a kernel whose checks pass computes the same; a failing one traps at the
same check; blocks that do more than trap, and switches into a trap, stay as they are.

Before and after::

      br i1 %ok, label %body, label %fail        br i1 %ok, label %body, label %trap.entry
    body:                                      trap.entry:
      ...                                        call void asm sideeffect "trap;", ""()
    fail:                                        br label %body
      call void @llvm.trap()                   body:
      unreachable                                ...
"""

from __future__ import annotations

import re

from compiler.codegen.function_text import LABEL, blocks_of, functions_rewritten

_TRAP = re.compile(r"^\s+(?:tail )?call void @llvm\.trap\(\)(?: #\d+)?(?P<debug>, !dbg !\d+)?$")
BRANCH = re.compile(
    r'^  br i1 (?P<condition>[^,]+), label %(?P<then>[-\w$.]+|"[^"]*"), label %(?P<other>[-\w$.]+|"[^"]*")(?P<rest>.*)$'
)
_TRAP_CALL = '  call void asm sideeffect "trap;", ""()'


def trap_in_place(text: str) -> str:
    """The module with every conditional branch to a bare trap made a trap that falls through."""
    if "@llvm.trap()" not in text:
        return text
    return functions_rewritten(text, _rewritten)


def _rewritten(function: list[str]) -> list[str]:
    blocks = blocks_of(function)
    traps = {label: debug for label, lines in blocks if (debug := bare_trap(lines)) is not None}
    if not traps:
        return function
    added: dict[str, list[str]] = {}  # block that goes on -> its new predecessors' lines
    sources: dict[str, list[tuple[str, str]]] = {}  # block that goes on -> (old predecessor, new one)
    for label, lines in blocks:
        found = BRANCH.match(lines[-1]) if lines else None
        if found is None or (found["then"] in traps) == (found["other"] in traps):
            continue
        failing_arm, passing_arm = ("then", "other") if found["then"] in traps else ("other", "then")
        failing, passing = found[failing_arm], found[passing_arm]
        new = f'"trap.{label.strip(chr(34))}"'
        lines[-1] = f"{found.string[: found.start(failing_arm)]}{new}{found.string[found.end(failing_arm) :]}"
        added.setdefault(passing, []).extend((f"{new}:", _TRAP_CALL + traps[failing], f"  br label %{passing}", ""))
        sources.setdefault(passing, []).append((label, new))
    out: list[str] = []
    for label, lines in blocks:
        out += added.get(label, ())
        out += [_with_sources(line, sources.get(label, ())) for line in lines]
    return out


def bare_trap(lines: list[str]) -> str | None:
    """The debug location of a block that only traps, "" if it has none; None for any other block."""
    body = [line for line in lines if not LABEL.match(line) and not line.lstrip().startswith("#dbg_")]
    if len(body) != 2 or not body[1].startswith("  unreachable"):
        return None
    found = _TRAP.match(body[0])
    return None if found is None else found["debug"] or ""


def _with_sources(line: str, sources: list[tuple[str, str]] | tuple[()]) -> str:
    """A phi with a value for each new predecessor: that of the predecessor it was split from."""
    if not sources or " = phi " not in line:
        return line
    for old, new in sources:
        value = re.search(rf"\[ ([^\[\]]+|\[[^\[\]]*\]), %{re.escape(old)} \]", line)
        if value is not None:
            entry = f"[ {value[1]}, %{new} ]"
            line = f"{line[: value.end()]}, {entry}{line[value.end() :]}"
    return line
