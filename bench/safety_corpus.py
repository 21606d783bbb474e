"""What the static analyses say of every kernel in upstream's examples, where they are on this machine.

What it is: :func:`corpus_verdicts` over ``OXIDE_CORPUS``. Assumes: the folder of examples; nothing of it is kept.
Guarantees: kernels that do not compile here are skipped and counted in the name of the last row.

Example: ``for kernel, verdict in corpus_verdicts(): ...``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bench.safety_verdicts import StaticVerdict, verdict
from compiler.driver import CompileError, CompileSession


def corpus_verdicts() -> Iterator[tuple[str, StaticVerdict]]:
    """(example/kernel, verdict) of each kernel with a known instance."""
    folder = os.environ.get("OXIDE_CORPUS", "")
    if not folder:
        print("  OXIDE_CORPUS is not set: skipped")
        return
    n_skipped = 0
    for path in sorted(Path(folder).glob("*/src/**/*.rs")):
        if b"#[kernel" not in path.read_bytes():
            continue
        session = CompileSession(path.as_posix())
        for kernel in session.kernels():
            try:
                yield f"{path.relative_to(folder)}: {kernel.name}", verdict(session, kernel.name)
            except CompileError:
                n_skipped += 1
    print(f"  {n_skipped} kernels skipped (generic without an instance, or not supported)")
