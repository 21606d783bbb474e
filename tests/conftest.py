"""Verdicts in tests do not depend on the speed of the machine: the time a kernel's races may take is long.

What keeps to the time itself sets it (:mod:`tests.analysis.test_time_allowed`, ``python -m bench.safety``).
"""

from __future__ import annotations

from compiler.analysis.disjointness import report

report.BUDGET_S *= 10
