"""The three ways IR can be wrong: built wrong, written wrong, or verified wrong.

What it is: the exception types of :mod:`compiler.ir`. They are internal errors: a user's mistake never reaches here,
it was a diagnostic before. What it guarantees: a :class:`ParseError` names line and column (from 1), a
:class:`VerifyError` names the operation. Example::

    raise ParseError("expected ')'", line=3, column=7)
"""

from __future__ import annotations


class IRError(Exception):
    """Something in the IR is not as its dialect declares it."""


class ParseError(IRError):
    """The text is not MLIR generic form; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"{line}:{column}: {message}")
        self.message = message
        self.line = line
        self.column = column


class VerifyError(IRError):
    """An operation breaks a rule of its dialect or of SSA; ``op_name`` says which operation."""

    def __init__(self, op_name: str, message: str, context: str = "") -> None:
        super().__init__(f"'{op_name}' op {message}" + (f"\n  in: {context}" if context else ""))
        self.op_name = op_name
        self.message = message
