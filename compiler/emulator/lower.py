"""Rewrites one kernel's device IR, already inlined and named, into host IR the JIT can compile.

What it is: two text passes around LLVM's inliner. :func:`prepare` (before): marks trap sites, forces inlining, hides
other kernels. :func:`lower_kernel` (after): replaces device operations, address spaces, ``asm`` and libdevice, adds
access checks and loop polls, and makes the kernel a coroutine when a thread may wait in it. What it assumes: text
LLVM printed, values named. What it guarantees: nothing unknown passes silently. IR before and after::

    %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()      %oxide.1 = call i32 @"oxide.sreg_tid_x"()
    %v = load float, ptr addrspace(1) %p, align 4       call void @"oxide.check_access"(ptr %p, i64 4, ...)
                                                        %v = load float, ptr %p, align 4
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from compiler.base.dataclass import dataclass, field
from compiler.emulator import clocks
from compiler.emulator.coroutine import loop_blocks, make_coroutine, make_plain
from compiler.emulator.emit import SUSPEND, SUSPEND_IF, YIELD, Emitter, UnsupportedDevice, link_natives
from compiler.emulator.intrinsics import check, lower_intrinsic
from compiler.emulator.ir_text import (
    Block,
    Call,
    Function,
    Module,
    debug_reference,
    matching,
    parse_call,
    parse_module,
    split_operands,
    split_type,
    strip_attachments,
)
from compiler.emulator.libm import lower_libdevice
from compiler.emulator.ptx_memory import lower_asm
from compiler.emulator.shared import SharedLayout, rename_shared
from compiler.emulator.sites import DebugInfo, SiteTable
from compiler.emulator.state import TRAP_ASSERT, TRAP_EXPLICIT

RED_ZONE_BYTES = 32
_C_FUNCTIONS = frozenset(("@malloc", "@free", "@memcpy", "@memset", "@memmove", "@memcmp"))
_SPIN = re.compile(r"= (?:load (?:atomic|volatile)|cmpxchg|atomicrmw (?:volatile )?xchg)")
_INTERNAL = re.compile(r"define (?:dso_local )?(?:internal|private)\b")
_LINKAGE = re.compile(r"^define (?:(?:linkonce_odr|weak_odr|linkonce|weak|external|hidden|protected|dso_local) )*")
_AFTER_ATTRIBUTES = re.compile(r" (?:#\d+|section |comdat|align \d|personality |![a-zA-Z]|\{)")
_TRAP_CALL = re.compile(r"call void @llvm\.(?:trap|ubsantrap)\([^)]*\)")


def prepare(text: str, kernel: str, sites: SiteTable, checked: bool = False) -> str:
    """Text for the inliner: host-neutral, every non-recursive device function forced inline, traps numbered.

    ``checked`` marks functions ``sanitize_thread``: LLVM then invents no access that the source does not make.
    """
    metadata = [line.split(" = ", 1) for line in text.splitlines() if line.startswith("!") and " = " in line]
    debug = DebugInfo({line[0]: line[1] for line in metadata})
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("attributes "):
            line = re.sub(r"\b(?:noinline|optnone|minsize|optsize)\b ?", "", line)
            line = re.sub(r'"[\w.-]+"="[^"]*" ?', "", line)
        elif line.startswith("define "):
            line = _prepare_head(line, kernel)
            if checked:
                line = _with_attribute(line, "sanitize_thread")
        elif "call void @llvm." in line and _TRAP_CALL.search(line):
            site = sites.add(debug.frames(debug_reference(line)))
            line = _TRAP_CALL.sub(f"call void @oxide.trap(i32 {TRAP_EXPLICIT}, i32 {site})", line)
        elif line.startswith(("@llvm.used", "@llvm.compiler.used", "!nvvm.annotations", "!nvvmir.version")):
            continue
        lines.append(line)
    lines.append("declare void @oxide.trap(i32, i32) noreturn cold nomerge")
    return "\n".join(lines)


def _prepare_head(line: str, kernel: str) -> str:
    """Device functions become internal and always inlined; other kernels become device functions."""
    if f" @{kernel}(" in line or f' @"{kernel}"(' in line:
        return line
    line = line.replace("ptx_kernel ", "")
    if not _INTERNAL.match(line):
        line = _LINKAGE.sub("define internal ", line)
    return _with_attribute(line, "alwaysinline")


def _with_attribute(line: str, attribute: str) -> str:
    end = matching(line, line.index("(", line.index(" @")))
    tail = _AFTER_ATTRIBUTES.search(line, end)
    at = tail.start() if tail is not None else line.rindex(" {")
    return f"{line[:at]} {attribute}{line[at:]}"


@dataclass(slots=True)
class LoweredKernel:
    """Host IR of one kernel and what its launch needs to know."""

    text: str
    coroutine: bool
    shared_bytes: int
    dynamic_offset: int
    n_caches: int
    globals: dict[str, bool] = field(default_factory=dict)  # symbol without @ -> writable
    shared_symbols: dict[str, tuple[int, int]] = field(default_factory=dict)  # name -> (offset, size)
    red_zone_bytes: int = 0


def lower_kernel(
    text: str, kernel: str, sizes: Mapping[str, tuple[int, int]], sites: SiteTable, checked: bool = False
) -> LoweredKernel:
    """Lower the inlined module; ``sizes``: global (with @) -> (bytes, alignment)."""
    module = parse_module(text)
    name = f"@{kernel}" if f"@{kernel}" in module.functions else f'@"{kernel}"'
    if name not in module.functions:
        raise UnsupportedDevice(f"no kernel named {kernel} in this module")
    layout = SharedLayout.of(module, sizes, RED_ZONE_BYTES if checked else 0)
    lowering = _ModuleLowering(module, layout, sites, name)
    lowering.emitter.checked = checked
    functions = [lowering.function(function) for function in module.functions.values()]
    return lowering.finish(functions)


class _ModuleLowering:
    def __init__(self, module: Module, layout: SharedLayout, sites: SiteTable, kernel: str) -> None:
        self.module, self.layout, self.sites, self.kernel = module, layout, sites, kernel
        self.debug = DebugInfo(module.metadata)
        self.emitter = Emitter(sites)
        self.coroutine = False

    # -- functions -----------------------------------------------------------------------------------------------

    def function(self, function: Function) -> str:
        is_kernel = function.name == self.kernel
        looping, headers = loop_blocks(function)
        pointers = _stack_pointers(function)
        for block in function.blocks:
            self._block(function, block, pointers, looping, headers, is_kernel)
        suspending = any(line.startswith(SUSPEND) for block in function.blocks for line in block.instructions)
        if not is_kernel:
            if suspending:
                raise UnsupportedDevice(
                    f"a recursive function that waits for other threads ({function.name[1:]})", self.emitter.site
                )
            return self._plain_function(function)
        self.coroutine = suspending
        if suspending:
            self.emitter.used.update(("frame_memory", "finish_thread", "should_yield"))
            return make_coroutine(function, self._erase)
        return make_plain(function, self._erase)

    def _plain_function(self, function: Function) -> str:
        body = "\n".join(f"{b.label}:\n" + "\n".join("  " + line for line in b.instructions) for b in function.blocks)
        return f"{self._erase(strip_attachments(function.head))} nounwind {{\n{body}\n}}"

    def _block(
        self, function: Function, block: Block, stack: set[str], looping: set[str], headers: set[str], is_kernel: bool
    ) -> None:
        """Lower one block in place."""
        e = self.emitter
        e.lines = []
        instructions = block.instructions
        first = next((i for i, line in enumerate(instructions) if " = phi " not in line), len(instructions))
        for line in instructions[:first]:
            e.line(self._erase(strip_attachments(line)))
        if block.label in headers:
            e.site = self._block_site(block)
            e.native("poll", e.site)
        if not is_kernel and block is function.blocks[0]:
            e.site = self._block_site(block)
            e.native("check_stack", e.site)
        for line in instructions[first:]:
            self._instruction(line, stack)
        keep_yields = is_kernel and (block.label in looping or e.checked)
        block.instructions = [line for line in (self._settle(text, keep_yields) for text in e.lines) if line]

    def _settle(self, line: str, keep_yields: bool) -> str:
        """A yield outside a loop, or in a function that stays a call, is nothing."""
        return "" if line == YIELD and not keep_yields else line.replace(YIELD, SUSPEND_IF)

    def _block_site(self, block: Block) -> int:
        for line in block.instructions:
            site = self.sites.add(self.debug.frames(debug_reference(line)))
            if site:
                return site
        return 0

    # -- instructions --------------------------------------------------------------------------------------------

    def _instruction(self, line: str, stack: set[str]) -> None:
        e = self.emitter
        e.site = self.sites.add(self.debug.frames(debug_reference(line)))
        line = strip_attachments(line)
        if "call " in line:
            call = parse_call(line)
            if call is not None and self._call(call, line):
                return
        elif "ptrtoint " in line or "inttoptr " in line:
            if self._shared_address(line):
                return
        elif line.startswith("store ") or " load " in line or "atomicrmw " in line or "cmpxchg " in line:
            self._access(line, stack)
        elif e.checked and line.startswith("fence "):
            e.native("order_fence", int(is_narrow(line)))
        e.line(self._erase(line))
        if e.checked and "cmpxchg " in line:
            self._exchange_order(line)
        if _SPIN.search(line) or (e.checked and _STRONG.search(line)):
            e.yield_in_loop()

    def _call(self, call: Call, line: str) -> bool:
        """Replace a call; False to keep it."""
        e = self.emitter
        if call.callee == "asm":
            call.args = [(self._erase(ty), self._erase(value)) for ty, value in call.args]
            lower_asm(e, call)
            return True
        if call.callee.startswith(("@llvm.nvvm.", "@__nv_")):
            call.args = [(self._erase(ty), self._erase(value)) for ty, value in call.args]
            call.type = self._erase(call.type)
            return lower_intrinsic(e, call) or lower_libdevice(e, call)
        if call.callee == "@oxide.trap":
            e.native("trap", *self._trap_arguments(call))
            return True
        if call.callee in ("@llvm.trap", "@llvm.ubsantrap"):
            e.native("trap", TRAP_EXPLICIT, e.site)
            return True
        if call.callee == "@__assertfail":
            self._assert(call)
            return True
        if call.callee == "@vprintf":
            e.line(self._erase(line).replace("@vprintf(", "@oxide.vprintf("))
            return True
        if call.callee.startswith("@llvm.mem"):
            self._check_block(call)
            return False
        return call.callee.startswith(("@llvm.dbg.", "@llvm.debugtrap", "@llvm.experimental.noalias", "@llvm.lifetime"))

    def _trap_arguments(self, call: Call) -> list[tuple[str, str]]:
        """Prefer the site with the chain of inlined calls over the one known before inlining."""
        kind, site = call.args
        if site[1].isdigit() and self.emitter.site:
            before, now = self.sites.frames[int(site[1])], self.sites.frames[self.emitter.site]
            if now[: len(before)] == before:
                return [kind, ("i32", str(self.emitter.site))]
        return [kind, site]

    def _assert(self, call: Call) -> None:
        """``__assertfail(message, file, line, function, char_size)``: remember, then trap."""
        e = self.emitter
        operands = [(self._erase(ty), self._erase(value)) for ty, value in call.args]
        e.native("fail_assertion", operands[0], operands[1], operands[2])
        e.native("trap", TRAP_ASSERT, e.site)

    def _check_block(self, call: Call) -> None:
        """memcpy, memmove and memset: check both ranges."""
        e = self.emitter
        size = e.resize((call.args[2][0], self._erase(call.args[2][1])), "i64")
        target, source = self._erase(call.args[0][1]), self._erase(call.args[1][1])
        if call.args[1][0].startswith("ptr"):
            check(e, source, size, 1, write=False, kind=clocks.KIND_COPY)
        check(e, target, size, 1, write=True)
        if e.checked and call.args[1][0].startswith("ptr"):
            e.native("shadow_copied", ("ptr", target), ("ptr", source), ("i64", size))

    def _access(self, line: str, stack: set[str]) -> None:
        """Check a load, store or atomic unless its address is a local or a constant."""
        parsed = parse_access(line)
        if parsed is None:
            return
        ty, pointer, align, write = parsed
        e = self.emitter
        if pointer in stack or not (pointer.startswith("%") or e.checked):
            return
        ty = self._erase(ty)
        size = f"ptrtoint (ptr getelementptr ({ty}, ptr null, i32 1) to i64)"
        if not e.checked:
            check(e, pointer, size, align, write=write)
            return
        kind, pointer = access_kind(line), self._erase(pointer)
        check(e, pointer, size, align, write=write, kind=kind)
        if kind & clocks.KIND_UPDATE:
            e.native("shadow_update_init", ("ptr", pointer), ("i64", size), e.site)
        if kind & clocks.KIND_ATOMIC and "cmpxchg " not in line:
            e.native("order_atomic", ("ptr", pointer), kind)

    def _exchange_order(self, line: str) -> None:
        """After a compare-exchange: ordered as a store only when it succeeded."""
        parsed = parse_access(line)
        result = line.split(" = ", 1)[0]
        if parsed is None or not line.startswith("%"):
            return
        e, (ty, pointer, _, _) = self.emitter, parsed
        happened = e.value(f"extractvalue {{ {self._erase(ty)}, i1 }} {result}, 1")
        kind = access_kind(line)
        success, failure = _ORDERS.findall(line)[-2:]
        failed = (kind & (clocks.KIND_NARROW | clocks.KIND_ATOMIC)) | _ORDER_KINDS.get(failure, 0)
        kind = (kind & ~(clocks.KIND_ACQUIRE | clocks.KIND_RELEASE)) | _ORDER_KINDS.get(success, 0)
        e.native("order_exchange", ("ptr", self._erase(pointer)), ("i1", happened), kind, failed)

    def _shared_address(self, line: str) -> bool:
        """Casts between integers and shared pointers: integers are offsets into the shared window."""
        e = self.emitter
        match = re.match(r"(%\S+) = ptrtoint ptr addrspace\(3\) (.+) to (i\d+)$", line)
        if match is not None:
            offset = e.native("shared_offset", ("ptr", self._erase(match[2])))
            e.bind(match[1], match[3], e.resize(("i64", offset), match[3]))
            return True
        match = re.match(r"(%\S+) = inttoptr (i\d+) (.+) to ptr addrspace\(3\)$", line)
        if match is None:
            return False
        e.bind(match[1], "ptr", e.native("shared_pointer", (match[2], self._erase(match[3]))))
        return True

    def _erase(self, text: str) -> str:
        """Address spaces away, shared symbols to the window."""
        return erase_address_spaces(rename_shared(text, self.layout))

    # -- module --------------------------------------------------------------------------------------------------

    def finish(self, functions: list[str]) -> LoweredKernel:
        e, layout = self.emitter, self.layout
        lines = [self._erase(line) for line in self.module.types]
        writable: dict[str, bool] = {}
        table: list[str] = []
        for name, line in self.module.globals.items():
            if name in layout.offsets or name.startswith("@llvm."):
                continue
            lines.append(self._global(line))
            writable[name[1:].strip('"')] = " constant " not in line and "addrspace(4)" not in line
            table.append(f"ptr {name}")
        defined = {function.name for function in self.module.functions.values()}
        for name, line in self.module.declares.items():
            if name.startswith(("@llvm.", "@__nv_", "@oxide.", "@__assertfail", "@vprintf")) or name in defined:
                continue
            if name not in _C_FUNCTIONS:
                raise UnsupportedDevice(f"the external function {name[1:]}, whose code is not part of this module")
            lines.append(self._erase(strip_attachments(line)))
        lines.append(f"@oxide.caches = global [{16 * max(1, e.n_caches)} x i8] zeroinitializer, align 16")
        lines.append(f"@oxide.globals = constant [{max(1, len(table))} x ptr] [{', '.join(table) or 'ptr null'}]")
        lines.append('@"oxide.machine" = external global i8\n@oxide.shared = external global i8')
        lines.append("declare i32 @oxide.vprintf(ptr, ptr)")
        lines.extend(link_natives(e.used))
        lines.extend(e.libm.values())
        lines.extend(functions)
        return LoweredKernel(
            "\n".join(lines),
            self.coroutine,
            layout.static_bytes,
            layout.dynamic_offset,
            e.n_caches,
            writable,
            dict(layout.offsets),
            layout.red_zone_bytes,
        )

    def _global(self, line: str) -> str:
        """Globals of the device: visible to the host when they may be written."""
        line = strip_attachments(line)
        if "addrspace(" in line:
            line = re.sub(r" = (?:internal|private|external|dso_local|linkonce_odr|weak_odr|hidden) ", " = ", line)
            line = re.sub(r"\bexternally_initialized\b ?", "", line)
        line = re.sub(r", (?:section|comdat) ?(?:\"[^\"]*\")?", "", line)
        return self._erase(line).replace(" undef,", " zeroinitializer,").replace(" poison,", " zeroinitializer,")


def parse_access(line: str) -> tuple[str, str, int, bool] | None:
    """(type, pointer, alignment, writes) of a load, store, atomicrmw or cmpxchg."""
    match = re.match(
        r"(?:%\S+ = |%\"[^\"]*\" = )?(load|store|atomicrmw|cmpxchg) (?:weak )?(?:atomic )?(?:volatile )?(.*)$", line
    )
    if match is None:
        return None
    opcode, parts = match[1], split_operands(match[2])
    aligned = next((int(part[6:]) for part in parts if part.startswith("align ")), 1)
    if opcode == "load":
        return parts[0], _pointer(parts[1]), aligned, False
    if opcode == "store":
        return split_type(parts[0])[0], _pointer(parts[1]), aligned, True
    first = parts[0] if opcode == "cmpxchg" else parts[0].split(" ", 1)[1]
    return split_type(parts[1])[0], split_type(first)[1], aligned, True


def _pointer(operand: str) -> str:
    """The address of a pointer operand, without what follows it in an atomic."""
    return _AFTER_POINTER.sub("", split_type(operand)[1])


_ORDER_WORDS = "unordered|monotonic|acquire|release|acq_rel|seq_cst"
_AFTER_POINTER = re.compile(rf'(?: syncscope\("[^"]*"\))?(?: (?:{_ORDER_WORDS}))+$')
_ORDERS = re.compile(rf" ({_ORDER_WORDS})\b")
_STRONG = re.compile(r"(?:atomicrmw|store (?:atomic|volatile)) ")
_ORDER_KINDS = {
    "acquire": clocks.KIND_ACQUIRE,
    "release": clocks.KIND_RELEASE,
    "acq_rel": clocks.KIND_ACQUIRE | clocks.KIND_RELEASE,
    "seq_cst": clocks.KIND_ACQUIRE | clocks.KIND_RELEASE,
}


def is_narrow(line: str) -> bool:
    """Whether an atomic or a fence is of block scope."""
    return 'syncscope("block")' in line or 'syncscope("singlethread")' in line


def access_kind(line: str) -> int:
    """How the shadow memory sees an access; a volatile one counts as relaxed at system scope, as in PTX."""
    head = line.split(" = ", 1)[-1]
    kind = clocks.KIND_WRITE if not head.startswith("load ") else 0
    if head.startswith(("atomicrmw ", "cmpxchg ")):
        kind |= clocks.KIND_ATOMIC | clocks.KIND_UPDATE
    elif re.match(r"(?:load|store) (?:atomic|volatile)", head):
        kind |= clocks.KIND_ATOMIC
    if not kind & clocks.KIND_ATOMIC:
        return kind
    orders = _ORDERS.findall(head)
    kind |= _ORDER_KINDS.get(orders[0], 0) if orders else 0
    return kind | (clocks.KIND_NARROW if is_narrow(line) else 0)


def erase_address_spaces(text: str) -> str:
    """``addrspace(N)`` away; casts between spaces become bit casts; mangled intrinsic names follow."""
    if "addrspace" in text:
        text = re.sub(r" ?addrspace\(\d+\)(?=[ ,)\]}>*]|$)", "", text)
        text = text.replace("addrspacecast", "bitcast")
    if "@llvm." in text:
        text = re.sub(r"(@llvm\.[\w.]+)", lambda m: re.sub(r"\.p[1-9]\d*\b", ".p0", m[1]), text)
    return text.replace("ptx_kernel ", "").replace("ptx_device ", "")


def _stack_pointers(function: Function) -> set[str]:
    """Locals and addresses computed from them by ``getelementptr``: their own memory, not checked."""
    found: set[str] = set()
    for block in function.blocks:
        for line in block.instructions:
            name, _, rest = line.partition(" = ")
            if rest.startswith("alloca "):
                found.add(name)
            elif rest.startswith("getelementptr "):
                operands = split_operands(rest)
                if len(operands) > 1 and operands[1].removeprefix("ptr ") in found:
                    found.add(name)
    return found
