"""Quick fixes of races.

What it is: suggestions made from the source text around an access. Assumes: item-relative spans and the item's text.
Guarantees: an edit leaves the rest of the text as it is; only what is sure to be right is offered for one-click use.

Example: a race between two lines of one block of statements offers ``thread::sync_threads();`` before the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from compiler.analysis.disjointness.verdict import AccessKind, Place, Space, Verdict
from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Edit, Suggestion

ItemText = Callable[[Any], bytes]
_BRANCH = re.compile(rb"\b(?:if|else|match)\b")


def contract_fix(owner: Any, text: bytes, contract: str) -> tuple[Suggestion, ...]:
    """Adding the launch contract above the kernel."""
    if not contract or b"launch_contract" in text:
        return ()
    line = contract.replace("#[launch_contract", "#[cuda_device::launch_contract")
    at = text.find(b"#[")
    start = text.rfind(b"\n", 0, at) + 1 if at > 0 else 0
    indent = b" " * (at - start) if at > 0 and not text[start:at].strip() else _indent_of_body(text)
    edit = Edit(Span(max(at, 0), max(at, 0)), f"{line}\n{indent.decode()}", owner)
    message = f"promise the shape of every launch: add `{contract}`"
    return (Suggestion(message, (edit,), Applicability.MACHINE_APPLICABLE),)


def _indent_of_body(text: bytes) -> bytes:
    """The indentation of an item: that of its last line, a closing brace."""
    last = text[text.rfind(b"\n") + 1 :]
    return last[: len(last) - len(last.lstrip())]


def barrier_fix(verdict: Verdict, item_text: ItemText) -> tuple[Suggestion, ...]:
    """A barrier between two accesses of shared memory written one after the other in one block of statements: of the
    cluster where the threads are of different blocks."""
    w = verdict.witness
    if w is None or w.memory.space is Space.GLOBAL or w.first_place.owner is not w.second_place.owner:
        return ()
    first, second = sorted((w.first_place, w.second_place), key=lambda p: p.span.start)
    text = item_text(first.owner)
    statement = statement_start(text, second.span.start)
    between = text[first.span.start : statement]
    if w.first.block != w.second.block:
        fits = statement > first.span.start and same_block(text, first.span.start, statement)
        if not fits or b"cluster_sync" in between or _in_a_branch(text, statement):
            return ()
        return _barrier_at(text, second.owner, statement, "add a barrier of the cluster", b"cluster::cluster_sync();")
    fits = statement > first.span.start and same_block(text, first.span.start, statement)
    if not fits or b"sync_threads" in between or _in_a_branch(text, statement):
        return _end_of_loop(text, first, second)
    return _barrier_at(text, second.owner, statement, "add a barrier between the two accesses")


def _barrier_at(
    text: bytes, owner: Any, at: int, message: str, barrier: bytes = b"thread::sync_threads();"
) -> tuple[Suggestion, ...]:
    line = text.rfind(b"\n", 0, at) + 1
    indent = text[line:at].decode() if not text[line:at].strip() else " "
    module = barrier.partition(b"::")[0] + b"::"
    imported = module in text.replace(b"cuda_device::" + module, b"")
    call = barrier.decode() if imported else f"cuda_device::{barrier.decode()}"
    separator = f"\n{indent}" if indent.strip(" \t") == "" and "\n" not in indent and indent != " " else " "
    edit = Edit(Span(at, at), f"{call}{separator}", owner)
    return (Suggestion(f"{message}: `{call}`", (edit,), Applicability.MACHINE_APPLICABLE),)


def _end_of_loop(text: bytes, first: Place, second: Place) -> tuple[Suggestion, ...]:
    """Accesses of two iterations: a barrier at the end of the loop's body."""
    open_brace = enclosing_brace(text, first.span.start)
    while open_brace >= 0:
        head = text[max(0, text.rfind(b"\n", 0, open_brace)) : open_brace]
        close = matching_brace(text, open_brace)
        words = head.split()
        if close > second.span.start and any(w in words for w in (b"while", b"for", b"loop")):
            if _in_a_branch(text, open_brace):
                return ()
            line = text.rfind(b"\n", 0, close) + 1
            indent = text[line:close].decode()
            if indent.strip():
                return ()
            call = "thread::sync_threads();" if b"thread::" in text else "cuda_device::thread::sync_threads();"
            edit = Edit(Span(close, close), f"    {call}\n{indent}", first.owner)
            message = f"add a barrier at the end of the loop: `{call}`"
            return (Suggestion(message, (edit,), Applicability.MAYBE_INCORRECT),)
        open_brace = enclosing_brace(text, open_brace)
    return ()


# ---------------------------------------------------------------- text


def statement_start(text: bytes, at: int) -> int:
    """Where the statement around a position begins."""
    depth, i = 0, at - 1
    while i >= 0:
        c = text[i : i + 1]
        if c in (b")", b"]", b"}"):
            if c == b"}" and depth == 0:
                break
            depth += 1
        elif c in (b"(", b"[", b"{"):
            if depth == 0 and c == b"{":
                before = text[:i].rstrip()
                if not before.endswith((b"unsafe", b"=")):
                    break
            depth = max(0, depth - 1)
        elif c == b";" and depth == 0:
            break
        i -= 1
    start = i + 1
    while start < at and text[start : start + 1].isspace():
        start += 1
    return _past_comments(text, start, at)


def _past_comments(text: bytes, start: int, at: int) -> int:
    while text[start : start + 2] == b"//":
        start = text.find(b"\n", start) + 1
        while start < at and text[start : start + 1].isspace():
            start += 1
    return start


def enclosing_brace(text: bytes, at: int) -> int:
    """The opening brace of the block around a position, -1 if none."""
    depth, i = 0, at - 1
    while i >= 0:
        c = text[i : i + 1]
        if c == b"}":
            depth += 1
        elif c == b"{":
            if depth == 0:
                return i
            depth -= 1
        i -= 1
    return -1


def matching_brace(text: bytes, at: int) -> int:
    """The closing brace of an opening one."""
    depth = 0
    for i in range(at, len(text)):
        c = text[i : i + 1]
        if c == b"{":
            depth += 1
        elif c == b"}":
            depth -= 1
            if depth == 0:
                return i
    return len(text)


def _in_a_branch(text: bytes, at: int) -> bool:
    """Whether some ``if`` or ``match`` decides which threads get to a position."""
    while (at := enclosing_brace(text, at)) >= 0:
        head = text[max(text.rfind(mark, 0, at) for mark in (b";", b"{", b"}")) + 1 : at]
        if _BRANCH.search(head) or head.rstrip().endswith(b"=>"):
            return True
    return False


def same_block(text: bytes, first: int, statement: int) -> bool:
    """Whether a statement stands in a block that also contains an earlier position, itself or deeper."""
    outer = enclosing_brace(text, statement)
    return outer >= 0 and outer < first < statement and matching_brace(text, outer) > statement


# ---------------------------------------------------------------- witnesses

_INDEX_2D = re.compile(rb"\bindex_2d\s*\(")
_UNCHECKED = re.compile(rb"\*\s*(\w+)\.get_unchecked_mut\(")
_OTHER_AXES = re.compile(rb"\b(?:threadIdx|blockIdx|blockDim|gridDim)_[yz]\b|\bindex_2d|\bcoord_2d")


def stride_fix(verdict: Verdict, owner: Any, text: bytes) -> tuple[Suggestion, ...]:
    """``index_2d(a)`` and ``index_2d(b)`` into one slice: the first stride for all."""
    if verdict.witness is None or verdict.memory.space is not Space.GLOBAL:
        return ()
    found = [(m.end(), _closing(text, m.end() - 1)) for m in _INDEX_2D.finditer(text)]
    if len(found) < 2 or any(end < 0 for _, end in found):
        return ()
    first = text[found[0][0] : found[0][1]]
    edits = tuple(
        Edit(Span(start, end), first.decode(), owner)
        for start, end in found[1:]
        if text[start:end].strip() != first.strip()
    )
    if not edits:
        return ()
    message = f"use one stride for every access: `index_2d({first.decode()})`"
    return (Suggestion(message, edits, Applicability.MAYBE_INCORRECT),)


def witness_fix(
    verdict: Verdict, item_text: ItemText, index_1d: bool, block: Span | None = None
) -> tuple[Suggestion, ...]:
    """``*out.get_unchecked_mut(i) = v`` as a write of the thread's own element: of a certain race in one axis, whose
    kernel has no number that could be the length of a row or a count of elements. ``block``: the `unsafe` block that
    does nothing else unsafe, which the write then needs no more.
    """
    w = verdict.witness
    if w is None or not w.certain or w.scalars or w.memory.kind != "param" or not index_1d:
        return ()
    if w.first_place.kind is AccessKind.READ:
        return ()
    text = item_text(w.first_place.owner)
    if _OTHER_AXES.search(text):
        return ()
    at = w.first_place.span
    match = _UNCHECKED.match(text, at.start)
    if match is None or match[1].decode() != w.memory.name:
        return ()
    end = _closing(text, match.end() - 1)
    value = re.match(rb"\)\s*=(?!=)\s*", text[end:]) if end >= 0 else None
    if value is None or not at.start < end + value.end() <= at.end:
        return ()
    stored = text[end + value.end() : at.end].strip().decode()
    name = w.memory.name
    new = f"if let Some(slot) = {name}.get_mut(thread::index_1d()) {{ *slot = {stored} }}"
    edits = tuple(Edit(s, t, w.first_place.owner) for s, t in _without_unsafe(text, block, at, new))
    message = f"write the thread's own element: `{name}.get_mut(thread::index_1d())`"
    return (Suggestion(message, edits, Applicability.MAYBE_INCORRECT),)


def _without_unsafe(text: bytes, block: Span | None, at: Span, new: str) -> tuple[tuple[Span, str], ...]:
    """What to write where: the new statement in place of an `unsafe` block of nothing else, or in a plain one."""
    opening = text.find(b"{", block.start, at.start) if block is not None else -1
    if block is None or opening < 0:
        return ((at, new),)
    rest = re.sub(rb"\s*;?\s*\}$", b"", text[at.end : block.end])
    if rest or text[opening + 1 : at.start].strip():
        return (Span(block.start, opening), ""), (at, new)
    before, semicolon = text[: block.start].rstrip(), re.match(rb"\s*;", text[block.end :])
    is_statement = semicolon is not None and before.endswith((b"{", b"}", b";"))
    return ((Span(block.start, block.end + (semicolon.end() if semicolon and is_statement else 0)), new),)


def _closing(text: bytes, at: int) -> int:
    """The parenthesis that closes the one at a position, -1 if none."""
    depth = 0
    for i in range(at, len(text)):
        if text[i] == ord("("):
            depth += 1
        elif text[i] == ord(")"):
            depth -= 1
            if depth == 0:
                return i
    return -1
