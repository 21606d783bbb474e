"""Families of findings and how severe each is to be.

What it is: which family a diagnostic belongs to, by its code, and :class:`SeverityRules`, made from settings or from
``--deny/--warn/--allow``. Assumes: codes as the registry has them; a hint of a safety family is something undecided.
Guarantees: what belongs to no family (types, names, syntax) is never changed; a rule for a part
(``family/undecided``, a code) wins over the rule for the family.

>>> rules = SeverityRules.parse(deny=["convergence/undecided"])
>>> rules.of("K0209", Severity.HINT)
<Severity.ERROR: 'error'>
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from compiler.diagnostics.model import Diagnostic, Severity

FAMILIES = ("borrow", "convergence", "disjointness", "bounds", "tiers", "contracts", "lints")
UNDECIDED = "undecided"
UNDOCUMENTED_UNSAFE = "undocumented_unsafe"  # a lint that is off unless asked for
LEVELS = ("error", "warning", "hint", "off")

_BORROW_NUMBERS = (
    373, 381, 382, 384, 499, 500, 501, 502, 503, 505, 506, 507, 508, 509, 510, 515, 521, 524, 594, 596, 597, 621, 700,
    712, 713, 716,
)  # fmt: skip
_BORROW = frozenset((*(f"E{n:04}" for n in _BORROW_NUMBERS), "lifetime"))
_UNDECIDED = frozenset(("K0209", "K0303"))
_ORDER = (Severity.HINT, Severity.INFO, Severity.WARNING, Severity.ERROR)
_SEVERITIES = {"error": Severity.ERROR, "hint": Severity.HINT, "warning": Severity.WARNING}


def family_of(code: str) -> str | None:
    """The family of a code; None for what is never a matter of taste."""
    if code in _BORROW:
        return "borrow"
    if code.startswith("K02"):
        return "convergence"
    if code.startswith("K03"):
        return "bounds" if code == "K0304" else "disjointness"
    if code.startswith("K04"):
        return "tiers"
    if code.startswith("K05"):
        return "contracts"
    return "lints" if code[:1].islower() and code not in ("syntax", "macro", "lifetime") else None


@dataclass(frozen=True, slots=True)
class SeverityRules:
    """``caps``: the most a family may be; ``exact``: what a family, part or code is, whatever was reported."""

    caps: Mapping[str, str] = field(default_factory=dict)
    exact: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def parse(deny: Iterable[str] = (), warn: Iterable[str] = (), allow: Iterable[str] = ()) -> SeverityRules:
        """From the command line's options; raises ``ValueError`` for a name that is none."""
        exact: dict[str, str] = {}
        for names, level in ((allow, "off"), (warn, "warning"), (deny, "error")):
            for name in names:
                check_name(name)
                exact[name] = level
        return SeverityRules({}, exact)

    def of(self, code: str, severity: Severity) -> Severity | None:
        """The severity to report with; None: do not report."""
        family = family_of(code)
        if family is None and code not in self.exact:
            return severity
        undecided = code in _UNDECIDED
        names = [code, f"{family}/{UNDECIDED}", UNDECIDED] if undecided else [code, family or code]
        for name in names:
            level = self.exact.get(name)
            if level is not None:
                return _SEVERITIES.get(level)
        for name in names:
            level = self.caps.get(name)
            if level is not None:
                return self._capped(severity, level, undecided)
        if undecided and self.caps.get(family or "") == "off":
            return None
        return severity

    def _capped(self, severity: Severity, level: str, undecided: bool) -> Severity | None:
        top = _SEVERITIES.get(level)
        if top is None or undecided:
            return top
        return min(severity, top, key=_ORDER.index)

    def apply(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics with their severities changed, in order, without those that are off."""
        out = []
        for d in found:
            severity = self.of(d.code, d.severity)
            if severity is not None:
                out.append(d if severity is d.severity else replace(d, severity=severity))
        return out


def check_name(name: str) -> None:
    """Raise ``ValueError`` unless the name is a family, a family's part, ``undecided`` or a code."""
    from compiler.diagnostics.codes import codes

    family, slash, part = name.partition("/")
    known = name == UNDECIDED or (family in FAMILIES and (not slash or part == UNDECIDED)) or name in codes()
    if not known:
        raise ValueError(
            f"`{name}` is no family of findings ({', '.join(FAMILIES)}), nor one with /undecided, nor a code"
        )
