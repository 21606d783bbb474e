"""Findings about the relations of a contract's ``requires``: unused, contradictory, missing; with their edits.

Assumes: relations without errors, as written, and the kernel's source text. Guarantees: an edit leaves a well-formed
contract; a relation that cannot be found in the text brings no fix.

Example: of ``requires = (a.len() >= n, n > 0)`` the edit that removes ``n > 0`` leaves ``requires = (a.len() >= n)``.
"""

from __future__ import annotations

from compiler.analysis.contracts.check import CONTRADICTED, MISSING, UNUSED, ContractFinding, end_of_contract
from compiler.base.span import EMPTY_SPAN, Span
from compiler.diagnostics.model import Applicability, Edit, Severity, Suggestion
from compiler.hir.def_id import DefId

_BLANK = b" \t\r\n"


def _list_span(text: bytes) -> Span | None:
    """What stands between the parentheses of ``requires = (..)``."""
    at = text.find(b"requires", max(text.find(b"launch_contract"), 0))
    start = text.find(b"(", at) if at >= 0 else -1
    depth = 0
    for i in range(start, len(text)) if start >= 0 else ():
        depth += (text[i : i + 1] == b"(") - (text[i : i + 1] == b")")
        if depth == 0:
            return Span(start + 1, i)
    return None


def relation_span(text: bytes, relations: tuple[str, ...], index: int) -> Span:
    """Of the relation in the item's text; empty if it is not there as written."""
    inside = _list_span(text)
    if inside is None:
        return EMPTY_SPAN
    at, start = inside.start, -1
    for relation in relations[: index + 1]:
        start = text.find(relation.encode(), at, inside.end)
        if start < 0:
            return EMPTY_SPAN
        at = start + len(relation.encode())
    return Span(start, at)


def _without(text: bytes, relations: tuple[str, ...], index: int) -> Span:
    """What to delete so that the relation is gone: with its comma, or the whole ``requires``."""
    span, inside = relation_span(text, relations, index), _list_span(text)
    if inside is None or span is EMPTY_SPAN:
        return EMPTY_SPAN
    if len(relations) > 1:
        if index + 1 < len(relations):
            return Span(span.start, relation_span(text, relations, index + 1).start)
        return Span(relation_span(text, relations, index - 1).end, span.end)
    start, end = text.rfind(b"requires", 0, inside.start), inside.end + 1
    before = text[:start].rstrip(_BLANK)
    if before.endswith(b","):
        return Span(len(before) - 1, end)
    after = text[end:].lstrip(_BLANK)
    if after.startswith(b","):
        after = after[1:].lstrip(_BLANK)
    return Span(start, len(text) - len(after))


def unused_relation(kernel: DefId, text: bytes, relations: tuple[str, ...], index: int) -> ContractFinding:
    """No proof about the kernel rests on the relation."""
    relation, away = relations[index], _without(text, relations, index)
    fix = Suggestion(
        f"remove `{relation}`", (Edit(away, "", kernel),), Applicability.MAYBE_INCORRECT
    )  # fmt: skip
    return ContractFinding(
        UNUSED,
        Severity.HINT,
        f"no proof about `{kernel.name}` uses `{relation}`",
        kernel,
        relation_span(text, relations, index),
        "races and bounds are decided the same without it",
        None,
        "the host still checks it before each launch",
        fix if away is not EMPTY_SPAN else None,
    )


def contradictory_relation(kernel: DefId, text: bytes, relations: tuple[str, ...], index: int) -> ContractFinding:
    """No launch satisfies the relation together with those before it."""
    others = " and ".join(f"`{r}`" for r in relations[:index])
    what = f"contradicts {others}" if index else "never holds"
    away = _without(text, relations, index)
    fix = Suggestion(f"remove `{relations[index]}`", (Edit(away, "", kernel),), Applicability.MAYBE_INCORRECT)
    return ContractFinding(
        CONTRADICTED,
        Severity.WARNING,
        f"`{relations[index]}` {what}: every launch of `{kernel.name}` is refused",
        kernel,
        relation_span(text, relations, index),
        "not satisfiable",
        None,
        "",
        fix if away is not EMPTY_SPAN else None,
    )


def missing_relation(
    kernel: DefId, text: bytes, relations: tuple[str, ...], relation: str, where: Span
) -> ContractFinding:
    """The relation would prove an index inside; ``where``: the access, of the kernel's item."""
    inside = _list_span(text) if relations else None
    fix = None
    if inside is not None:
        end = relation_span(text, relations, len(relations) - 1).end
        fix = Edit(Span(end, end), f", {relation}", kernel)
    elif not relations:
        at = end_of_contract(text)
        fix = Edit(Span(at, at), f", requires = ({relation})", kernel) if at > 0 else None
    made = Suggestion(f"require `{relation}`", (fix,), Applicability.MAYBE_INCORRECT) if fix is not None else None
    return ContractFinding(
        MISSING,
        Severity.HINT,
        f"the contract of `{kernel.name}` does not say `{relation}`",
        kernel,
        where,
        "this bounds check would be proved away by it",
        None,
        "",
        made,
    )
