"""From dialect-llvm to LLVM IR text, LLVM, PTX and its facts.

What it is: :func:`compile_module`, the one call from LLVM IR text to PTX; the other modules print, optimise, assemble
and read. What it assumes: text of :func:`compiler.codegen.llvm_text.llvm_text`. What it guarantees: importing this
package loads no LLVM; results are cached on disk by content. Example::

    module = compile_module(llvm_ir, "sm_90")
    module.ptx; module.facts.entries["saxpy"].launch
"""

from __future__ import annotations

import functools
from pathlib import Path

from compiler.base.dataclass import dataclass, field
from compiler.codegen.cache import DiskCache, content_key, default_folder
from compiler.codegen.ptx import PtxFacts, parse_ptx
from compiler.codegen.target import DEFAULT_TARGET, Target, TargetError, ptx_for

__all__ = ["DEFAULT_TARGET", "PtxModule", "Target", "TargetError", "compile_module"]


@dataclass(slots=True)
class PtxModule:
    """``llvm_ir`` is the optimised module, for people; ``ptx_version`` the ISA version of ``ptx``."""

    ptx: str
    llvm_ir: str
    target: str
    ptx_version: tuple[int, int]
    opt_level: int
    content_hash: str = ""
    from_cache: bool = False
    _facts: PtxFacts | None = field(default=None, repr=False)

    @property
    def facts(self) -> PtxFacts:
        if self._facts is None:
            self._facts = parse_ptx(self.ptx)
        return self._facts


@functools.cache
def _revision() -> str:
    """A hash of this folder's code: what an earlier version compiled is not the answer of this one."""
    return content_key(*(path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))))


@functools.cache
def _disk_cache() -> DiskCache:
    return DiskCache(default_folder() / "ptx")


def compile_module(llvm_ir: str, target: str, opt_level: int = 2, use_cache: bool = True) -> PtxModule:
    """Optimise LLVM IR and emit PTX.

    ``target`` is ``sm_75`` to ``sm_121`` with optional ``a``/``f``. Raises :class:`TargetError` if the target is
    unknown or lacks an operation the module uses, and :class:`compiler.codegen.llvm_machine.LLVMError` if LLVM
    rejects the module. LLVM may abort the process on IR that is wrong in other ways: servers call this in a
    worker.
    """
    from compiler.codegen.features import check_target, needed_ptx  # loads the intrinsic tables: only to compile

    wanted = Target.parse(target)
    check_target(llvm_ir, wanted)
    version = ptx_for(wanted, needed_ptx(llvm_ir))
    key = content_key(_revision(), _llvm_version(), wanted, version, opt_level, llvm_ir)
    if use_cache:
        found = _disk_cache().get(key)
        if found is not None:
            return PtxModule(found["ptx"], found["llvm_ir"], str(wanted), version, opt_level, key, True)
    from compiler.codegen.llvm_machine import LLVMMachine
    from compiler.codegen.nvptx_forms import nvptx_forms

    ptx, optimised = LLVMMachine(wanted, opt_level, version).compile(nvptx_forms(llvm_ir))
    if use_cache:
        _disk_cache().put(key, {"ptx": ptx, "llvm_ir": optimised})
    return PtxModule(ptx, optimised, str(wanted), version, opt_level, key)


@functools.cache
def _llvm_version() -> str:
    """The installed llvmlite's version, without loading it."""
    from importlib import metadata

    try:
        return metadata.version("llvmlite")
    except metadata.PackageNotFoundError:
        return "unknown"
