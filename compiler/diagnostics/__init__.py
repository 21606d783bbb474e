"""Diagnostics: the model (model.py), the registry of codes, text / JSON / SARIF rendering, explain pages."""

from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion

__all__ = ["Applicability", "Diagnostic", "Edit", "Label", "Severity", "SubDiagnostic", "Suggestion"]
