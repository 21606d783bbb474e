"""One file through our checker and through rustc: the set of (line, code) of the errors of each.

What it is: :class:`OurChecker` (one process with the library loaded once; every function of a file is checked, host
code too) and :func:`rustc_errors` (rustc on the machine; where there is none the benches say so).

Assumes: a file is a crate of its own; ``//@ edition:`` in its first lines is honoured, 2021 else. Guarantees: an
exception of ours is the error ``(0, "panic ...")``, never a pass.

Example: ``OurChecker().errors("fn f(x: &u32) { *x = 1; }")`` is ``{(1, "E0594")}``.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, ClassVar

Errors = set[tuple[int, str]]
_EDITION = re.compile(r"^//@?\s*\[?.*?edition\s*:\s*(20\d\d)", re.M)
_OF_CODE_GENERATION = ("arithmetic_overflow", "unconditional_panic")  # rustc looks only when it makes code
_WITHOUT_CODE = frozenset(("lifetime", "borrowck", "E0000", "region", "syntax"))
MAX_RUSTC_SECONDS = 120.0


def edition_of(text: str) -> str:
    found = _EDITION.search(text[:400])
    return found[1] if found else "2021"


def have_rustc() -> bool:
    return shutil.which("rustc") is not None


class OurChecker:
    """Our checks of files given as text, in one process."""

    def __init__(self) -> None:
        from compiler.query import Database
        from compiler.resolve.workspace import load_library

        self._new = (Database, load_library)
        self._db: Any = None
        self._n_checked = 0

    _shared: ClassVar[OurChecker | None] = None

    @classmethod
    def shared(cls) -> OurChecker:
        """One checker for the process."""
        if cls._shared is None:
            cls._shared = cls()
        return cls._shared

    def diagnostics(self, text: str, edition: str = "") -> list[Any]:
        from compiler.hir.inputs import crate_graph
        from compiler.resolve.workspace import load_workspace, set_file
        from compiler.semantics.checks import file_diagnostics

        if self._db is None or self._n_checked % 400 == 399:  # a bound on memory: definitions are interned
            database, load_library = self._new
            self._db = database()
            self._library = load_library(self._db)
        self._n_checked += 1
        file = f"/bench/f{self._n_checked}.rs"
        set_file(self._db, file, text.encode())
        load_workspace(self._db, file, self._library)
        graph = crate_graph(self._db)
        crates = {
            name: dataclasses.replace(c, edition=edition or edition_of(text)) if c.root_file == file else c
            for name, c in graph.crates.items()
        }
        self._db.set(crate_graph, (), dataclasses.replace(graph, crates=crates))
        return list(file_diagnostics(self._db, file, True))

    def errors(self, text: str, edition: str = "") -> Errors:
        return {(line, code) for line, code, _ in self.messages(text, edition)}

    def messages(self, text: str, edition: str = "") -> list[tuple[int, str, str]]:
        """(line, code, message) of each error."""
        try:
            found = self.diagnostics(text, edition)
        except (Exception, RecursionError) as fault:
            return [(0, f"panic {type(fault).__name__}", str(fault)[:200])]
        data = text.encode()
        return [
            (data.count(b"\n", 0, d.primary.span.start) + 1, normal_code(d.code), d.message)
            for d in found
            if d.severity.value == "error" and d.code not in _OF_CODE_GENERATION
        ]


def normal_code(code: str) -> str:
    """rustc gives "lifetime may not live long enough" and syntax errors no code."""
    return "" if code in _WITHOUT_CODE else code


def rustc_messages(text: str, edition: str = "", flags: tuple[str, ...] = ()) -> list[tuple[int, str, str]]:
    """rustc's errors as (line, code, message)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.rs")
        path.write_text(text)
        command = ["rustc", str(path), "--edition", edition or edition_of(text), "--crate-type", "lib"]
        command += ["--emit", "metadata", "--error-format=json", "-A", "warnings", "-o", f"{folder}/t.rmeta", *flags]
        env = {**os.environ, "RUSTC_BOOTSTRAP": "1", "RUST_BACKTRACE": "0"}
        try:
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                text=True,
                env=env,
                timeout=MAX_RUSTC_SECONDS,
                errors="replace",
            )
        except subprocess.TimeoutExpired:
            return [(0, "timeout", "")]
    return [m for line in done.stderr.splitlines() if (m := _parsed(line)) is not None]


def rustc_errors(text: str, edition: str = "") -> Errors:
    return {(line, code) for line, code, _ in rustc_messages(text, edition)}


def _parsed(line: str) -> tuple[int, str, str] | None:
    if not line.startswith("{"):
        return None
    message = json.loads(line)
    if message.get("$message_type", "diagnostic") != "diagnostic" or not message["level"].startswith("error"):
        return None
    spans = message.get("spans") or []
    primary = [s for s in spans if s["is_primary"]] or spans[:1]
    if not primary:
        return None
    span = primary[0]
    while span.get("expansion") and span["expansion"].get("span"):
        span = span["expansion"]["span"]
    code = (message.get("code") or {}).get("code", "") or ""
    return span["line_start"], code, message["message"]
