"""`&mut` parameters of kernels: one reference that every thread of the launch holds.

Assumes: the kernel's signature lowers. Guarantees: a warning for each such parameter, never an error: the compiler
accepts it. Where the body only reads through a slice, by its MIR, the fix drops the `mut`; where it only changes the
thread's own elements, by its text, the fix takes a `DisjointSlice`.

Example: ``fn k(data: &mut [f32])`` with threads that read ``data[0]`` is K0401 with the fix ``&[f32]``.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build.mir_build import mir_built
from compiler.query import Database, query
from compiler.resolve.lowering import signature
from compiler.resolve.source import item_source

CODE = "K0401"
_MUT = re.compile(rb"&\s*(?:'\w+\s+)?(mut\s+)")
_SLICE = re.compile(rb"(?:mut\s+)?\w+\s*:\s*&\s*(?:'\w+\s+)?mut\s*\[\s*([^\];]+?)\s*\]")
_OWN_INDEX = re.compile(rb"\blet\s+(\w+)(?:\s*:\s*usize)?\s*=\s*((?:\w+::)*index_1d\(\))\s*\.\s*get\(\)\s*;")
_READING = (m.BorrowKind.SHARED, m.BorrowKind.FAKE_SHALLOW, m.BorrowKind.FAKE_DEEP)


@query
def shared_references(db: Database, kernel: DefId) -> tuple[Diagnostic, ...]:
    """The findings of a kernel's signature."""
    decl = signature(db, kernel)
    if not isinstance(decl, h.FnDecl):
        return ()
    found = []
    for i, p in enumerate(decl.params):
        if isinstance(p.ty, h.RefType) and p.ty.mutable:
            only_reads = not _is_written(mir_built(db, kernel), 1 + i)
            found.append(_finding(item_source(db, kernel), kernel, p, only_reads))
    return tuple(found)


def _finding(text: bytes, kernel: DefId, param: h.ParamRef, only_reads: bool) -> Diagnostic:
    name, ty = param.name or "_", param.ty
    assert isinstance(ty, h.RefType)
    is_slice = isinstance(ty.ty, h.SliceType)
    notes = ["an `&mut` promises that nobody else reaches what it points to; here all threads of the launch do"]
    if is_slice and not only_reads:
        notes.append(f"`mut {name}: DisjointSlice<..>` hands each thread the elements that are its own")
    fixes: tuple[Suggestion, ...] = _own_elements(text, kernel, param) if is_slice and not only_reads else ()
    written = _MUT.search(text, param.span.start, param.span.end)
    if only_reads and written is not None:
        edit = Edit(Span(written.start(1), written.end(1)), "", kernel)
        fixes = (Suggestion("only reads: take a shared reference", (edit,), Applicability.MACHINE_APPLICABLE),)
    return Diagnostic(
        Severity.WARNING,
        CODE,
        f"every thread of `{kernel.name}` holds the same `&mut` reference `{name}`",
        Label(param.span, "not exclusive to a thread", kernel),
        (),
        tuple(SubDiagnostic("note", n) for n in notes),
        fixes,
    )


def _own_elements(text: bytes, kernel: DefId, param: h.ParamRef) -> tuple[Suggestion, ...]:
    """The disjoint view, where every use of the slice is its length or a statement that changes the thread's own
    element, by an index that is `index_1d().get()`."""
    name = (param.name or "").encode()
    own = _OWN_INDEX.findall(text, param.span.end)
    element = _SLICE.fullmatch(text[param.span.start : param.span.end].strip())
    if not name or element is None or len({path for _, path in own}) != 1:
        return ()
    indices = b"|".join(re.escape(i) for i, _ in own)
    place = re.compile(rb"\b%s\s*\[\s*(?:%s)\s*\]" % (name, indices))
    change = re.compile(rb"(?<=[{};\n])(\s*)(%s)(\s*(?:[-+*/%%&|^]|<<|>>)?=(?!=)[^;{}]*);" % place.pattern)
    edits = [Edit(param.span, f"mut {param.name}: cuda_device::DisjointSlice<{element[1].decode()}>", kernel)]
    left = text[param.span.end :]
    for found in change.finditer(text, param.span.end):
        right = place.sub(b"*slot", found[3])
        if re.search(rb"\b%s\b" % name, right):
            return ()
        new = b"if let Some(slot) = %s.get_mut(%s) { *slot%s; }" % (name, own[0][1], right)
        edits.append(Edit(Span(found.start(2), found.end()), new.decode(), kernel))
        left = left.replace(found[0], b"")
    uses = len(re.findall(rb"\b%s\b" % name, left))
    if len(edits) == 1 or uses != len(re.findall(rb"\b%s\s*\.\s*len\s*\(\s*\)" % name, left)):
        return ()
    return (Suggestion("hand each thread its own element", tuple(edits), Applicability.MACHINE_APPLICABLE),)


def _is_written(body: m.Body, local: int) -> bool:
    """Whether the local may be written through: anything but a read through it or a shared borrow."""
    if body.tainted_by_errors or body.unsupported:
        return True
    return any(_writes(part, local) for block in body.blocks for part in (*block.statements, block.terminator) if part)


def _writes(node: Any, local: int) -> bool:
    if isinstance(node, m.Ref | m.Copy | m.Len | m.FakeRead | m.PlaceMention | m.Discriminant):
        place = node.place
        if place.local != local:
            return False
        if isinstance(node, m.Ref):
            return node.kind not in _READING
        return isinstance(node, m.Copy) and not place.projection
    if isinstance(node, m.StorageLive | m.StorageDead | m.Drop):
        return False
    if isinstance(node, m.Place):
        return node.local == local
    if isinstance(node, tuple | list):
        return any(_writes(x, local) for x in node)
    return is_dataclass(node) and any(_writes(getattr(node, f.name), local) for f in fields(node))
