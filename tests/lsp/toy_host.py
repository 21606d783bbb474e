"""A tiny analysis that fulfils :mod:`compiler.semantics.api`, to test the server apart from the compiler.

What it understands: ``#[kernel] fn name`` items; the word ``wrong`` is an error (with a related place, a tag and a
help), ``slow`` makes diagnostics take a second unless cancelled. Assumes nothing; guarantees ``Cancelled`` within 5
ms of ``cancel``.

>>> host = ToyHost(); host.set_file("/k.rs", b"#[kernel] fn a() {}"); host.analysis().kernels("/k.rs")[0].name
'a'
"""

from __future__ import annotations

import re
import threading
import time

from compiler.diagnostics.model import Label, SubDiagnostic
from compiler.semantics.api import (
    Cancelled,
    Diagnostic,
    FileDiagnostics,
    HoverResult,
    InlayHint,
    KernelSummary,
    LaunchFacts,
    Location,
    SemanticToken,
    Severity,
    Span,
    SymbolNode,
)

_KERNEL = re.compile(rb"#\[kernel\]\s*(?:pub\s+)?fn\s+(\w+)[^{]*\{[^}]*\}")


class ToyHost:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._known: set[bytes] = set()
        self._snapshot = ToyAnalysis(self.files, self._known)

    def set_file(self, file: str, text: bytes) -> None:
        self.cancel()
        self.files[file] = text

    def remove_file(self, file: str) -> None:
        self.cancel()
        self.files.pop(file, None)

    def analysis(self) -> ToyAnalysis:
        self._snapshot = ToyAnalysis(dict(self.files), self._known)
        return self._snapshot

    def cancel(self) -> None:
        self._snapshot.cancelled.set()


class ToyAnalysis:
    """``known``: texts that were analysed to the end, which takes no time again."""

    def __init__(self, files: dict[str, bytes], known: set[bytes]) -> None:
        self._files, self._known = files, known
        self.cancelled = threading.Event()

    def _text(self, file: str) -> bytes:
        if self.cancelled.is_set():
            raise Cancelled
        return self._files.get(file, b"")

    def has_kernels(self, file: str) -> bool:
        return b"#[kernel]" in self._text(file)

    def diagnostics(self, file: str) -> FileDiagnostics:
        text = self._text(file)
        if b"slow" in text and text not in self._known:
            self._work(1.0)
            self._known.add(text)
        found = [
            Diagnostic(
                Severity.ERROR,
                "E0308",
                "mismatched types",
                Label(Span(m.start(), m.end()), "expected `u32`", file=file),
                secondary=(Label(Span(0, 9), "kernel here", file=file),),
                children=(SubDiagnostic("help", "make it right"),),
                tags=("unnecessary",),
            )
            for m in re.finditer(rb"wrong|(?<=u32 = )true", text)
        ]
        return FileDiagnostics(file, 0, tuple(found))

    def _work(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.cancelled.wait(0.005):
                raise Cancelled

    def kernels(self, file: str) -> tuple[KernelSummary, ...]:
        text = self._text(file)
        return tuple(
            KernelSummary(
                name=m[1].decode(),
                file=file,
                span=Span(m.start(), m.end()),
                name_span=Span(m.start(1), m.end(1)),
                line=text.count(b"\n", 0, m.start()) + 1,
                tier=1,
                generic=False,
                params=(),
                launch=LaunchFacts(),
                content_hash=str(hash(m[0])),
            )
            for m in _KERNEL.finditer(text)
        )

    def hover(self, file: str, offset: int) -> HoverResult | None:
        for m in re.finditer(rb"[^\W\d]\w*", self._text(file)):
            if m.start() <= offset <= m.end():
                return HoverResult(Span(m.start(), m.end()), f"`{m[0].decode()}`")
        return None

    def early_diagnostics(self, file: str) -> tuple[FileDiagnostics, bool]:
        return FileDiagnostics(file, 0), False

    def kernel_at(self, file: str, offset: int) -> KernelSummary | None:
        return next((k for k in self.kernels(file) if k.span.start <= offset <= k.span.end), None)

    def inlay_hints(self, file: str, span: Span) -> tuple[InlayHint, ...]:
        found = re.finditer(rb"let (\w+)", self._text(file))
        return tuple(InlayHint(m.end(), ": u32", "type") for m in found if span.start <= m.end() <= span.end)

    def document_symbols(self, file: str) -> tuple[SymbolNode, ...]:
        return tuple(SymbolNode(k.name, "fn()", "kernel", k.span, k.name_span) for k in self.kernels(file))

    def semantic_tokens(self, file: str, span: Span | None = None) -> tuple[SemanticToken, ...]:
        found = (SemanticToken(k.name_span, "function", ("declaration", "kernel")) for k in self.kernels(file))
        return tuple(t for t in found if span is None or span.start <= t.span.start < span.end)

    def definition(self, file: str, offset: int) -> tuple[Location, ...]:
        return ()

    def related_files(self, file: str) -> tuple[str, ...]:
        return ()
