"""How severe each family of findings is: rules from settings and from the command line."""

from __future__ import annotations

import pytest

from compiler.base.span import Span
from compiler.diagnostics.families import SeverityRules, family_of
from compiler.diagnostics.model import Diagnostic, Label, Severity


def _found(code: str, severity: Severity) -> Diagnostic:
    return Diagnostic(severity, code, "m", Label(Span(0, 1)))


ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

CASES = [
    # rules, code, reported, expected
    (SeverityRules.parse(deny=["undecided"]), "K0209", HINT, ERROR),
    (SeverityRules.parse(deny=["undecided"]), "K0201", ERROR, ERROR),
    (SeverityRules.parse(deny=["disjointness/undecided"]), "K0209", HINT, HINT),
    (SeverityRules.parse(deny=["convergence"]), "K0203", WARNING, ERROR),
    (SeverityRules.parse(deny=["convergence"]), "K0209", HINT, HINT),
    (SeverityRules.parse(warn=["convergence"]), "K0201", ERROR, WARNING),
    (SeverityRules.parse(allow=["convergence"]), "K0201", ERROR, None),
    (SeverityRules.parse(allow=["convergence"], deny=["K0201"]), "K0201", ERROR, ERROR),
    (SeverityRules.parse(allow=["borrow"]), "E0382", ERROR, None),
    (SeverityRules.parse(allow=["borrow"]), "E0308", ERROR, ERROR),
    (SeverityRules.parse(deny=["lints"]), "unused_unsafe", WARNING, ERROR),
    (SeverityRules({"convergence": "warning", "undecided": "hint"}), "K0201", ERROR, WARNING),
    (SeverityRules({"convergence": "error", "undecided": "off"}), "K0209", HINT, None),
    (SeverityRules({"convergence": "error", "undecided": "error"}), "K0209", HINT, ERROR),
    (SeverityRules({"convergence": "error", "undecided": "error"}), "K0203", WARNING, WARNING),
    (SeverityRules({"convergence": "off", "undecided": "off"}), "syntax", ERROR, ERROR),
]


@pytest.mark.parametrize(("rules", "code", "reported", "expected"), CASES)
def test_rule(rules: SeverityRules, code: str, reported: Severity, expected: Severity | None) -> None:
    found = rules.apply([_found(code, reported)])
    assert [d.severity for d in found] == ([] if expected is None else [expected])


def test_unknown_names_are_said() -> None:
    with pytest.raises(ValueError, match="no family"):
        SeverityRules.parse(deny=["convergense"])


def test_what_is_wrong_in_any_program_belongs_to_no_family() -> None:
    assert [family_of(c) for c in ("E0308", "syntax", "macro", "K0101", "K0903")] == [None] * 5
