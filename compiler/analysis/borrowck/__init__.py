"""The borrow checker: rustc's NLL on our MIR (see check.py)."""

from compiler.analysis.borrowck.check import BorrowCheckResult, body_borrows, borrow_check

__all__ = ["BorrowCheckResult", "body_borrows", "borrow_check"]
