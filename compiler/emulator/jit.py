"""The emulator's only use of llvmlite: runs passes, compiles for the host, links with the native runtime.

What it is: one LLJIT per process with the scheduler in it; one dynamic library per kernel. What it assumes: kernel IR
is the text the compiler emits for ``nvptx64`` (typed pointers gone, LLVM 22). What it guarantees: IR that LLVM cannot
parse raises :class:`EmulatorError` with LLVM's message; compiled kernels are cached by content. Example::

    kernel = compile_kernel(artifact.llvm_ir, "saxpy")
    kernel.symbol("oxide.entry")        # host address
"""

from __future__ import annotations

import base64
import ctypes
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cache

import llvmlite.binding as llvm

from compiler.base.dataclass import dataclass, field
from compiler.codegen import llvm_machine
from compiler.codegen.cache import DiskCache, content_key, default_folder
from compiler.emulator.cluster import SHARED_WINDOW_BYTES
from compiler.emulator.emit import SNIPPETS, machine_program, native_text, snippet
from compiler.emulator.lower import LoweredKernel, lower_kernel, prepare
from compiler.emulator.native import declaration
from compiler.emulator.printf import install_printer
from compiler.emulator.sites import SiteTable

_NVPTX_LAYOUT = "e-i64:64-i128:128-v16:16-v32:32-n16:32:64"
_CACHE_SIZE = 64


class EmulatorError(Exception):
    """The emulator could not compile or start a kernel."""


@dataclass(slots=True)
class CompiledKernel:
    """A kernel in host memory."""

    name: str
    lowered: LoweredKernel
    sites: SiteTable
    addresses: dict[str, int]
    sizes: dict[str, int] = field(default_factory=dict)  # global symbol -> bytes
    tracker: object | None = None

    def symbol(self, name: str) -> int:
        """Host address of a symbol."""
        return self.addresses[name]


class _Host:
    """The process's JIT: target machine, LLJIT, runtime library."""

    def __init__(self) -> None:
        llvm_machine.initialize()
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        self.triple = llvm.get_process_triple()
        target = llvm.Target.from_triple(self.triple)
        features = llvm.get_host_cpu_features().flatten()
        self.machine = target.create_target_machine(
            cpu=llvm.get_host_cpu_name(), features=features, opt=2, reloc="pic", codemodel="small"
        )
        self.layout = str(self.machine.target_data)
        self.lljit = llvm.create_lljit_compiler(self.machine)
        self.counter = 0
        names = [f.symbol for f in machine_program().functions.values() if f.body is not None]
        exported = [
            *names,
            "oxide.machine",
            "oxide.shared",
            "oxide.run",
            "oxide.trap",
            "oxide.set.printer",
            "oxide.vprintf",
        ]
        self.runtime = self.link(self._runtime_object(features), "oxide.runtime", exported)

    def _runtime_object(self, features: str) -> bytes:
        """Machine code of the runtime; kept on disk, since it changes only with this package and the machine."""
        text = runtime_text()
        key = content_key(
            "emulator runtime", text, self.triple, llvm.get_host_cpu_name(), features, llvm.llvm_version_info
        )
        cache = DiskCache(default_folder())
        found = cache.get(key)
        if found is None:
            found = {"object": base64.b64encode(self.machine.emit_object(self.optimised(text))).decode()}
            cache.put(key, found)
        return base64.b64decode(found["object"])

    def parse(self, text: str) -> llvm.ModuleRef:
        try:
            module = llvm.parse_assembly(text)
            module.verify()
        except RuntimeError as error:
            raise EmulatorError(f"LLVM rejects this IR: {error}") from None
        return module

    def optimised(self, text: str, speed_level: int = 2) -> llvm.ModuleRef:
        """Parse host IR and run the standard pipeline (coroutine passes are part of it)."""
        module = self.parse(text)
        module.triple, module.data_layout = self.triple, self.layout
        options = llvm.create_pipeline_tuning_options(speed_level)
        options.loop_vectorization = options.slp_vectorization = False
        options.loop_unrolling = False
        builder = llvm.create_pass_builder(self.machine, options)
        builder.getModulePassManager().run(module, builder)
        return module

    def inlined(self, text: str, checked: bool) -> llvm.ModuleRef:
        """Device IR with calls inlined, locals promoted and every value named.

        ``checked``: accesses stay where the source has them (instcombine would sink a load into the branch that uses
        it, and a race on it would go unseen).
        """
        module = self.parse(text)
        builder = llvm.create_pass_builder(self.machine, llvm.create_pipeline_tuning_options(1))
        passes = llvm.create_new_module_pass_manager()
        passes.add_always_inliner_pass()
        passes.add_global_dead_code_eliminate_pass()
        passes.add_sroa_pass()
        if not checked:
            passes.add_instruction_combine_pass()
        passes.add_simplify_cfg_pass()
        passes.add_instruction_namer_pass()
        passes.run(module, builder)
        return module

    def link(self, code: bytes, name: str, exported: list[str]) -> object:
        """Load an object file into the process."""
        library = llvm.JITLibraryBuilder()
        library.add_object_img(code)
        library.add_current_process()
        if name != "oxide.runtime":
            for symbol, address in self.imports.items():
                library.import_symbol(symbol, address)
        for symbol in exported:
            library.export_symbol(symbol)
        tracker = library.link(self.lljit, name)
        if name == "oxide.runtime":
            self.imports: dict[str, int] = {symbol: tracker[symbol] for symbol in exported}
        return tracker


LOCK = threading.RLock()


@cache
def host() -> _Host:
    """The JIT, created on first use."""
    made = _Host()
    install_printer(made.imports["oxide.set.printer"])
    return made


def runtime_text() -> str:
    """Host IR of the scheduler and of everything written by hand."""
    program = machine_program()
    fields = program.structs["Machine"].fields

    def field_address(name: str) -> str:
        return f'getelementptr (i8, ptr @"oxide.machine", i64 {fields[name][1]})'

    texts = [
        f'@"oxide.machine" = global [{program.structs["Machine"].size} x i8] zeroinitializer, align 64',
        f"@oxide.shared = global [{SHARED_WINDOW_BYTES} x i8] zeroinitializer, align 4096",
        "@oxide.jump = internal global [512 x i8] zeroinitializer, align 64",
        "@oxide.printer = internal global ptr null",
        "declare i32 @_setjmp(ptr) returns_twice\ndeclare void @longjmp(ptr, i32) noreturn",
        f"""define void @oxide.trap(i32 %kind, i32 %site) noreturn cold {{
  store i32 %kind, ptr {field_address("trap_kind")}
  store i32 %site, ptr {field_address("trap_site")}
  call void @longjmp(ptr @oxide.jump, i32 1)
  unreachable
}}
define i32 @oxide.run() {{
  %again = call i32 @_setjmp(ptr @oxide.jump) returns_twice
  %first = icmp eq i32 %again, 0
  br i1 %first, label %run, label %end
run:
  call void @"oxide.run_launch"()
  br label %end
end:
  ret i32 %again
}}
define void @oxide.call.plain(ptr %entry, ptr %args) {{
  call void %entry(ptr %args)
  ret void
}}
define ptr @oxide.call.start(ptr %entry, ptr %args) {{
  %handle = call ptr %entry(ptr %args)
  ret ptr %handle
}}
define void @oxide.call.resume(ptr %handle) {{
  %resume = load ptr, ptr %handle
  call fastcc void %resume(ptr %handle)
  ret void
}}
define void @oxide.set.printer(ptr %printer) {{
  store ptr %printer, ptr @oxide.printer
  ret void
}}
define i32 @oxide.vprintf(ptr %format, ptr %arguments) {{
  %printer = load ptr, ptr @oxide.printer
  %result = call i32 %printer(ptr %format, ptr %arguments)
  ret i32 %result
}}""",
        *(snippet(name) for name in SNIPPETS),
    ]
    hand_written = {"oxide.trap", "oxide.call.plain", "oxide.call.start", "oxide.call.resume"}
    for name, signature in program.functions.items():
        if signature.body is not None:
            texts.append(native_text(name, "dso_local").text)
        elif name not in SNIPPETS and signature.symbol not in hand_written and not signature.symbol.startswith("llvm."):
            texts.append(declaration(signature))
    return "\n".join(texts)


_COMPILED: OrderedDict[tuple[str, str, bool], CompiledKernel] = OrderedDict()


def compile_kernel(text: str, kernel: str, checked: bool = False) -> CompiledKernel:
    """Compile ``kernel`` of a device module for the host (cached); ``checked`` puts shadow memory behind it."""
    with LOCK:
        key = (text, kernel, checked)
        if key in _COMPILED:
            _COMPILED.move_to_end(key)
            return _COMPILED[key]
        compiled = _compile(text, kernel, checked)
        _COMPILED[key] = compiled
        if len(_COMPILED) > _CACHE_SIZE:
            _COMPILED.popitem(last=False)
        return compiled


def host_ir(text: str, kernel: str, *, optimise: bool = False, checked: bool = False) -> str:
    """The host IR a kernel is lowered to; for people and tests."""
    with LOCK:
        lowered, _, _ = _lower(text, kernel, checked)
        return str(host().optimised(lowered.text)) if optimise else lowered.text


def _lower(text: str, kernel: str, checked: bool) -> tuple[LoweredKernel, SiteTable, Mapping[str, tuple[int, int]]]:
    jit = host()
    sites = SiteTable()
    canonical = jit.parse(text)
    if not canonical.data_layout:
        canonical.data_layout = _NVPTX_LAYOUT
    module = jit.inlined(prepare(str(canonical), kernel, sites, checked), checked)
    sizes: dict[str, tuple[int, int]] = {}
    data = llvm.create_target_data(_NVPTX_LAYOUT)
    for variable in module.global_variables:
        ty = variable.global_value_type
        sizes[_symbol(variable)] = (
            data.get_abi_size(ty),
            max(_declared_alignment(str(variable)), data.get_abi_alignment(ty)),
        )
    return lower_kernel(str(module), kernel, sizes, sites, checked), sites, sizes


def _symbol(variable: llvm.ValueRef) -> str:
    """The symbol as LLVM prints it."""
    return str(variable).split(" = ", 1)[0].strip()


def _declared_alignment(line: str) -> int:
    head, _, align = line.rpartition(", align ")
    return int(align.split(",", 1)[0].split()[0]) if head else 1


def _compile(text: str, kernel: str, checked: bool) -> CompiledKernel:
    lowered, sites, sizes = _lower(text, kernel, checked)
    jit = host()
    module = jit.optimised(lowered.text, 1 if checked else 2)
    jit.counter += 1
    exported = ["oxide.entry", "oxide.caches", "oxide.globals"]
    tracker = jit.link(jit.machine.emit_object(module), f"kernel.{jit.counter}", exported)
    addresses = {name: tracker[name] for name in exported}  # type: ignore[index]
    table = (ctypes.c_uint64 * max(1, len(lowered.globals))).from_address(addresses["oxide.globals"])
    global_sizes: dict[str, int] = {}
    for name, address in zip(lowered.globals, table, strict=False):
        addresses[name] = address
        global_sizes[name] = sizes.get(f"@{name}", sizes.get(f'@"{name}"', (0, 1)))[0]
    return CompiledKernel(kernel, lowered, sites, addresses, global_sizes, tracker)


Run = Callable[[], int]


def runner() -> Run:
    """The function that runs the launch described by the machine record; 0 when it finished, 1 when it trapped."""
    return ctypes.CFUNCTYPE(ctypes.c_int32)(host().imports["oxide.run"])


def releaser() -> Callable[[], None]:
    """Frees the memory of the last launch."""
    return ctypes.CFUNCTYPE(None)(host().imports["oxide.release_slots"])


def machine_address() -> int:
    return host().imports["oxide.machine"]


def shared_address() -> int:
    return host().imports["oxide.shared"]
