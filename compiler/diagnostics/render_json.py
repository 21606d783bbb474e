"""Diagnostics for machines: the JSON object of ``oxide check --format json`` and SARIF 2.1.0.

Assumes: labels are absolute. Guarantees: lines and columns count from 1, columns in Unicode characters; keys never
change meaning.

Example: ``{"diagnostics": [{"file": "k.rs", "line": 2, "column": 18, "severity": "error", "code": "E0308", ...}],
"kernels": [...]}``
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from compiler.base.span import LineTable, Span, line_table
from compiler.diagnostics.codes import title_of
from compiler.diagnostics.model import Diagnostic, Edit, Label, Severity

Sources = Callable[[str], bytes]
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.HINT: "note"}


class Positions:
    """Line and column of spans."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def table(self, file: str) -> LineTable:
        """The line table of a file."""
        return line_table(self._sources(file))

    def range(self, file: str | None, span: Span) -> dict[str, Any]:
        """``file``, ``line``, ``column``, ``end_line``, ``end_column``."""
        if file is None:
            return {"file": "", "line": 1, "column": 1, "end_line": 1, "end_column": 1}
        line, col = self.table(file).line_col_chars(span.start)
        end_line, end_col = self.table(file).line_col_chars(span.end)
        return {"file": file, "line": line + 1, "column": col + 1, "end_line": end_line + 1, "end_column": end_col + 1}


def diagnostic_json(d: Diagnostic, positions: Positions) -> dict[str, Any]:
    """One diagnostic. ``related`` are labels elsewhere; ``notes`` the texts without a place; ``suggestions`` edits to
    apply."""

    def related(label: Label) -> dict[str, Any]:
        return {**positions.range(label.file, label.span), "message": label.message}

    def edit(e: Edit) -> dict[str, Any]:
        return {**positions.range(e.file, e.span), "text": e.text}

    labels = [related(label) for label in d.secondary]
    labels += [{**related(x), "message": x.message or c.message} for c in d.children for x in c.labels]
    return {
        **positions.range(d.primary.file, d.primary.span),
        "severity": d.severity.value,
        "code": d.code,
        "message": d.message,
        "label": d.primary.message,
        "related": labels,
        "notes": [{"kind": c.kind, "message": c.message} for c in d.children],
        "suggestions": [
            {"message": s.message, "applicability": s.applicability.value, "edits": [edit(e) for e in s.edits]}
            for s in d.suggestions
        ],
    }


def report_json(
    diagnostics: Iterable[Diagnostic], kernels: Iterable[dict[str, Any]], sources: Sources
) -> dict[str, Any]:
    """The whole object."""
    positions = Positions(sources)
    return {"diagnostics": [diagnostic_json(d, positions) for d in diagnostics], "kernels": list(kernels)}


# ---------------------------------------------------------------- SARIF


def _sarif_location(positions: Positions, label: Label) -> dict[str, Any]:
    r = positions.range(label.file, label.span)
    region = {
        "startLine": r["line"],
        "startColumn": r["column"],
        "endLine": r["end_line"],
        "endColumn": r["end_column"],
    }
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": r["file"]}, "region": region}}
    if label.message:
        location["message"] = {"text": label.message}
    return location


def report_sarif(diagnostics: Iterable[Diagnostic], sources: Sources, version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run."""
    positions = Positions(sources)
    results: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    for d in diagnostics:
        rules.setdefault(d.code, {"id": d.code, "shortDescription": {"text": title_of(d.code) or d.code}})
        result = {
            "ruleId": d.code,
            "level": _LEVELS[d.severity],
            "message": {"text": d.message},
            "locations": [_sarif_location(positions, d.primary)],
        }
        if d.secondary:
            result["relatedLocations"] = [_sarif_location(positions, label) for label in d.secondary]
        results.append(result)
    driver = {"name": "oxide", "semanticVersion": version, "rules": list(rules.values())}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
