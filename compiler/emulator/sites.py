"""Source sites of instructions: from ``!dbg`` metadata to file, line and column, with the chain of inlined calls.

What it is: the table that turns the small integers embedded in generated code into places a person can open. What it
assumes: metadata as LLVM prints it. What it guarantees: ``frames`` go from the innermost function to the kernel; an
instruction without ``!dbg`` has no frames. Example: a bounds check in a library function inlined at line 7 of
``a.rs``: frames ``[core/slice.rs:30, a.rs:7]``, and :meth:`SiteTable.user_frame` answers ``a.rs:7`` for file
``a.rs``.
"""

from __future__ import annotations

import re

from compiler.base.dataclass import dataclass, field

_FIELD = re.compile(r'(\w+): (?:"((?:[^"\\]|\\.)*)"|([^,)]+))')


@dataclass(frozen=True, slots=True)
class Frame:
    """One source place; ``line`` and ``column`` from 1, 0 when unknown."""

    file: str
    line: int
    column: int
    function: str = ""


@dataclass(slots=True)
class SiteTable:
    """Sites by number; number 0 is "unknown"."""

    frames: list[tuple[Frame, ...]] = field(default_factory=lambda: [()])
    _known: dict[tuple[Frame, ...], int] = field(default_factory=dict)

    def add(self, frames: tuple[Frame, ...]) -> int:
        """Number of this chain of frames."""
        if not frames:
            return 0
        if frames not in self._known:
            self._known[frames] = len(self.frames)
            self.frames.append(frames)
        return self._known[frames]

    def user_frame(self, site: int, file: str) -> Frame | None:
        """The innermost frame in ``file`` (any file when "" or when none matches)."""
        frames = self.frames[site] if 0 <= site < len(self.frames) else ()
        name = file.replace("\\", "/").rsplit("/", 1)[-1]
        for frame in frames:
            if name and frame.file.replace("\\", "/").rsplit("/", 1)[-1] == name:
                return frame
        return frames[-1] if frames else None


class DebugInfo:
    """Resolves ``!N`` of one module to frames."""

    def __init__(self, metadata: dict[str, str]) -> None:
        self.metadata = metadata
        self._fields: dict[str, dict[str, str]] = {}
        self._frames: dict[str, tuple[Frame, ...]] = {}

    def fields(self, reference: str) -> dict[str, str]:
        if reference not in self._fields:
            text = self.metadata.get(reference, "")
            self._fields[reference] = {m[1]: m[2] if m[2] is not None else m[3] for m in _FIELD.finditer(text)}
        return self._fields[reference]

    def frames(self, reference: str) -> tuple[Frame, ...]:
        """Frames of a ``DILocation``, innermost first."""
        if not reference:
            return ()
        if reference not in self._frames:
            chain: list[Frame] = []
            at = reference
            while at:
                location = self.fields(at)
                file, function = self._scope(location.get("scope", ""))
                if location.get("line", "0") != "0":
                    chain.append(Frame(file, int(location["line"]), int(location.get("column", 0)), function))
                at = location.get("inlinedAt", "")
            self._frames[reference] = tuple(chain)
        return self._frames[reference]

    def _scope(self, reference: str) -> tuple[str, str]:
        """(file, function) of a scope."""
        file = ""
        while reference:
            scope = self.fields(reference)
            if not file and "file" in scope:
                file = self.fields(scope["file"]).get("filename", "")
            if "DISubprogram" in self.metadata.get(reference, ""):
                return file, scope.get("name", "")
            reference = scope.get("scope", "")
        return file, ""
