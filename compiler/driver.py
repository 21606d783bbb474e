"""From a Rust file to every stage of a kernel: the library behind ``oxide emit``, ``run`` and ``bench``, and the
server's views.

What it is: :func:`compile_kernel`, :func:`compile_file` and :func:`emit`, and :class:`CompileSession` for several
questions about one file. Assumes: file names, or texts given beside them (an editor's unsaved buffers). Guarantees: a
kernel with errors raises :class:`CompileError` carrying the diagnostics, with absolute spans; everything else is data.

LLVM may abort the process on bad IR: servers call this in a worker.

Example::

    artifact = compile_kernel("saxpy.rs", "saxpy", "sm_90")
    artifact.ptx, artifact.params, artifact.launch
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span, line_table
from compiler.codegen import DEFAULT_TARGET, PtxModule, compile_module
from compiler.codegen.artifact import KernelArtifact
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.def_id import DefId
from compiler.ir.location import FileLineColLoc
from compiler.query import Database
from compiler.resolve.crate_root import root_of
from compiler.semantics.absolute import absolute
from compiler.semantics.checks import has_errors, reach_diagnostics
from compiler.semantics.crates import LoadedCrate

if TYPE_CHECKING:
    from compiler.mir.mono.model import Instance, MonoItems
    from compiler.transforms.pipeline import Stages

STAGES = ("ast", "hir", "mir", "dialect-mir", "dialect-llvm", "llvm", "llvm-opt", "ptx", "sass")


class CompileError(Exception):
    """A kernel that cannot be compiled. ``diagnostics`` are absolute; ``sources`` gives the texts they point into."""

    def __init__(
        self, message: str, diagnostics: tuple[Diagnostic, ...] = (), sources: dict[str, bytes] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.diagnostics = diagnostics
        self.sources = sources or {}

    def rendered(self) -> str:
        """The diagnostics as text."""
        from compiler.diagnostics.render_text import TextRenderer

        renderer = TextRenderer(lambda file: self.sources.get(file, b""))
        return "\n".join(renderer.render(d) for d in self.diagnostics) or self.message


@dataclass(frozen=True, slots=True)
class CompileOptions:
    """``contract``: fuse multiply and add (``--fmad``). ``opt_level`` 0 keeps the code as written. ``debug``: line
    tables. ``proved_checks``: keep bounds checks that are proved, too."""

    target: str = ""
    opt_level: int = 2
    contract: bool = True
    debug: bool = True
    use_cache: bool = True
    unchecked_indexing: bool = False
    proved_checks: bool = False


@dataclass(slots=True)
class LoweredKernel:
    """A kernel down to LLVM IR text. ``stages`` holds the dialect texts when they were asked for."""

    instance: Instance
    items: MonoItems
    stages: Stages
    llvm_ir: str
    warnings: list[Diagnostic] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return self.items.symbols[self.instance]


@cache
def default_target() -> str:
    """The target of the GPU in this machine, else the lowest common one."""
    from compiler.runtime.doctor import devices

    return next((d.target for d in devices()), DEFAULT_TARGET)


class CompileSession:
    """One file and its crate, loaded once. ``sources`` are texts that win over the disk."""

    def __init__(self, file: str, sources: Mapping[str, bytes] | None = None) -> None:
        self.file = Path(file).absolute().as_posix() if not (sources and file in sources) else file
        texts = dict(sources or {})
        if self.file not in texts:
            path = Path(self.file)
            if not path.is_file():
                raise CompileError(f"no such file: {file}")
            texts[self.file] = path.read_bytes()
        self.crate = LoadedCrate(root_of(self.file, texts), texts)
        self._last_lowered: tuple[tuple[Any, ...], LoweredKernel] | None = None

    @property
    def db(self) -> Database:
        return self.crate.db

    def text(self, file: str) -> bytes:
        """The text of a file of the crate or the library."""
        from compiler.hir.inputs import source_bytes

        return source_bytes(self.db, file)

    def set_text(self, file: str, text: bytes) -> None:
        """The editor opened or changed a file."""
        self.crate.set_text(file, text)

    def forget_text(self, file: str) -> None:
        """The editor closed a file, or it changed on disk: the disk's text counts."""
        self.crate.forget_text(file)

    # -- kernels

    def kernels(self) -> list[DefId]:
        """The kernels of the file in source order."""
        from compiler.semantics.definitions import kernels_of

        return kernels_of(self.db, self.file)

    def kernel(self, name: str = "") -> DefId:
        """The kernel of that name; without one, the only kernel of the file."""
        found = [k for k in self.kernels() if not name or k.name == name.partition("<")[0].removesuffix("::")]
        if len(found) == 1 or (found and name):
            return found[0]
        names = ", ".join(k.name for k in self.kernels()) or "none"
        raise CompileError(f"no kernel `{name}` in {self.file}; kernels: {names}" if name else f"which kernel? {names}")

    def instance(self, name: str = "") -> Instance:
        """A kernel instance: ``k``, or ``k<f32>`` of a generic kernel (the first known without arguments)."""
        from compiler.semantics.kernels import instance_label
        from compiler.semantics.roots import explicit_instance, kernel_instances

        kernel = self.kernel(name)
        known = kernel_instances(self.db, kernel)
        _, given, text = name.partition("<")
        if given:
            for instance in known:
                if instance_label(self.db, instance) == f"<{text}":
                    return instance
            made = explicit_instance(self.db, kernel, text.removesuffix(">"))
            if made is None:
                raise CompileError(f"`{text.removesuffix('>')}` are not generic arguments for kernel `{kernel.name}`")
            return made
        if not known:
            raise CompileError(
                f"kernel `{kernel.name}` is generic and nothing in this crate instantiates it; name the types: "
                f"`{kernel.name}<f32>`"
            )
        return known[0]

    def _failed(self, diagnostics: tuple[Diagnostic, ...]) -> CompileError:
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        files = {x.file for d in diagnostics for x in _labels(d) if x.file is not None}
        n = len(errors)
        what = errors[0].message if n == 1 else f"{n} errors"
        return CompileError(what, diagnostics, {file: self.text(file) for file in files})

    # -- lowering

    def mono(self, instance: Instance) -> MonoItems:
        """Everything the instance reaches; raises on errors."""
        from compiler.mir.mono.collector import mono_items

        found = reach_diagnostics(self.db, instance.def_id)
        if has_errors(found):
            raise self._failed(found)
        items = mono_items(self.db, instance)
        if has_errors(items.diagnostics):
            raise self._failed(tuple(absolute(self.db, d) for d in items.diagnostics))
        if items.tainted:
            raise CompileError(f"kernel `{instance.def_id.name}` reaches code with errors", found)
        return items

    def locate(self, def_id: DefId, span: Span) -> FileLineColLoc | None:
        """A source position for debug information."""
        from compiler.resolve.source import absolute_span

        file, at = absolute_span(self.db, def_id, span)
        if not file:
            return None
        line, col = line_table(self.text(file)).line_col(at.start)
        return FileLineColLoc(file, line + 1, col + 1)

    def line_of(self, def_id: DefId) -> Callable[[Span], int | None]:
        """The source line of an item-relative span of a definition."""

        def line(span: Span) -> int | None:
            found = self.locate(def_id, span)
            return found.line if found is not None else None

        return line

    def lower(self, instance: Instance, options: CompileOptions, keep_stages: bool = False) -> LoweredKernel:
        """Down to LLVM IR text; the last answer is kept, for a hover asks for one stage after the other."""
        key = (self.db.revision, instance, repr(options), keep_stages)
        if self._last_lowered is None or self._last_lowered[0] != key:
            self._last_lowered = key, self._lower(instance, options, keep_stages)
        return self._last_lowered[1]

    def _lower(self, instance: Instance, options: CompileOptions, keep_stages: bool) -> LoweredKernel:
        from compiler.codegen.llvm_text import llvm_text
        from compiler.semantics.races import unneeded_checks
        from compiler.transforms.import_mir import ImportOptions, import_mir
        from compiler.transforms.pipeline import PipelineOptions, lower_module

        items = self.mono(instance)
        facts = self._kernel_facts(instance, options)
        keeps_all = options.proved_checks or options.opt_level == 0
        inside = frozenset() if keeps_all else unneeded_checks(self.db, instance)
        locate = self.locate if options.debug else None
        imported = import_mir(self.db, items, ImportOptions(facts, locate, self.file, inside))
        if has_errors(imported.diagnostics):
            raise self._failed(tuple(absolute(self.db, d) for d in imported.diagnostics))
        pipeline = PipelineOptions(contract=options.contract, optimize=options.opt_level > 0, keep_stages=keep_stages)
        stages = lower_module(imported.module, pipeline)
        text = llvm_text(stages.module, debug_info=options.debug)
        warnings = [absolute(self.db, d) for d in (*items.diagnostics, *imported.diagnostics)]
        return LoweredKernel(instance, items, stages, text, warnings)

    def _kernel_facts(self, instance: Instance, options: CompileOptions) -> KernelFacts:
        from compiler.resolve.attrs import kernel_facts
        from compiler.semantics.kernel_params import launch_facts
        from compiler.transforms.import_mir import KernelFacts

        kernel = instance.def_id
        launch, facts = launch_facts(self.db, kernel, instance.args), kernel_facts(self.db, kernel)
        contract = facts.contract if facts is not None else None
        align = contract.dynamic_shared_alignment if contract is not None else None
        unchecked = options.unchecked_indexing or (facts is not None and facts.unchecked_indexing)
        return KernelFacts(launch.max_threads, launch.min_blocks, launch.block, launch.cluster, align or 1, unchecked)

    def compile(self, instance: Instance, options: CompileOptions) -> KernelArtifact:
        """Down to PTX, as an artifact that can be launched."""
        lowered = self.lower(instance, options)
        module = self.ptx(lowered, options)
        return self._artifact(lowered, module)

    def compile_for_emulator(self, instance: Instance, options: CompileOptions | None = None) -> KernelArtifact:
        """An artifact without PTX: all the emulator needs, in a fraction of the time."""
        chosen = options or CompileOptions(DEFAULT_TARGET, proved_checks=True)
        lowered = self.lower(instance, chosen)
        return self._artifact(lowered, PtxModule("", "", chosen.target or DEFAULT_TARGET, (0, 0), chosen.opt_level))

    def ptx(self, lowered: LoweredKernel, options: CompileOptions) -> PtxModule:
        """Optimised LLVM IR and PTX."""
        from compiler.codegen import TargetError
        from compiler.codegen.llvm_machine import LLVMError

        try:
            return compile_module(
                lowered.llvm_ir, options.target or default_target(), options.opt_level, options.use_cache
            )
        except TargetError as error:
            raise CompileError(str(error)) from None
        except LLVMError as error:
            raise CompileError(f"internal error: LLVM rejected the module: {error}") from error

    def _artifact(self, lowered: LoweredKernel, module: PtxModule) -> KernelArtifact:
        from compiler.resolve.source import item_of, origin
        from compiler.semantics.kernel_params import index_rank, kernel_params, launch_facts

        kernel = lowered.instance.def_id
        params = kernel_params(self.db, kernel, lowered.instance.args)
        item, at = item_of(self.db, kernel), origin(self.db, kernel)
        name_start = at.offset + (item.name_span.start if item is not None else 0)
        shared = [s for s in lowered.items.statics if s.space == "shared"]
        return KernelArtifact(
            kernel.name, lowered.symbol, at.file, line_table(self.text(at.file)).line_col(name_start)[0] + 1, params,
            launch_facts(self.db, kernel), module.target, lowered.llvm_ir, module.ptx, sum(s.size for s in shared),
            "__dynamic_smem" in lowered.llvm_ir, index_rank(self.db, kernel, params),
            [d.message for d in lowered.warnings], module.content_hash,
        )  # fmt: skip


if TYPE_CHECKING:
    from compiler.transforms.import_mir import KernelFacts


def _labels(d: Diagnostic) -> list[Label]:
    return [d.primary, *d.secondary, *(x for c in d.children for x in c.labels)]


def warm_up() -> None:
    """Load LLVM and every phase, so that the first kernel of a long-lived process does not wait for imports."""
    import compiler.analysis
    import compiler.mir.mono.collector
    import compiler.semantics.roots
    import compiler.transforms.import_mir
    import compiler.transforms.pipeline  # noqa: F401

    compile_module("define void @f() {\n  ret void\n}\n", DEFAULT_TARGET, use_cache=False)


# ---------------------------------------------------------------- one-shot functions


def compile_kernel(
    path_or_text: str | bytes, kernel: str = "", target: str = "", options: CompileOptions | None = None
) -> KernelArtifact:
    """Compile one kernel.

    ``path_or_text``: a file name, or the source text as bytes. ``kernel``: its name, ``name<types>`` for a generic
    one; may be left out when the file has one kernel. Raises :class:`CompileError`.
    """
    session = _session(path_or_text)
    chosen = options or CompileOptions(target)
    return session.compile(session.instance(kernel), chosen)


def compile_file(
    path_or_text: str | bytes, target: str = "", options: CompileOptions | None = None
) -> list[KernelArtifact]:
    """Compile every known instance of every kernel of a file."""
    from compiler.semantics.roots import kernel_instances

    session = _session(path_or_text)
    chosen = options or CompileOptions(target)
    return [session.compile(i, chosen) for k in session.kernels() for i in kernel_instances(session.db, k)]


def _session(path_or_text: str | bytes) -> CompileSession:
    if isinstance(path_or_text, bytes):
        return CompileSession("/kernel.rs", {"/kernel.rs": path_or_text})
    return CompileSession(path_or_text)


def emit(session: CompileSession, stage: str, kernel: str = "", options: CompileOptions | None = None) -> str:
    """The text of a stage (:data:`STAGES`). ``ast`` and ``hir`` are of the whole file unless a kernel is named."""
    from compiler.stage_text import front_end_text, sass_text

    options = options or CompileOptions()
    if stage in ("ast", "hir"):
        return front_end_text(session, stage, kernel)
    instance = session.instance(kernel)
    if stage == "mir":
        from compiler.mir.pretty import pretty_body

        functions = session.mono(instance).functions
        return "\n".join(pretty_body(f.body, None, session.line_of(f.body.def_id)) for f in functions)
    lowered = session.lower(instance, options, keep_stages=stage.startswith("dialect"))
    if stage.startswith("dialect"):
        return lowered.stages.text(stage)
    if stage == "llvm":
        return lowered.llvm_ir
    module = session.ptx(lowered, options)
    if stage == "llvm-opt":
        return module.llvm_ir
    return module.ptx if stage == "ptx" else sass_text(module)
