"""Syntax errors.

What it is: the fact behind every message of the lexer, the item scanner and the parser, and the exception the parser
unwinds with.
Assumes: spans are relative to the text that was parsed. Guarantees: one :class:`SyntaxFault` is one message.

>>> SyntaxFault("expected `;`, found `}`", Span(3, 4)).to_diagnostic().code
'syntax'
"""

from __future__ import annotations

from typing import Any

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion

SYNTAX = "syntax"
# Faults of a macro call or its expansion. A macro of a host crate may be known only in part, so, unlike syntax errors,
# these are not shown for code that no kernel reaches.
MACRO = ""
UNSUPPORTED = "K0900"


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """``insert``: (offset, text, message) of a machine-applicable repair; ``related``: a second place with its own
    words."""

    message: str
    span: Span
    label: str = ""
    code: str = SYNTAX
    insert: tuple[int, str, str] | None = None
    help: str = ""
    note: str = ""
    related: tuple[Span, str] | None = None
    severity: Severity = Severity.ERROR

    def to_diagnostic(self, owner: Any = None, file: str | None = None) -> Diagnostic:
        suggestions: tuple[Suggestion, ...] = ()
        if self.insert is not None:
            at, text, message = self.insert
            edit = Edit(Span(at, at), text, owner, file)
            suggestions = (Suggestion(message, (edit,), Applicability.MACHINE_APPLICABLE),)
        children = [SubDiagnostic("note", self.note)] if self.note else []
        if self.help:
            children.append(SubDiagnostic("help", self.help))
        secondary = (Label(self.related[0], self.related[1], owner, file),) if self.related is not None else ()
        primary = Label(self.span, self.label, owner, file)
        return Diagnostic(self.severity, self.code, self.message, primary, secondary, tuple(children), suggestions)


def unsupported(what: str, span: Span) -> SyntaxFault:
    return SyntaxFault(f"unsupported: {what}", span, code=UNSUPPORTED)


class ParseError(Exception):
    """Unwinds the parser to its nearest recovery point, which reports ``fault``."""

    def __init__(self, fault: SyntaxFault) -> None:
        super().__init__(fault.message)
        self.fault = fault
