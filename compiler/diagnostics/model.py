"""The diagnostic model: what every phase returns and every front (text, JSON, SARIF, LSP) renders.

Spans may be item-relative: then ``owner`` names the definition (anything hashable with ``__repr__``; in practice a
DefId) whose start in its file is added at the edge (``compiler.semantics``). ``owner=None`` means ``file`` is set and
the span is absolute.

An error is a class with facts (design.md rule 5): areas define frozen dataclasses in their ``errors.py`` with a method
``to_diagnostic()`` that makes one of these.

Example: ``Diagnostic(Severity.ERROR, "E0308", "mismatched types", Label(span, "expected `u32`, found `bool`",
owner))``.
"""

from __future__ import annotations

import enum
from typing import Any

from compiler.base.dataclass import dataclass
from compiler.base.span import Span


class Severity(enum.Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"


class Applicability(enum.Enum):
    MACHINE_APPLICABLE = "MachineApplicable"
    MAYBE_INCORRECT = "MaybeIncorrect"
    HAS_PLACEHOLDERS = "HasPlaceholders"
    UNSPECIFIED = "Unspecified"


@dataclass(frozen=True, slots=True)
class Label:
    """A span with a text. See the module docstring for ``owner``/``file``."""

    span: Span
    message: str = ""
    owner: Any = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the span with ``text``."""

    span: Span
    text: str
    owner: Any = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.MAYBE_INCORRECT


@dataclass(frozen=True, slots=True)
class SubDiagnostic:
    """``note:`` / ``help:`` with optional labelled spans."""

    kind: str  # "note" | "help"
    message: str
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """``message`` stands alone on one line; ``primary`` is the smallest span that shows the fault; ``if_confirmed``:
    what it becomes once running the kernel has shown it."""

    severity: Severity
    code: str  # "E0382", "K0003", "syntax", "unused_mut" ...
    message: str
    primary: Label
    secondary: tuple[Label, ...] = ()
    children: tuple[SubDiagnostic, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    tags: tuple[str, ...] = ()  # "unnecessary", "deprecated"
    if_confirmed: Diagnostic | None = None
