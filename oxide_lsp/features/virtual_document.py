"""Names of the documents that show a kernel's lowered forms.

Assumes: source paths are absolute POSIX paths.
Guarantees: a name holds everything needed to make the document again, so it survives a restart of the server; it
looks like a file path, so editors show a sensible title and pick the language by its ending.

>>> view = View("/k/vec add.rs", "vecadd", "ptx", "sm_90")
>>> view.uri
'oxide-ir:/k/vec%20add.rs/vecadd.sm_90.ptx'
>>> View.parse(view.uri) == view
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

SCHEME = "oxide-ir"

# stage -> (ending of the document's name, language id, does it depend on the target)
STAGES: dict[str, tuple[str, str, bool]] = {
    "ast": ("ast", "plaintext", False),
    "hir": ("hir", "plaintext", False),
    "mir": ("mir", "mir", False),
    "dialect-mir": ("dialect-mir.mlir", "mlir", False),
    "dialect-llvm": ("dialect-llvm.mlir", "mlir", True),
    "llvm": ("ll", "llvm", True),
    "llvm-opt": ("opt.ll", "llvm", True),
    "ptx": ("ptx", "ptx", True),
    "sass": ("sass", "sass", True),
}
_NAME = re.compile(
    r"(?P<kernel>.+?)(?:\.(?P<target>sm_\d+[af]?))?\.(?P<ending>[a-z]+(?:\.[a-z]+)?|dialect-[a-z]+\.mlir)"
)


@dataclass(frozen=True, slots=True)
class View:
    """One stage of one kernel of one file. ``target`` is "" for the default, or where none matters."""

    file: str
    kernel: str
    stage: str
    target: str = ""

    @property
    def uri(self) -> str:
        ending, _, by_target = STAGES[self.stage]
        target = f".{self.target}" if by_target and self.target else ""
        return f"{SCHEME}:{quote(self.file)}/{quote(self.kernel)}{target}.{ending}"

    @property
    def language(self) -> str:
        return STAGES[self.stage][1]

    @classmethod
    def parse(cls, uri: str) -> View | None:
        """The view a document name stands for, or None if it is not one."""
        scheme, _, path = uri.partition(":")
        if scheme != SCHEME:
            return None
        file, _, name = unquote(path.removeprefix("//")).rpartition("/")
        match = _NAME.fullmatch(name)
        if match is None or not file:
            return None
        for stage, (ending, _, _) in STAGES.items():
            if ending == match["ending"]:
                return cls(file, match["kernel"], stage, match["target"] or "")
        return None
