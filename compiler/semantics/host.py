"""The analysis host: owns the databases, applies changes, answers through snapshots (the contract is
:mod:`compiler.semantics.api`).

Assumes: calls may come from several threads. Guarantees: one evaluation at a time per database; a change cancels
running calls, which then raise ``Cancelled``; answers are of the newest texts or ``Cancelled``.

Example::

    host = AnalysisHost()
    host.set_file("/k.rs", b"#[kernel] pub fn k(x: u32) { let y: bool = x; }")
    host.analysis().diagnostics("/k.rs").diagnostics[0].code      # "E0308"
"""

from __future__ import annotations

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.query import CancellationToken, Cancelled, Database
from compiler.resolve.crate_root import root_of
from compiler.resolve.source import syntax_diagnostics
from compiler.semantics import checks, definition, hints, hover, kernels, result_cache, symbols, tokens
from compiler.semantics.absolute import absolute
from compiler.semantics.api import (
    FileDiagnostics,
    HoverResult,
    InlayHint,
    KernelSafety,
    KernelSummary,
    Location,
    SemanticToken,
    SymbolNode,
)
from compiler.semantics.crates import LoadedCrate
from compiler.semantics.definitions import BODY_OWNERS, definitions_by_file, has_device_code, kernels_of, user_crates

R = TypeVar("R")
MAX_CRATES = 8
WORTH_KEEPING_S = 0.2
_KERNEL_WORDS = (b"kernel", b"device", b"cuda_module")
_KERNEL_MARKS = (b"#[kernel", b"::kernel", b"#[device", b"#[cuda_module")


def _is_kernel_file(db: Database, file: str, marked: bool) -> bool:
    """Device code in the crate, or a file that means to have some and cannot be read."""
    if any(has_device_code(db, krate) for krate in user_crates(db)):
        return True
    return marked and bool(syntax_diagnostics(db, file))


def _safety(db: Database, file: str, name: str) -> KernelSafety | None:
    from compiler.semantics.safety import kernel_safety

    kernel = next((k for k in kernels_of(db, file) if k.name == name), None)
    if kernel is None or checks.has_errors(checks.reach_diagnostics(db, kernel)):
        return None
    return kernel_safety(db, kernel)


class AnalysisHost:
    """See the module docstring. ``check_all``: check host functions too; ``keeps_results``: on disk, for the next
    process that opens the same texts.
    """

    def __init__(self, check_all: bool = False, keeps_results: bool = False) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
        self.check_all = check_all
        self.keeps_results = keeps_results
        self.unverified: set[str] = set()  # files whose diagnostics an earlier process found
        self.revision = 0
        self.lock = threading.RLock()
        self._texts: dict[str, bytes] = {}
        self._versions: dict[str, int] = {}
        self._crates: OrderedDict[str, LoadedCrate] = OrderedDict()
        self._roots: dict[str, str] = {}

    # -- changes

    def set_file(self, file: str, text: bytes) -> None:
        """Open or edit a file."""
        self.cancel()
        with self.lock:
            is_new = file not in self._texts
            self._texts[file] = text
            self._versions[file] = self._versions.get(file, 0) + 1
            self.revision += 1
            self._renew_tokens()
            if is_new:
                self._roots.clear()
            for crate in self._crates.values():
                if not is_new or file in definitions_by_file(crate.db) or crate.root_file == file:
                    crate.set_text(file, text)

    def remove_file(self, file: str) -> None:
        """The disk's text counts again."""
        self.cancel()
        with self.lock:
            self._texts.pop(file, None)
            self.revision += 1
            self._renew_tokens()
            for crate in self._crates.values():
                crate.forget_text(file)

    def cancel(self) -> None:
        """Running calls raise ``Cancelled`` at their next checkpoint."""
        for crate in list(self._crates.values()):
            if crate.db.cancellation is not None:
                crate.db.cancellation.cancel()

    def _renew_tokens(self) -> None:
        for crate in self._crates.values():
            crate.db.cancellation = CancellationToken()

    # -- before the first question, and between questions

    def prepare(self) -> None:
        """Load now what the first file would wait for."""
        LoadedCrate.prepare()

    def settle(self) -> None:
        """Keep on disk what was found of the library, for the next process; may raise ``Cancelled``."""
        for file in sorted(self.unverified):
            with self.lock:
                checks.file_diagnostics(self.crate_of(file).db, file, self.check_all)
            self.unverified.discard(file)
        for crate in list(self._crates.values()):
            crate.save()
            crate.db.sweep(200)

    # -- questions

    def analysis(self) -> Analysis:
        """A snapshot of now."""
        with self.lock:
            self._renew_tokens()
            return Analysis(self, self.revision)

    def text(self, file: str) -> bytes:
        """A file's text: the editor's, else the disk's."""
        found = self._texts.get(file)
        if found is None:
            from pathlib import Path

            path = Path(file)
            found = path.read_bytes() if path.is_file() else b""
        return found

    def version(self, file: str) -> int:
        return self._versions.get(file, 0)

    def crate_of(self, file: str) -> LoadedCrate:
        """The loaded crate a file belongs to."""
        root = self._roots.get(file)
        if root is None:
            root = self._roots[file] = root_of(file, self._texts)
        crate = self._crates.get(root)
        if crate is None:
            relevant = {f: text for f, text in self._texts.items() if f == root or root_of(f, self._texts) == root}
            crate = self._crates[root] = LoadedCrate(root, relevant)
            while len(self._crates) > MAX_CRATES:
                self._crates.popitem(last=False)
        self._crates.move_to_end(root)
        return crate


class Analysis:
    """One revision. Methods raise ``Cancelled`` once a newer one exists."""

    def __init__(self, host: AnalysisHost, revision: int) -> None:
        self._host = host
        self._revision = revision

    def _ask(self, file: str, question: Callable[[Database], R]) -> R:
        with self._host.lock:
            if self._host.revision != self._revision:
                raise Cancelled
            crate = self._host.crate_of(file)
            with crate.db.lock:
                return question(crate.db)

    def has_kernels(self, file: str) -> bool:
        """Whether the file holds kernels or is a module of a crate that does."""
        text = self._host.text(file)
        if not any(word in text for word in _KERNEL_WORDS) and root_of(file, self._host._texts) == file:
            return False
        marked = any(mark in text for mark in _KERNEL_MARKS)
        return self._ask(file, lambda db: _is_kernel_file(db, file, marked))

    def diagnostics(self, file: str) -> FileDiagnostics:
        """Everything wrong in a file."""
        found = self._ask(file, lambda db: self._diagnostics(db, file))
        return FileDiagnostics(file, self._host.version(file), found)

    def _diagnostics(self, db: Database, file: str) -> tuple[Diagnostic, ...]:
        """From an earlier process if nothing has changed since, else computed."""
        host = self._host
        found, key = self._recalled(db, file)
        if found is None:
            began = time.perf_counter()
            found = checks.file_diagnostics(db, file, host.check_all)
            if key and time.perf_counter() - began > WORTH_KEEPING_S:
                result_cache.keep(host.crate_of(file).cache, key, found)
        return found

    def _recalled(self, db: Database, file: str) -> tuple[tuple[Diagnostic, ...] | None, str]:
        """What an earlier process found for these very texts, and the name of such an answer ("": not wanted)."""
        host = self._host
        if not host.keeps_results or db.peek(checks.file_diagnostics, (file, host.check_all))[0] is not None:
            return None, ""
        key = result_cache.result_key(db, file, host.check_all)
        found = result_cache.recall(host.crate_of(file).cache, key)
        if found is not None:
            host.unverified.add(file)
        return found, key

    def _early(self, db: Database, file: str) -> tuple[tuple[Diagnostic, ...], bool]:
        found, _ = self._recalled(db, file)
        if found is not None:
            return found, True
        return checks.early_diagnostics(db, file, self._host.check_all)

    def early_diagnostics(self, file: str) -> tuple[FileDiagnostics, bool]:
        """What can be said before the kernels are analysed as a whole, and whether it is everything."""
        found, is_all = self._ask(file, lambda db: self._early(db, file))
        return FileDiagnostics(file, self._host.version(file), found), is_all

    def kernel_at(self, file: str, offset: int) -> KernelSummary | None:
        """The kernel around a position."""
        return self._ask(file, lambda db: kernels.kernel_at(db, file, offset))

    def kernels(self, file: str) -> tuple[KernelSummary, ...]:
        """The kernels of a file in source order."""
        return self._ask(file, lambda db: kernels.kernel_summaries(db, file))

    def safety(self, file: str, kernel: str) -> KernelSafety | None:
        """Tier and `unsafe` blocks of a kernel."""
        return self._ask(file, lambda db: _safety(db, file, kernel))

    def undocumented_unsafe(self, file: str) -> tuple[Diagnostic, ...]:
        """The optional lint: `unsafe` blocks without a ``SAFETY:`` comment."""
        from compiler.semantics.safety import undocumented

        def found(db: Database) -> tuple[Diagnostic, ...]:
            owners = checks.checked_definitions(db, file, self._host.check_all)
            return tuple(absolute(db, d) for o in owners if o.kind in BODY_OWNERS for d in undocumented(db, o))

        return self._ask(file, found)

    def hover(self, file: str, offset: int) -> HoverResult | None:
        """What is at a position."""
        return self._ask(file, lambda db: hover.hover_at(db, file, offset))

    def inlay_hints(self, file: str, span: Span) -> tuple[InlayHint, ...]:
        """Types of variables without a written type."""
        return self._ask(file, lambda db: hints.inlay_hints(db, file, span))

    def document_symbols(self, file: str) -> tuple[SymbolNode, ...]:
        """The outline."""
        return self._ask(file, lambda db: symbols.document_symbols(db, file))

    def semantic_tokens(self, file: str, span: Span | None = None) -> tuple[SemanticToken, ...]:
        """Names by meaning."""
        return self._ask(file, lambda db: tokens.semantic_tokens(db, file, span))

    def definition(self, file: str, offset: int) -> tuple[Location, ...]:
        """Where the name at a position is defined."""
        return self._ask(file, lambda db: definition.definition_at(db, file, offset))

    def related_files(self, file: str) -> tuple[str, ...]:
        """The other files of the crate."""
        return self._ask(file, lambda db: tuple(sorted(f for f in definitions_by_file(db) if f and f != file)))
