"""Starts the analysis process. Imports next to nothing, so that it can be the first thing a server does.

Assumes: ``sys.path`` finds this package in the child too. Guarantees: the child's standard error is the server's.

Example: ``process = start()``.
"""

from __future__ import annotations

import os
import subprocess
import sys


def start() -> subprocess.Popen[bytes]:
    """A process that has begun to import the compiler and to load the library."""
    return subprocess.Popen(
        [sys.executable, "-m", "oxide_lsp.analysis_process.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
