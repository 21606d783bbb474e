"""The emitter that lowerings of device operations write host LLVM IR through.

What it is: a list of instruction lines of one function plus names, calls of native functions and suspend marks. What
it assumes: native functions come from :func:`machine_program`. What it guarantees: operands of native calls are
converted to the parameter types by width; what is used is recorded, so only that is linked. Example::

    e.native("sreg_tid_x")            # emits  %oxide.1 = call i32 @"oxide.sreg_tid_x"(), returns %oxide.1
    e.suspend()                       # the thread stops here until the scheduler resumes it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from types import ModuleType

from compiler.emulator import (
    bits,
    block,
    clocks,
    cluster,
    heap,
    memory,
    ordering,
    registers,
    schedule,
    shadow,
    state,
    warp,
)
from compiler.emulator.native import Program, declaration, program_of
from compiler.emulator.native_text import FunctionText, function_text
from compiler.emulator.sites import SiteTable

SUSPEND = "!suspend"
YIELD = "!yield"
SUSPEND_IF = "!suspend-if "


class UnsupportedDevice(Exception):
    """``unsupported: ...``: the emulator cannot run this operation. ``site`` numbers the place."""

    def __init__(self, what: str, site: int = 0) -> None:
        super().__init__(f"unsupported on the emulator: {what}")
        self.what, self.site = what, site


_INLINE_MODULES = (registers, bits)
_INLINE_NAMES = frozenset(
    [
        "check_access",
        "poll",
        "check_stack",
        "shared_pointer",
        "shared_offset",
        "is_shared",
        "result_u32",
        "result_u64",
        "result_bit",
        "result_predicate",
        "wait_warp",
        "wait_shuffle",
        "wait_active_mask",
        "finish_thread",
        "yield_thread",
        "should_yield",
        "fail_assertion",
        "mbarrier_test",
        "mbarrier_test_parity",
    ]
)
# Stubs of the subset that stand for hand-written IR.
SNIPPETS = {
    "load_stop": "define internal i32 @oxide.load.stop() alwaysinline {{\n"
    '  %1 = load volatile i32, ptr getelementptr (i8, ptr @"oxide.machine", i64 {stop})\n  ret i32 %1\n}}',
    "stack_address": "define internal i64 @oxide.stack.address() alwaysinline {{\n"
    "  %1 = call ptr @llvm.frameaddress.p0(i32 0)\n  %2 = ptrtoint ptr %1 to i64\n  ret i64 %2\n}}",
}


@cache
def inline_names() -> frozenset[str]:
    """Native functions whose text goes into the kernel's own module."""
    own = {name for module in _INLINE_MODULES for name in program_of_module(module)}
    return frozenset(own | _INLINE_NAMES)


def program_of_module(module: ModuleType) -> list[str]:
    return [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]


@cache
def native_text(name: str, attributes: str = "internal") -> FunctionText:
    """Definition of one native function."""
    return function_text(machine_program(), name, attributes)


def snippet(name: str) -> str:
    return SNIPPETS[name].format(stop=machine_program().structs["Machine"].fields["stop"][1])


def link_natives(used: Iterable[str]) -> list[str]:
    """Definitions (inlined natives) and declarations (the runtime's) of everything reachable from ``used``."""
    texts: list[str] = []
    work, seen = list(used), set(used)
    while work:
        name = work.pop()
        signature = machine_program().functions[name]
        if name in SNIPPETS:
            texts.append(snippet(name))
        elif name in inline_names():
            function = native_text(name)
            texts.append(function.text.replace(" nounwind {", " nounwind alwaysinline {", 1))
            new = function.calls - seen
            seen |= new
            work.extend(sorted(new))
        elif name == "trap":
            texts.append("declare void @oxide.trap(i32, i32) noreturn cold")
        else:
            texts.append(declaration(signature))
    return texts


@cache
def machine_program() -> Program:
    """Every native function of the emulator."""
    modules = [state, heap, cluster, clocks, shadow, ordering, warp, block, schedule, memory, registers, bits]
    return program_of(modules, state.GLOBALS)


class Emitter:
    """Writes the replacement of device instructions, one function at a time."""

    def __init__(self, sites: SiteTable) -> None:
        self.lines: list[str] = []
        self.used: set[str] = set()
        self.sites = sites
        self.site = 0
        self.n_caches = 0
        self.checked = False  # every access also goes through the shadow memory
        self.libm: dict[str, str] = {}
        self._counter = 0

    def line(self, text: str) -> None:
        self.lines.append(text)

    def fresh(self) -> str:
        self._counter += 1
        return f"%oxide.{self._counter}"

    def value(self, instruction: str) -> str:
        """Emit ``name = instruction`` and return the name."""
        name = self.fresh()
        self.line(f"{name} = {instruction}")
        return name

    def bind(self, result: str, ty: str, value: str) -> None:
        """Give ``value`` the name the rest of the function knows it by."""
        if result and ty != "void":
            self.line(f"{result} = select i1 true, {ty} {value}, {ty} {value}")

    def native(self, name: str, *operands: tuple[str, str] | int) -> str:
        """Call a native function; operands are (type, value) pairs or integer constants."""
        signature = machine_program().functions[name]
        self.used.add(name)
        texts = []
        for operand, (_, ty) in zip(operands, signature.params, strict=True):
            given = (ty.llvm, str(operand)) if isinstance(operand, int) else operand
            texts.append(f"{ty.llvm} {self.resize(given, ty.llvm)}")
        call = f'call {signature.result.llvm} @"{signature.symbol}"({", ".join(texts)})'
        if signature.result.llvm == "void":
            self.line(call)
            return ""
        return self.value(call)

    def resize(self, operand: tuple[str, str], ty: str) -> str:
        """Operand as ``ty``: integers by zero extension or truncation, floats and vectors by their bits."""
        source, value = operand
        source = source.split(" addrspace", 1)[0]
        if source == ty:
            return value
        if source == "ptr" and ty.startswith("i"):
            return self.resize(("i64", self.value(f"ptrtoint ptr {value} to i64")), ty)
        if ty == "ptr":
            return self.value(f"inttoptr i64 {self.resize(operand, 'i64')} to ptr")
        source_bits, target_bits = bit_width(source), bit_width(ty)
        if not source.startswith("i"):
            value = self.value(f"bitcast {source} {value} to i{source_bits}")
        if source_bits != target_bits:
            opcode = "trunc" if source_bits > target_bits else "zext"
            value = self.value(f"{opcode} i{source_bits} {value} to i{target_bits}")
        return value if ty.startswith("i") else self.value(f"bitcast i{target_bits} {value} to {ty}")

    def suspend(self) -> None:
        self.line(SUSPEND)

    def yield_in_loop(self) -> None:
        """After a load a loop may spin on."""
        self.line(YIELD)

    def aggregate(self, ty: str, parts: Sequence[tuple[str, str]]) -> str:
        """A literal struct of ``parts`` (type, value)."""
        value = "poison"
        for i, (part_type, part) in enumerate(parts):
            value = self.value(f"insertvalue {ty} {value}, {part_type} {part}, {i}")
        return value

    def unsupported(self, what: str) -> UnsupportedDevice:
        return UnsupportedDevice(what, self.site)


_WIDTHS = {"half": 16, "bfloat": 16, "float": 32, "double": 64, "ptr": 64, "i1": 1}


def bit_width(ty: str) -> int:
    """Bits of a scalar or vector type."""
    ty = ty.strip()
    if ty in _WIDTHS:
        return _WIDTHS[ty]
    if ty.startswith("i") and ty[1:].isdigit():
        return int(ty[1:])
    if ty.startswith("<"):
        count, element = ty[1:-1].split(" x ", 1)
        return int(count) * bit_width(element)
    raise ValueError(f"no bit width: {ty}")
