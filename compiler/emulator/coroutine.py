"""Turns a lowered kernel into what the scheduler runs: a coroutine per thread, or a plain function.

What it is: splits blocks at suspend marks, renames the blocks phis name, and wraps the body in LLVM's switched-resume
protocol; arguments come from a launch packet (an array of pointers, as ``cuLaunchKernel`` takes it). What it assumes:
marks are lines equal to ``!suspend`` or starting with ``!suspend-if``. What it guarantees: the coroutine's frame lies
in memory the scheduler gives it; a returning thread reports through ``finish_thread``. IR before and after::

    bb:                                bb:
      !suspend                           %s1 = call i8 @llvm.coro.suspend(token none, i1 false)
      br label %next                     switch i8 %s1, label %suspend [i8 0, label %r1 i8 1, label %cleanup]
                                       r1:
                                         br label %next
"""

from __future__ import annotations

import re
from collections.abc import Callable

from compiler.emulator.emit import SUSPEND, SUSPEND_IF
from compiler.emulator.ir_text import Block, Function, matching, split_operands, split_type, strip_attributes

Erase = Callable[[str], str]
_TARGET = re.compile(r'label %("[^"]*"|[\w.$-]+)')


def successors(block: Block) -> list[str]:
    """Labels the terminator may go to."""
    return _TARGET.findall(block.instructions[-1]) if block.instructions else []


def loop_blocks(function: Function) -> tuple[set[str], set[str]]:
    """(blocks inside some cycle, targets of back edges)."""
    graph = {block.label: successors(block) for block in function.blocks}
    headers: set[str] = set()
    state: dict[str, int] = {}
    stack: list[tuple[str, int]] = [(function.blocks[0].label, 0)]
    while stack:
        node, i = stack.pop()
        state[node] = 1
        if i < len(graph[node]):
            stack.append((node, i + 1))
            target = graph[node][i]
            if state.get(target) == 1:
                headers.add(target)
            elif target not in state:
                stack.append((target, 0))
        else:
            state[node] = 2
    return _cyclic(graph), headers


def _cyclic(graph: dict[str, list[str]]) -> set[str]:
    """Nodes that can reach themselves."""
    inside: set[str] = set()
    for start, targets in graph.items():
        seen: set[str] = set()
        work = list(targets)
        while work:
            node = work.pop()
            if node == start:
                inside.add(start)
                break
            if node not in seen:
                seen.add(node)
                work.extend(graph[node])
    return inside


def parameters(head: str) -> list[tuple[str, str, str]]:
    """(type, name, byval type or "") of a ``define`` line's parameters."""
    start = head.index("(", head.index("@"))
    found: list[tuple[str, str, str]] = []
    for part in split_operands(head[start + 1 : matching(head, start) - 1]):
        byval = re.search(r"\bbyval\(", part)
        inner = part[byval.end() : matching(part, byval.end() - 1) - 1] if byval is not None else ""
        ty, rest = split_type(part)
        found.append((ty, rest.rsplit(" ", 1)[-1], inner))
    return found


def load_parameters(head: str, erase: Erase) -> list[str]:
    """Instructions that read the launch packet ``%oxide.args``."""
    lines: list[str] = []
    for i, (ty, name, byval) in enumerate(parameters(head)):
        lines.append(f"%oxide.slot.{i} = getelementptr ptr, ptr %oxide.args, i64 {i}")
        lines.append(f"%oxide.at.{i} = load ptr, ptr %oxide.slot.{i}")
        if byval:
            lines.append(f"{name} = alloca {erase(byval)}, align 16")
            size = f"ptrtoint (ptr getelementptr ({erase(byval)}, ptr null, i32 1) to i64)"
            lines.append(f"call void @llvm.memcpy.p0.p0.i64(ptr {name}, ptr %oxide.at.{i}, i64 {size}, i1 false)")
        else:
            lines.append(f"{name} = load {erase(strip_attributes(ty))}, ptr %oxide.at.{i}, align 1")
    return lines


def _text(head: str, blocks: list[Block]) -> str:
    body = "\n".join(f"{block.label}:\n" + "\n".join("  " + line for line in block.instructions) for block in blocks)
    return f"{head} {{\n{body}\n}}"


def make_plain(function: Function, erase: Erase) -> str:
    """``void @oxide.entry(ptr args)``: one thread from start to end."""
    entry = function.blocks[0]
    prologue = Block(
        "oxide.entry", [*load_parameters(function.head, erase), *_hoisted(entry), f"br label %{entry.label}"]
    )
    return _text("define void @oxide.entry(ptr %oxide.args) nounwind", [prologue, *function.blocks])


def _hoisted(entry: Block) -> list[str]:
    """Move the entry block's allocas out of it."""
    allocas = [line for line in entry.instructions if " = alloca " in line]
    entry.instructions = [line for line in entry.instructions if " = alloca " not in line]
    return allocas


def make_coroutine(function: Function, erase: Erase) -> str:
    """``ptr @oxide.entry(ptr args)``: creates the thread and runs it to its first suspend point."""
    entry = function.blocks[0]
    prologue = Block(
        "oxide.entry",
        [
            "%oxide.id = call token @llvm.coro.id(i32 64, ptr null, ptr null, ptr null)",
            "%oxide.size = call i64 @llvm.coro.size.i64()",
            '%oxide.memory = call ptr @"oxide.frame_memory"(i64 %oxide.size)',
            "%oxide.handle = call ptr @llvm.coro.begin(token %oxide.id, ptr %oxide.memory)",
            *load_parameters(function.head, erase),
            *_hoisted(entry),
            f"br label %{entry.label}",
        ],
    )
    blocks, last = _split(function.blocks)
    for block in blocks:
        block.instructions = [_rename_phi(line, last) if " = phi " in line else line for line in block.instructions]
    return _text(
        "define ptr @oxide.entry(ptr %oxide.args) presplitcoroutine nounwind", [prologue, *blocks, *_epilogue()]
    )


def _epilogue() -> list[Block]:
    return [
        Block("oxide.finish", ['call void @"oxide.finish_thread"()', "br label %oxide.suspend"]),
        Block(
            "oxide.cleanup",
            ["%oxide.freed = call ptr @llvm.coro.free(token %oxide.id, ptr %oxide.handle)", "br label %oxide.suspend"],
        ),
        Block(
            "oxide.suspend",
            ["call void @llvm.coro.end(ptr %oxide.handle, i1 false, token none)", "ret ptr %oxide.handle"],
        ),
    ]


def _split(blocks: list[Block]) -> tuple[list[Block], dict[str, str]]:
    """Cut blocks at suspend marks; also says which part now ends each original block."""
    result: list[Block] = []
    last: dict[str, str] = {}
    count = 0
    for block in blocks:
        current = Block(block.label)
        result.append(current)
        for line in block.instructions:
            if line == "ret void":
                line = "br label %oxide.finish"
            if not line.startswith(SUSPEND):
                current.instructions.append(line)
                continue
            count += 1
            resumed = f"oxide.r{count}"
            if line.startswith(SUSPEND_IF):
                current = _conditional(result, current, count, resumed)
            current.instructions += _suspension(count, resumed)
            current = Block(resumed)
            result.append(current)
        last[block.label] = current.label
    return result, last


def _conditional(result: list[Block], current: Block, count: int, resumed: str) -> Block:
    """A spinning loop suspends only when it has spun long enough."""
    current.instructions.append(f'%oxide.y{count} = call i1 @"oxide.should_yield"()')
    current.instructions.append(f"br i1 %oxide.y{count}, label %oxide.w{count}, label %{resumed}")
    waiting = Block(f"oxide.w{count}")
    result.append(waiting)
    return waiting


def _suspension(count: int, resumed: str) -> list[str]:
    return [
        f"%oxide.s{count} = call i8 @llvm.coro.suspend(token none, i1 false)",
        f"switch i8 %oxide.s{count}, label %oxide.suspend [ i8 0, label %{resumed} i8 1, label %oxide.cleanup ]",
    ]


def _rename_phi(line: str, last: dict[str, str]) -> str:
    return re.sub(r', %("[^"]*"|[\w.$-]+) \]', lambda m: f", %{last.get(m[1], m[1])} ]", line)
