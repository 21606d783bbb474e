"""LLVM through llvmlite: parse, verify, link libdevice, optimise, emit PTX.

What it is: with ``emulator/jit*`` the only importer of llvmlite. What it assumes: text from
:mod:`compiler.codegen.llvm_text`; LLVM may abort the process on bad input, so servers call this in a worker. What it
guarantees: no pass duplicates a convergent operation (jumps are threaded, but never through a block that holds one);
text LLVM rejects is an :class:`LLVMError`. Example::

    machine = LLVMMachine(Target.parse("sm_90"), opt_level=2)
    ptx, optimised = machine.compile(llvm_ir)
"""

from __future__ import annotations

import os
import re
import shutil
from functools import cache
from importlib import util
from pathlib import Path

import llvmlite.binding as llvm

from compiler.codegen.float_bits import integer_float_bits
from compiler.codegen.joined_checks import join_checks
from compiler.codegen.narrow_induction import narrow_induction
from compiler.codegen.outermost_locations import outermost_locations
from compiler.codegen.private_atomics import plain_private_atomics
from compiler.codegen.shared_addresses import keep_shared_addresses
from compiler.codegen.target import Target, feature_string, ptx_for
from compiler.codegen.trap_fallthrough import trap_in_place
from compiler.ir.errors import IRError

TRIPLE = "nvptx64-nvidia-cuda"
LIBDEVICE = "libdevice.10.bc"
_IMMEDIATE_ASM = re.compile(r' asm (?:sideeffect )?"([^"]*)", "([^"]*)"\((.*)\)')
_LONG_LAYOUT, _SHORT_LAYOUT = '"e-i64:64-', '"e-p3:32:32-p4:32:32-p5:32:32-p6:32:32-p7:32:32-i64:64-'
_SPACED_ASM = re.compile(r" asm [^\n]*ptr addrspace\([3-7]\)")
_NV_SYMBOL = re.compile(r"declare [^\n]*@__nv_")


class LLVMError(IRError):
    """LLVM rejected the module; ``ir`` is the text it saw."""

    def __init__(self, message: str, ir: str) -> None:
        super().__init__(message)
        self.ir = ir


@cache
def initialize() -> None:
    """Targets and options, once in a process; the emulator's JIT shares them."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    llvm.initialize_native_target()
    # libdevice asks these of NVVMReflect: IEEE square root and division (kernel-language.md 6.4).
    llvm.set_option("oxide", "-nvvm-reflect-add=__CUDA_PREC_SQRT=1")
    llvm.set_option("oxide", "-nvvm-reflect-add=__CUDA_PREC_DIV=1")
    # LLVM's default (37 at O2) leaves counted loops of some twenty instructions rolled that nvcc unrolls by four.
    llvm.set_option("oxide", "-unroll-partial-threshold=120")
    # Nor does it unroll loops that a failed check leaves, or whose count takes more than a subtraction (grid strides).
    llvm.set_option("oxide", "-unroll-runtime-multi-exit=true")
    llvm.set_option("oxide", "-scev-cheap-expansion-budget=16")
    llvm.set_option("oxide", "-unroll-threshold=300")  # loops of known trip count, as at O3
    # Neither NVPTX nor the JIT has a library for 128-bit conversion and division; LLVM writes them out.
    llvm.set_option("oxide", "-expand-fp-convert-bits=64")
    llvm.set_option("oxide", "-expand-div-rem-bits=64")


@cache
def _target_machine(cpu: str, features: str, opt_level: int, short_pointers: bool = False) -> llvm.TargetMachine:
    """``short_pointers``: addresses of shared, constant and local memory take 32 bits, as in :func:`short_layout`."""
    initialize()
    llvm.set_option("oxide", f"-nvptx-short-ptr={'true' if short_pointers else 'false'}")
    return llvm.Target.from_triple(TRIPLE).create_target_machine(cpu=cpu, features=features, opt=opt_level)


@cache
def _undiverging_machine() -> llvm.TargetMachine:
    """A machine whose branches do not diverge: for such LLVM threads jumps, for NVPTX it does not."""
    initialize()
    return llvm.Target.from_default_triple().create_target_machine(opt=2)


def short_layout(text: str) -> str:
    """The module with 32-bit addresses in the memories that have them; as it is where inline PTX takes such an address.

    Shared memory lies in a 32-bit window; 64-bit arithmetic on its addresses costs two registers and two instructions.
    """
    if " addrspace(3) " not in text or _SPACED_ASM.search(text) is not None:
        return text
    return text.replace(_LONG_LAYOUT, _SHORT_LAYOUT, 1)


@cache
def libdevice_path() -> Path | None:
    """``libdevice.10.bc`` of the nvidia-nvvm package, else of a CUDA toolkit on this machine, or None."""
    spec = util.find_spec("nvidia")
    roots = [Path(root) for root in spec.submodule_search_locations or ()] if spec is not None else []
    nvcc = shutil.which("nvcc")
    toolkits = [
        os.environ.get("CUDA_HOME", ""),
        str(Path(nvcc).resolve().parents[1]) if nvcc else "",
        "/usr/local/cuda",
    ]
    roots += [Path(toolkit) / "nvvm" / "libdevice" for toolkit in toolkits if toolkit]
    for root in roots:
        found = sorted(root.glob(f"**/{LIBDEVICE}"))
        if found:
            return found[-1]
    return None


@cache
def _libdevice_slice(wanted: frozenset[str]) -> bytes:
    """Bitcode of the wanted libdevice functions and what they call; a hundredth of the whole."""
    path = libdevice_path()
    if path is None:
        names = ", ".join(sorted(wanted))
        raise LLVMError(f"libdevice is needed for {names}; install it with: pip install nvidia-nvvm", "")
    module = llvm.parse_bitcode(path.read_bytes(), llvm.create_context())
    for function in module.functions:
        if not function.is_declaration and function.name not in wanted:
            function.linkage = "internal"
    machine = _target_machine("sm_75", "+ptx70", 0)
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=0))
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(module, builder)
    return bytes(module.as_bitcode())


class LLVMMachine:
    """One target and optimisation level."""

    def __init__(self, target: Target, opt_level: int = 2, ptx_version: tuple[int, int] | None = None) -> None:
        self.target = target
        self.opt_level = opt_level
        self.ptx_version = ptx_version or ptx_for(target)
        self.machine = _target_machine(str(target), feature_string(self.ptx_version), opt_level)

    def parse(self, text: str) -> llvm.ModuleRef:
        """The verified module of ``text``, in a context of its own."""
        try:
            module = llvm.parse_assembly(text, llvm.create_context())
            module.verify()
        except RuntimeError as error:
            raise LLVMError(str(error).strip(), text) from None
        return module

    def link_libdevice(self, module: llvm.ModuleRef, text: str, context: llvm.ContextRef) -> None:
        """Link the ``__nv_*`` functions the module declares; internal, so that what is not inlined can go."""
        if not _NV_SYMBOL.search(text):
            return
        wanted = frozenset(f.name for f in module.functions if f.is_declaration and f.name.startswith("__nv_"))
        library = llvm.parse_bitcode(_libdevice_slice(wanted), context)
        library.triple = TRIPLE
        library.data_layout = module.data_layout
        own = {f.name for f in module.functions if not f.is_declaration}
        module.link_in(library)
        missing = [f.name for f in module.functions if f.is_declaration and f.name.startswith("__nv_")]
        if missing:
            raise LLVMError(f"libdevice has no function {', '.join(missing)}", text)
        for function in module.functions:
            if not function.is_declaration and function.name not in own:
                function.linkage = "internal"

    def optimize(self, module: llvm.ModuleRef, machine: llvm.TargetMachine | None = None) -> None:
        """LLVM's default pipeline for the level, with the target machine's cost model."""
        if self.opt_level == 0:
            return
        options = llvm.create_pipeline_tuning_options(speed_level=self.opt_level)
        builder = llvm.create_pass_builder(machine or self.machine, options)
        first = llvm.create_new_module_pass_manager()
        first.add_always_inliner_pass()  # before simplification hides which memory is a local's
        first.add_global_dead_code_eliminate_pass()
        first.run(module, builder)
        _thread_jumps(module)
        builder.getModulePassManager().run(module, builder)

    def check_immediates(self, optimised: str) -> None:
        """LLVM ends the process when an ``n`` operand is no constant at code generation."""
        for line in optimised.splitlines() if " asm " in optimised else ():
            found = _IMMEDIATE_ASM.search(line)
            if found is None:
                continue
            constraints = [c for c in found.group(2).split(",") if not c.startswith(("=", "~"))]
            for constraint, value in zip(constraints, found.group(3).split(", "), strict=False):
                if constraint == "n" and "%" in value:
                    raise LLVMError(f"an operand of `{found.group(1)}` must be a compile-time constant", optimised)

    def emit_ptx(self, module: llvm.ModuleRef) -> str:
        return str(self.machine.emit_assembly(module))

    def compile(self, text: str) -> tuple[str, str]:
        """(PTX, optimised LLVM IR) of a module's text."""
        context = llvm.create_context()
        try:
            module = llvm.parse_assembly(text, context)
            module.verify()
        except RuntimeError as error:
            raise LLVMError(str(error).strip(), text) from None
        self.link_libdevice(module, text, context)
        self.optimize(module)
        optimised = str(module)
        machine = self.machine
        tuned = plain_private_atomics(optimised)
        if self.opt_level:
            tuned = short_layout(narrow_induction(keep_shared_addresses(tuned)))
        if tuned is not optimised:
            machine = self._machine_for(tuned)
            module = self.parse(tuned)
            self.optimize(module, machine)
            optimised = str(module)
        self.check_immediates(optimised)
        final = trap_in_place(join_checks(optimised)) if self.opt_level else optimised
        final = outermost_locations(integer_float_bits(final))
        return str(machine.emit_assembly(module if final is optimised else self.parse(final))), optimised

    def _machine_for(self, text: str) -> llvm.TargetMachine:
        """The target machine whose data layout is the text's."""
        if _SHORT_LAYOUT not in text:
            return self.machine
        return _target_machine(str(self.target), feature_string(self.ptx_version), self.opt_level, True)


def _thread_jumps(module: llvm.ModuleRef) -> None:
    """Have tests of what was decided on the way in go where they lead.

    `Iterator::next` makes an `Option` on two ways that meet before the loop tests it. As long as they do, LLVM sees
    neither how often the loop turns nor that the iterator need not be in memory. A block with a convergent operation is
    never threaded through (LLVM's pass asks each call), so barriers stay single.
    """
    builder = llvm.create_pass_builder(_undiverging_machine(), llvm.create_pipeline_tuning_options(speed_level=2))
    for _ in range(2):  # what is split into registers by the first shows new constants to the second
        passes = llvm.create_new_module_pass_manager()
        passes.add_sroa_pass()
        passes.add_instruction_combine_pass()
        passes.add_jump_threading_pass()
        passes.add_simplify_cfg_pass()
        passes.add_instruction_combine_pass()
        passes.run(module, builder)


def llvm_version() -> tuple[int, int, int]:
    major, minor, patch = llvm.llvm_version_info
    return int(major), int(minor), int(patch)


def reparse(text: str) -> str:
    """The module LLVM understood, as text; "" when it does not parse."""
    initialize()
    try:
        return str(llvm.parse_assembly(text, llvm.create_context()))
    except RuntimeError:
        return ""


def try_compile(text: str, target: str, ptx_version: tuple[int, int]) -> str | None:
    """PTX of a module at -O0, or None if LLVM rejects it. Only for text known not to abort LLVM."""
    machine = LLVMMachine(Target.parse(target), 0, ptx_version)
    try:
        return machine.emit_ptx(machine.parse(text))
    except LLVMError:
        return None
