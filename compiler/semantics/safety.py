"""The safety of a kernel in words: its tier with reasons, its `unsafe` blocks and how far their promises are kept.

What it is: :func:`kernel_safety`, which lays the verdicts of the race, bounds and convergence analyses over the
`unsafe` blocks that :mod:`compiler.analysis.tiers` finds. Assumes: the kernel has no errors of types and borrows.
Guarantees: a block is "discharged" only if every promise is proved; a promise nothing checks is "undecided", with the
reason.

Example: the block of ``unsafe { SUMS[t] = x }`` is discharged when every access to ``SUMS`` there is proved free of
races and inside.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.analysis.disjointness.verdict import KernelReport, Outcome
from compiler.analysis.disjointness.verdict import Place as Access
from compiler.analysis.tiers.unsafe_blocks import MEMORY_KINDS, Obligation, UnsafeBlock, unsafe_blocks
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.resolve.attrs import kernel_facts
from compiler.resolve.lowering import body, signature
from compiler.semantics.absolute import absolute_label
from compiler.semantics.api import KernelSafety, TierReason, UnsafeBlockStatus
from compiler.semantics.definitions import BODY_OWNERS, user_crates
from compiler.semantics.races import race_report
from compiler.semantics.reach import kernel_reach
from compiler.semantics.roots import kernel_instances
from compiler.ty.infer import infer
from compiler.ty.results import DefRes

_TIER_3 = frozenset(("tma", "wgmma", "tcgen05", "cluster", "clc"))
_TIER_1 = frozenset(("thread", "disjoint", "view", "uniform", "float", "config", "debug", "vector", "cusimd", "access"))
_WORDS = {
    "warp": "a warp operation",
    "shared": "shared memory",
    "atomic": "an atomic",
    "barrier": "a barrier object",
    "async_copy": "an asynchronous copy",
    "grid": "a grid-wide barrier",
    "cooperative_groups": "a cooperative group",
    "tma": "the tensor memory accelerator",
    "wgmma": "warp-group matrix operations",
    "tcgen05": "tensor memory",
    "cluster": "a block cluster",
    "clc": "cluster launch control",
}
# operations the book puts under `unsafe` and the language declares safe (kernel-language.md 3.2)
_SAFE_BY_DECLARATION = frozenset(("warp", "grid", "cluster", "cooperative_groups"))


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
        reasons = [_Reason(2, f"{o.kind}: {o.what}", owner, o.span)
                   for b in unsafe_blocks(db, owner) for o in b.obligations]  # fmt: skip
        result = infer(db, owner)
        for expr, res in (*result.values.items(), *result.methods.items()):
            if isinstance(res, DefRes) and res.def_id.krate.name == "cuda_device" and "::" in res.def_id.path:
                module = res.def_id.path.split("::")[1]
                if module not in _TIER_1 and lowered.store.expr_spans[expr].end:
                    tier = 3 if module in _TIER_3 else 2
                    note = " (safe by declaration)" if module in _SAFE_BY_DECLARATION else ""
                    text = f"{_WORDS.get(module, f'`{module}`')}: `{res.def_id.name}`{note}"
                    reasons.append(_Reason(tier, text, owner, lowered.store.expr_spans[expr]))
        for reason in reasons:
            found.setdefault((reason.tier, reason.text), reason)
    found |= {(x.tier, x.text): x for x in _of_signature(db, kernel)}
    return tuple(sorted(found.values(), key=lambda x: -x.tier))


def _of_signature(db: Database, kernel: DefId) -> list[_Reason]:
    decl, facts = signature(db, kernel), kernel_facts(db, kernel)
    if not isinstance(decl, h.FnDecl):
        return []
    out = []
    for p in decl.params:
        if isinstance(p.ty, h.RefType) and p.ty.mutable:
            text = f"`{p.name or '_'}: &mut` is one reference that every thread holds"
            out.append(_Reason(2, text, kernel, p.span))
    if facts is not None and facts.unchecked_indexing:
        out.append(_Reason(2, "`unchecked_indexing` removes bounds checks", kernel, Span(0, 0)))
    return out


def _status(report: KernelReport, block: UnsafeBlock, obligation: Obligation) -> tuple[str, str]:
    """How one promise stands: status and reason."""
    if obligation.kind not in MEMORY_KINDS:
        return "undecided", f"what `unsafe` promises for this {obligation.kind} is not checked"
    if report.undecided:
        return "undecided", report.undecided

    def here(place: Access) -> bool:
        return place.owner is block.owner and place.span.start < block.span.end and block.span.start < place.span.end

    reasons = []
    for v in report.verdicts:
        if not any(here(p) for p in v.places):
            continue
        if v.outcome is Outcome.ALARM and v.witness is not None:
            w = v.witness
            text = f"{w.first} and {w.second} access element {w.element} of `{v.memory.name}`"
            return ("violated" if w.certain else "undecided"), text
        if v.outcome is Outcome.UNDECIDED:
            return "undecided", v.reason
        reasons.append(f"`{v.memory.name}`: {v.sketch or 'no two threads share an element'}")
    for b in report.bounds:
        if here(b.place) and b.outside:
            return "violated", b.example or "the access is out of bounds"
        if here(b.place) and not b.proved and not b.checked:
            return "undecided", "that the index is in bounds is not proved"
    if not reasons:
        return "undecided", "no access of this block was followed"
    return "discharged", "; ".join(dict.fromkeys(reasons))


_ORDER = ("violated", "undecided", "discharged")


def _block_status(db: Database, report: KernelReport, block: UnsafeBlock) -> UnsafeBlockStatus:
    label = absolute_label(db, Label(block.span, "", block.owner))
    if not block.obligations:
        return UnsafeBlockStatus(label.file or "", label.span, "unneeded", (), block.documented)
    told, worst = [], "discharged"
    for o in block.obligations:
        status, reason = _status(report, block, o)
        worst = min(worst, status, key=_ORDER.index)
        told.append(f"{o.what}: {status}, {reason}")
    return UnsafeBlockStatus(label.file or "", label.span, worst, tuple(dict.fromkeys(told)), block.documented)


@query
def kernel_safety(db: Database, kernel: DefId) -> KernelSafety:
    """Tier, reasons and `unsafe` blocks of a kernel, absolute spans."""
    reasons = tier_reasons(db, kernel)
    instances = kernel_instances(db, kernel)
    report = race_report(db, instances[0]) if instances else KernelReport(kernel.name, "", undecided="no instance")
    blocks = [b for owner in kernel_reach(db, kernel) if owner.kind in BODY_OWNERS and owner.krate in user_crates(db)
              for b in unsafe_blocks(db, owner)]  # fmt: skip
    told = []
    for x in reasons:
        label = absolute_label(db, Label(x.span, "", x.owner))
        told.append(TierReason(x.tier, x.text, label.file or "", label.span))
    return KernelSafety(
        max((x.tier for x in reasons), default=1), tuple(told), tuple(_block_status(db, report, b) for b in blocks)
    )


def undocumented(db: Database, owner: DefId) -> list[Diagnostic]:
    """The optional lint: `unsafe` blocks without a ``SAFETY:`` comment."""
    return [
        Diagnostic(
            Severity.WARNING,
            "undocumented_unsafe",
            "`unsafe` block without a `// SAFETY:` comment",
            Label(Span(b.span.start, b.span.start + len("unsafe")), "say why it is sound", b.owner),
        )
        for b in unsafe_blocks(db, owner)
        if b.obligations and not b.documented
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
