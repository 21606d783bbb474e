"""Kernel summaries: name, place, parameters, launch facts, instances, tier, and a hash of what the code depends on.

Assumes: an item is a kernel by its attribute. Guarantees: plain data; ``content_hash`` changes when the kernel's code
may have changed and not when an unrelated body changes.

Example: ``kernel_summaries(db, "/k.rs")[0].params[0].kind == "scalar"``.
"""

from __future__ import annotations

import hashlib

from compiler.base.dataclass import replace
from compiler.base.span import Span, line_table
from compiler.hir.def_id import DefId
from compiler.hir.inputs import source_bytes
from compiler.mir.mono.model import Instance
from compiler.query import Database, query
from compiler.resolve.source import file_item_tree, item_of, item_source, origin
from compiler.semantics.api import KernelSummary
from compiler.semantics.definitions import definitions_by_file, kernels_of
from compiler.semantics.kernel_params import kernel_params, launch_facts
from compiler.semantics.reach import kernel_reach
from compiler.semantics.roots import instance_args, is_generic
from compiler.ty import types as t
from compiler.ty.display import display_args

FORMAT = b"1"  # of content hashes


@query
def headers_hash(db: Database) -> bytes:
    """Of every item header in the user's crates."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(definitions_by_file(db)):
        digest.update(repr(file_item_tree(db, file)).encode() if file else b"")
    return digest.digest()


@query
def content_hash(db: Database, kernel: DefId) -> str:
    """Of the texts of everything the kernel reaches and of every item header in its crates."""
    digest = hashlib.blake2b(FORMAT, digest_size=16)
    for def_id in kernel_reach(db, kernel):
        digest.update(def_id.path.encode() + b"\0" + item_source(db, def_id) + b"\0")
    digest.update(headers_hash(db))
    digest.update(repr(instance_args(db, kernel)).encode())
    return digest.hexdigest()


@query
def kernel_tier(db: Database, kernel: DefId) -> int:
    """1: only proofs and reads; 2: shared memory, warps, atomics or ``unsafe``; 3: tensor and cluster hardware."""
    from compiler.semantics.safety import tier_reasons

    return max((reason.tier for reason in tier_reasons(db, kernel)), default=1)


def args_label(args: t.GenericArgs) -> str:
    """``<f32, 256>`` of an instance's type and const arguments, "" without any."""
    return display_args(tuple(a for a in args if not isinstance(a, t.Region)))


def instance_label(db: Database, instance: Instance) -> str:
    """:func:`args_label` of an instance."""
    return args_label(instance.args)


@query
def kernel_summary(db: Database, kernel: DefId) -> KernelSummary:
    """One kernel, with spans relative to its item; see :func:`kernel_summaries`."""
    item = item_of(db, kernel)
    assert item is not None
    instances = [args_label(args) for args in instance_args(db, kernel)]
    generic = is_generic(db, kernel)
    first = instance_args(db, kernel)[0] if instance_args(db, kernel) else ()
    return KernelSummary(
        kernel.name,
        "",
        Span(0, len(item_source(db, kernel))),
        item.name_span,
        0,
        kernel_tier(db, kernel),
        generic,
        kernel_params(db, kernel, first),
        launch_facts(db, kernel),
        tuple(instances) if generic else (),
        content_hash(db, kernel),
    )


def kernel_summaries(db: Database, file: str) -> tuple[KernelSummary, ...]:
    """The kernels of a file with absolute spans."""
    return tuple([_placed(db, file, kernel) for kernel in kernels_of(db, file)])


def kernel_at(db: Database, file: str, offset: int) -> KernelSummary | None:
    """The kernel around a position."""
    for kernel in kernels_of(db, file):
        at = origin(db, kernel).offset
        if at <= offset <= at + len(item_source(db, kernel)):
            return _placed(db, file, kernel)
    return None


def _placed(db: Database, file: str, kernel: DefId) -> KernelSummary:
    at = origin(db, kernel).offset
    summary = kernel_summary(db, kernel)
    name_span = summary.name_span.shifted(at)
    line = line_table(source_bytes(db, file)).line_col(name_span.start)[0] + 1
    return replace(summary, file=file, span=summary.span.shifted(at), name_span=name_span, line=line)
