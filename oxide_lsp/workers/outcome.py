"""The five ways a job can end.

Assumes: nothing.
Guarantees: exactly one of these comes back for every job that was started; callers match on the class.

>>> Crashed(exit_code=-6, stderr_tail="LLVM ERROR: Cannot select").reason
'the worker process was ended by SIGABRT: LLVM ERROR: Cannot select'
"""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """The job's own result."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The job raised: a message for the user, and the traceback for the log."""

    message: str
    detail: str = ""

    @property
    def reason(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The job ran past its budget and its process was killed."""

    budget_s: float

    @property
    def reason(self) -> str:
        return f"no answer within {self.budget_s:g} s; the worker process was ended"


@dataclass(frozen=True, slots=True)
class Crashed:
    """The worker process died under the job."""

    exit_code: int
    stderr_tail: str = ""

    @property
    def reason(self) -> str:
        if self.exit_code < 0:
            how = f"was ended by {_signal_name(-self.exit_code)}"
        else:
            how = f"exited with status {self.exit_code}"
        last = next((line for line in reversed(self.stderr_tail.splitlines()) if line.strip()), "")
        return f"the worker process {how}" + (f": {last.strip()}" if last else "")


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Somebody no longer wants the answer."""

    @property
    def reason(self) -> str:
        return "cancelled"


Outcome = Done | Failed | TimedOut | Crashed | Cancelled


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
