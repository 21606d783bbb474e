"""The contract between the compiler and every host of it (language server, command line).

What it is: the shapes only. :class:`AnalysisHost` owns the database and applies changes; :class:`Analysis` is a
snapshot whose methods may raise :class:`compiler.query.Cancelled` when a change arrives. Positions are byte offsets
into the file's UTF-8 text. Everything here is plain data: no Ty, no CST node, no DefId leaks out.

>>> host = AnalysisHost(); host.set_file("/k.rs", b"...")        # doctest: +SKIP
>>> host.analysis().diagnostics("/k.rs")                          # doctest: +SKIP
"""

from __future__ import annotations

from typing import Protocol

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.codegen.artifact import KernelParam, LaunchFacts
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, Suggestion
from compiler.query.engine import Cancelled

__all__ = [
    "Analysis",
    "AnalysisHost",
    "Applicability",
    "Cancelled",
    "Diagnostic",
    "Edit",
    "FileDiagnostics",
    "HoverResult",
    "InlayHint",
    "KernelParam",
    "KernelSafety",
    "KernelSummary",
    "Label",
    "LaunchFacts",
    "Location",
    "SemanticToken",
    "Severity",
    "Span",
    "Suggestion",
    "SymbolNode",
    "TierReason",
    "UnsafeBlockStatus",
]


@dataclass(frozen=True, slots=True)
class KernelSummary:
    """A ``#[kernel]`` of a file. ``generic``: needs type arguments, ``instances``: known ones, as ``<f32>`` texts."""

    name: str
    file: str
    span: Span  # whole item
    name_span: Span
    line: int  # from 1
    tier: int  # 1, 2 or 3
    generic: bool
    params: tuple[KernelParam, ...]
    launch: LaunchFacts
    instances: tuple[str, ...] = ()
    content_hash: str = ""  # of everything the kernel's code depends on: changes when its code may have changed


@dataclass(frozen=True, slots=True)
class TierReason:
    """Why a kernel is in its safety tier: what, and where it stands."""

    tier: int
    text: str
    file: str
    span: Span


@dataclass(frozen=True, slots=True)
class UnsafeBlockStatus:
    """An `unsafe` block. ``status``: "discharged" (all it promises is proved), "violated", "undecided" or "unneeded";
    ``obligations``: each promise with its own status and the reason. ``documented``: has a ``SAFETY:`` comment."""

    file: str
    span: Span
    status: str
    obligations: tuple[str, ...]
    documented: bool


@dataclass(frozen=True, slots=True)
class KernelSafety:
    """A kernel's safety tier (1, 2 or 3) with its reasons, strongest first, and the `unsafe` blocks it reaches."""

    tier: int
    reasons: tuple[TierReason, ...]
    unsafe_blocks: tuple[UnsafeBlockStatus, ...]


@dataclass(frozen=True, slots=True)
class HoverResult:
    """Markdown and the span it is about. ``kernel``: set when the position is in a kernel (views are available)."""

    span: Span
    markdown: str
    kernel: str | None = None


@dataclass(frozen=True, slots=True)
class InlayHint:
    offset: int
    label: str
    kind: str  # "type" | "parameter"


@dataclass(frozen=True, slots=True)
class SymbolNode:
    """Document symbol. ``kind``: "kernel", "function", "method", "struct", "enum", "variant", "field", "trait",
    "module", "const",
    "static", "type", "impl", "macro"."""

    name: str
    detail: str
    kind: str
    span: Span
    name_span: Span
    children: tuple[SymbolNode, ...] = ()


@dataclass(frozen=True, slots=True)
class SemanticToken:
    """``type``: an LSP semantic token type; ``modifiers`` from: declaration, mutable, unsafe, kernel, device, host,
    uniform, divergent."""

    span: Span
    type: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileDiagnostics:
    """All diagnostics of one file, spans absolute in ``file`` (labels in other files name theirs)."""

    file: str
    version: int
    diagnostics: tuple[Diagnostic, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Location:
    file: str
    span: Span
    name_span: Span


class Analysis(Protocol):
    """A snapshot: one revision of all files."""

    def has_kernels(self, file: str) -> bool:
        """Whether the file holds kernels or is a module of a crate that does."""

    def diagnostics(self, file: str) -> FileDiagnostics: ...

    def early_diagnostics(self, file: str) -> tuple[FileDiagnostics, bool]:
        """What can be said soon, and whether it is everything that ``diagnostics`` will say; kernels edited since
        keep what was said of them before.
        """

    def kernels(self, file: str) -> tuple[KernelSummary, ...]: ...

    def undocumented_unsafe(self, file: str) -> tuple[Diagnostic, ...]:
        """`unsafe` blocks without a ``SAFETY:`` comment: said only where a setting asks for it."""

    def safety(self, file: str, kernel: str) -> KernelSafety | None:
        """Tier and `unsafe` blocks of a kernel; None if there is none of that name or it has errors."""

    def kernel_at(self, file: str, offset: int) -> KernelSummary | None:
        """The kernel around a position."""

    def hover(self, file: str, offset: int) -> HoverResult | None: ...

    def inlay_hints(self, file: str, span: Span) -> tuple[InlayHint, ...]: ...

    def document_symbols(self, file: str) -> tuple[SymbolNode, ...]: ...

    def semantic_tokens(self, file: str, span: Span | None = None) -> tuple[SemanticToken, ...]: ...

    def definition(self, file: str, offset: int) -> tuple[Location, ...]: ...

    def related_files(self, file: str) -> tuple[str, ...]:
        """Files whose diagnostics may change with this one."""


class AnalysisHost(Protocol):
    """Implemented by :mod:`compiler.semantics.host`; create with ``compiler.semantics.host.AnalysisHost()``."""

    def set_file(self, file: str, text: bytes) -> None:
        """Open or edit a file (the in-memory text wins over the disk). Cancels running snapshots first."""

    def remove_file(self, file: str) -> None:
        """The editor closed it: the disk's text counts again."""

    def analysis(self) -> Analysis: ...

    def cancel(self) -> None:
        """Make running snapshot calls raise ``Cancelled`` within 20 ms."""
