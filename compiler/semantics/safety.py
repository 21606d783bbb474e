"""The safety of a kernel in words: its tier with reasons, its `unsafe` blocks and how far their promises are kept.

What it is: :func:`kernel_safety`, which lays the verdicts of the race, bounds and convergence analyses over the
`unsafe` blocks that :mod:`compiler.analysis.tiers` finds. Assumes: the kernel has no errors of types and borrows.
Guarantees: a block is "discharged" only if every promise is proved; a promise nothing checks is "undecided", with the
reason.

Example: the block of ``unsafe { SUMS[t] = x }`` is discharged when every access to ``SUMS`` there is proved free of
races and inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from compiler.analysis.tiers.unsafe_blocks import UnsafeBlock, is_incomplete, unsafe_blocks
from compiler.base.span import Span
from compiler.diagnostics.families import UNDOCUMENTED_UNSAFE
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.mono.collector import mono_items
from compiler.query import Database, query
from compiler.resolve.attrs import kernel_facts
from compiler.resolve.lowering import body, signature
from compiler.resolve.source import item_of
from compiler.semantics.absolute import absolute_label
from compiler.semantics.api import KernelSafety, TierReason, UnsafeBlockStatus
from compiler.semantics.definitions import BODY_OWNERS, user_crates
from compiler.semantics.obligations import UNDECIDED, Judge, worst
from compiler.semantics.races import race_report
from compiler.semantics.reach import kernel_reach
from compiler.semantics.roots import kernel_instances
from compiler.ty import types as t
from compiler.ty.collect import fn_sig, type_of
from compiler.ty.infer import infer
from compiler.ty.results import DefRes

_TIER_3 = frozenset(("tma", "wgmma", "tcgen05", "cluster", "clc"))
_TIER_1 = frozenset((
    "access", "bf16", "bf16x2", "config", "constant", "convert", "cusimd", "debug", "disjoint", "dotprod", "f16",
    "f16x2", "float", "macros", "prmt", "sreg", "swizzle", "thread", "uniform", "vector", "view",
))  # fmt: skip
_WORDS = {
    "warp": "a warp operation",
    "shared": "shared memory",
    "atomic": "an atomic",
    "barrier": "a barrier object",
    "async_copy": "an asynchronous copy",
    "fence": "a fence",
    "grid": "a grid-wide barrier",
    "cooperative_groups": "a cooperative group",
    "wmma": "a warp's matrix operation",
    "mma_frag": "a warp's matrix operation",
    "matrix": "a warp's matrix operation",
    "ptx": "inline PTX",
    "tma": "the tensor memory accelerator",
    "wgmma": "warp-group matrix operations",
    "tcgen05": "tensor memory",
    "cluster": "a block cluster",
    "clc": "cluster launch control",
    "thread": "the block's barrier",
}
_BARRIERS = frozenset(("sync_threads",))  # of the module `thread`, all else of which is tier 1
_REGISTERS = frozenset(("lane_id", "warp_id", "warpid", "nwarpid", "live_lanes_1d"))
# operations the book puts under `unsafe` and the language declares safe (kernel-language.md 3.2), by module; None: all
_UNSAFE_BY_THE_BOOK: Final[dict[str, re.Pattern[str] | None]] = {
    "warp": None,
    "fence": None,
    "grid": re.compile("sync"),
    "thread": re.compile("sync"),
    "cluster": re.compile("sync|fence"),
    "cooperative_groups": re.compile("(?!this_|.*(rank|size|num_|index|dim)).*"),
    "shared": re.compile("get|offset"),
    **dict.fromkeys(("async_copy", "tma", "clc", "wgmma", "tcgen05"), re.compile(".*(fence|commit|wait|relinquish)")),
}
_NOTHING: Final = re.compile("(?!)")
_CRATES = frozenset(("cuda_device", "cuda_intrinsics"))


@dataclass(frozen=True, slots=True)
class _Reason:
    tier: int
    text: str
    owner: DefId
    span: Span


@query
def tier_reasons(db: Database, kernel: DefId) -> tuple[_Reason, ...]:
    """Why the kernel is in its tier, one place a reason, strongest first."""
    found: dict[tuple[int, str], _Reason] = {}
    for owner in kernel_reach(db, kernel):
        lowered = body(db, owner) if owner.kind in BODY_OWNERS else None
        if lowered is None or owner.krate not in user_crates(db):
            continue
        reasons: list[_Reason] = []
        named: set[str] = set()
        result = infer(db, owner)
        for expr, res in (*result.values.items(), *result.methods.items()):
            if not isinstance(res, DefRes) or (words := _operation(db, res.def_id)) is None:
                continue
            named.add(res.def_id.name)
            if (span := lowered.store.expr_spans[expr]).end:
                reasons.append(_Reason(*words, owner, span))
        reasons += [_Reason(2, o.what, owner, o.span)
                    for b in unsafe_blocks(db, owner) for o in b.obligations if o.name not in named]  # fmt: skip
        for reason in reasons:
            found.setdefault((reason.tier, reason.text), reason)
    found |= {(x.tier, x.text): x for x in _of_signature(db, kernel)}
    return tuple(sorted(found.values(), key=lambda x: -x.tier))


def _operation(db: Database, used: DefId) -> tuple[int, str] | None:
    """Tier and words of what a body uses: a function of the device library, or a static of one of its types."""
    if used.kind is DefKind.STATIC:
        ty = type_of(db, used)
        module = _module(ty.def_id) if isinstance(ty, t.AdtTy) else None
        return (2, f"{_WORDS[module]}: `{used.name}`") if module in ("shared", "barrier") else None
    module = _module(used)
    if module is None or used.kind is not DefKind.FN:
        return None
    if module in _TIER_1 and used.name not in _BARRIERS:
        return None
    if module == "warp" and used.name in _REGISTERS:
        return None
    tier = 3 if module in _TIER_3 else 2
    asked = _UNSAFE_BY_THE_BOOK.get(module) if module in _UNSAFE_BY_THE_BOOK else _NOTHING
    safe = (asked is None or asked.match(used.name) is not None) and not fn_sig(db, used).is_unsafe
    name = f"DynamicSharedArray::{used.name}" if module == "shared" and safe else used.name
    words = _WORDS.get(module, f"`{module}`")
    return tier, f"{words}: `{name}`{' (safe by declaration)' if safe else ''}"


def _module(used: DefId) -> str | None:
    """The module of the device library that defines something."""
    parts = used.path.split("::")
    return parts[1] if used.krate.name in _CRATES and len(parts) > 2 else None


def _of_signature(db: Database, kernel: DefId) -> list[_Reason]:
    decl, facts = signature(db, kernel), kernel_facts(db, kernel)
    if not isinstance(decl, h.FnDecl):
        return []
    out = []
    if decl.is_unsafe:
        text = f"`{kernel.name}` is an `unsafe fn`: whoever launches it promises something"
        item = item_of(db, kernel)
        out.append(_Reason(2, text, kernel, item.name_span if item is not None else Span(0, 0)))
    for p in decl.params:
        if isinstance(p.ty, h.RefType) and p.ty.mutable:
            text = f"`{p.name or '_'}: &mut` is one reference that every thread holds"
            out.append(_Reason(2, text, kernel, p.span))
    if facts is not None and facts.unchecked_indexing:
        out.append(_Reason(2, "`unchecked_indexing` removes bounds checks", kernel, Span(0, 0)))
    return out


def _block_status(db: Database, judges: list[Judge], block: UnsafeBlock) -> UnsafeBlockStatus:
    label = absolute_label(db, Label(block.span, "", block.owner))
    if not block.obligations and is_incomplete(db, block.owner):
        return UnsafeBlockStatus(label.file or "", label.span, UNDECIDED, (), block.documented)
    if not block.obligations:
        return UnsafeBlockStatus(label.file or "", label.span, "unneeded", (), block.documented)
    told, found = [], []
    for o in block.obligations:
        status, reason = worst(j.status(block.owner, o) for j in judges) if judges else _NOT_ANALYSED
        found.append((status, reason))
        told.append(f"{o.what}: {status}, {reason}")
    status = worst(found)[0]
    return UnsafeBlockStatus(label.file or "", label.span, status, tuple(dict.fromkeys(told)), block.documented)


_NOT_ANALYSED = (UNDECIDED, "the kernel could not be analysed")


def _judges(db: Database, kernel: DefId) -> list[Judge]:
    """Of all instances; none where one has errors."""
    out = []
    for instance in kernel_instances(db, kernel):
        items = mono_items(db, instance)
        if items.tainted or not items.functions:
            return []
        out.append(Judge(db, race_report(db, instance), items))
    return out


@query
def kernel_safety(db: Database, kernel: DefId) -> KernelSafety:
    """Tier, reasons and `unsafe` blocks of a kernel, absolute spans."""
    reasons = tier_reasons(db, kernel)
    blocks = [b for owner in kernel_reach(db, kernel) if owner.kind in BODY_OWNERS and owner.krate in user_crates(db)
              for b in unsafe_blocks(db, owner)]  # fmt: skip
    judges = _judges(db, kernel) if blocks else []
    told = []
    for x in reasons:
        label = absolute_label(db, Label(x.span, "", x.owner))
        told.append(TierReason(x.tier, x.text, label.file or "", label.span))
    return KernelSafety(
        max((x.tier for x in reasons), default=1), tuple(told), tuple(_block_status(db, judges, b) for b in blocks)
    )


def undocumented(db: Database, owner: DefId) -> list[Diagnostic]:
    """The optional lint: `unsafe` blocks without a ``SAFETY:`` comment."""
    return [
        Diagnostic(
            Severity.WARNING,
            UNDOCUMENTED_UNSAFE,
            "`unsafe` block without a `// SAFETY:` comment",
            Label(Span(b.span.start, b.span.start + len("unsafe")), "say why it is sound", b.owner),
        )
        for b in unsafe_blocks(db, owner)
        if b.kind == "block" and b.obligations and not b.documented
    ]


def safety_markdown(safety: KernelSafety) -> str:
    """For the hover of a kernel's name."""
    lines = [f"**Safety tier {safety.tier}**" + ("" if safety.reasons else ": every write goes through a proof")]
    lines += [f"- tier {x.tier}: {x.text}" for x in safety.reasons[:6]]
    counts: dict[str, int] = {}
    for b in safety.unsafe_blocks:
        counts[b.status] = counts.get(b.status, 0) + 1
    if counts:
        lines.append("")
        lines.append("`unsafe` blocks: " + ", ".join(f"{n} {status}" for status, n in counts.items()))
    return "\n".join(lines)
