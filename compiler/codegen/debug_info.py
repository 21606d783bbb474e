"""Line tables: DILocation metadata, so that PTX ``.loc`` lines point at the source.

What it is: numbers metadata nodes as the text printer asks for them. What it assumes: functions that have a
``subprogram`` attribute (name, file, line) came from source; others get no locations. What it guarantees: one node
per distinct location; LLVM's inliner adds ``inlinedAt`` itself; ``emissionKind: DebugDirectivesOnly`` emits ``.loc``
without DWARF sections. Example::

    debug = DebugInfo(module, Metadata())
    debug.location(FileLineColLoc("k.rs", 3, 5), scope=debug.subprogram(func))
"""

from __future__ import annotations

from compiler.codegen.llvm_metadata import Metadata
from compiler.dialects.llvm.ops_control import LLVMFuncOp
from compiler.ir.attributes import IntegerAttr, StringAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.location import CallSiteLoc, FileLineColLoc, Location

_PRODUCER = "oxide"


class DebugInfo:
    def __init__(self, module: ModuleOp, metadata: Metadata) -> None:
        self.node = metadata.node
        self.files: dict[str, int] = {}
        self.locations: dict[tuple[Location, int], int] = {}
        self.scopes: dict[tuple[str, int], int] = {}
        self.lines_of: dict[int, tuple[str, int]] = {}
        name = module.sym_name.value if module.sym_name is not None else "kernel.rs"
        self.unit = self.node("")  # filled in below: the unit names its file
        metadata.nodes[self.unit] = (
            f'distinct !DICompileUnit(language: DW_LANG_Rust, file: !{self.file(name)}, producer: "{_PRODUCER}", '
            "isOptimized: true, runtimeVersion: 0, emissionKind: DebugDirectivesOnly)"
        )
        self.version = self.node('!{i32 2, !"Debug Info Version", i32 3}')
        self.signature = self.node("!DISubroutineType(types: !{null})")
        metadata.named += [f"!llvm.dbg.cu = !{{!{self.unit}}}", f"!llvm.module.flags = !{{!{self.version}}}"]

    def file(self, path: str) -> int:
        found = self.files.get(path)
        if found is None:
            directory, _, name = path.rpartition("/")
            text = f'!DIFile(filename: "{_escape(name)}", directory: "{_escape(directory)}")'
            found = self.files[path] = self.node(text)
        return found

    def subprogram(self, func: LLVMFuncOp) -> int | None:
        """The node of a function's subprogram; None for functions without source."""
        facts = func.subprogram
        if facts is None:
            return None
        name, path, line = facts.get("name"), facts.get("file"), facts.get("line")
        assert isinstance(name, StringAttr) and isinstance(path, StringAttr) and isinstance(line, IntegerAttr)
        file = self.file(path.value)
        scope = self.node(
            f'distinct !DISubprogram(name: "{_escape(name.value)}", linkageName: "{_escape(func.sym_name.value)}", '
            f"scope: !{file}, file: !{file}, line: {line.value}, type: !{self.signature}, scopeLine: {line.value}, "
            f"spFlags: DISPFlagDefinition | DISPFlagOptimized, unit: !{self.unit})"
        )
        self.lines_of[scope] = (path.value, line.value)
        return scope

    def location(self, loc: Location, scope: int) -> int:
        """The DILocation of ``loc`` inside subprogram ``scope``."""
        key = (loc, scope)
        found = self.locations.get(key)
        if found is not None:
            return found
        while isinstance(loc, CallSiteLoc):  # inlined before LLVM: show the innermost source line
            loc = loc.callee
        if not isinstance(loc, FileLineColLoc):
            return self.artificial(scope)
        inner = scope if self.lines_of[scope][0] == loc.file else self.block_file(scope, loc.file)
        found = self.node(f"!DILocation(line: {loc.line}, column: {min(loc.column, 65535)}, scope: !{inner})")
        self.locations[key] = found
        return found

    def block_file(self, scope: int, path: str) -> int:
        """A scope inside ``scope`` for code that comes from another file."""
        key = (path, scope)
        found = self.scopes.get(key)
        if found is None:
            found = self.node(f"!DILexicalBlockFile(scope: !{scope}, file: !{self.file(path)}, discriminator: 0)")
            self.scopes[key] = found
        return found

    def artificial(self, scope: int) -> int:
        """The location of code without source: the function's own line."""
        path, line = self.lines_of[scope]
        return self.location(FileLineColLoc(path, line, 1), scope)


def _escape(text: str) -> str:
    return "".join(chr(b) if 0x20 <= b < 0x7F and b not in (0x22, 0x5C) else f"\\{b:02X}" for b in text.encode())
