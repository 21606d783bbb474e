"""The passes in order, verified between, every stage printable.

What it is: names of passes (for ``oxide opt -p``), and the standard pipeline from dialect-mir to dialect-llvm. What
it assumes: a verified dialect-mir module. What it guarantees: the verifier and the convergence check run after every
pass when asked. Example::

    stages = lower_module(module)          # module: dialect-mir
    stages.text("dialect-llvm")
    run_passes(module, ["mem2reg", "cleanup", "lower-mir", "convert-nvvm"])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from compiler.base.dataclass import dataclass, field
from compiler.ir.builtin import ModuleOp
from compiler.ir.collection import collector_paused
from compiler.ir.errors import IRError
from compiler.ir.printer import print_module
from compiler.ir.verifier import verify
from compiler.transforms.cleanup import cleanup
from compiler.transforms.convergence import check_convergence, convergent_fingerprint
from compiler.transforms.convert_nvvm import convert_nvvm
from compiler.transforms.lower_mir import LowerOptions, lower_mir
from compiler.transforms.mark_inline import mark_inline
from compiler.transforms.mem2reg import mem2reg


@dataclass(frozen=True, slots=True)
class PipelineOptions:
    """``contract``: fuse multiply and add. ``optimize``: run mem2reg and cleanup. ``verify_each``: check in between.

    ``keep_stages``: keep the text of every stage.
    """

    contract: bool = True
    optimize: bool = True
    verify_each: bool = False
    keep_stages: bool = False


Pass = Callable[[ModuleOp, PipelineOptions], ModuleOp]

PASSES: dict[str, Pass] = {
    "mem2reg": lambda module, options: mem2reg(module),
    "cleanup": lambda module, options: cleanup(module),
    "mark-inline": lambda module, options: mark_inline(module),
    "lower-mir": lambda module, options: lower_mir(module, LowerOptions(contract=options.contract)),
    "convert-nvvm": lambda module, options: convert_nvvm(module),
}
# The pass after which a stage is complete.
STAGE_OF_PASS = {"lower-mir": "dialect-llvm", "mark-inline": "dialect-mir-opt"}


@dataclass(slots=True)
class Stages:
    """The final module (dialect-llvm only) and, with ``keep_stages``, the text of each stage by name."""

    module: ModuleOp
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of a stage: "dialect-mir", "dialect-mir-opt" or "dialect-llvm"."""
        return self.texts[name]


def run_passes(module: ModuleOp, names: Sequence[str], options: PipelineOptions | None = None) -> ModuleOp:
    """Run passes by name in order; the input module is consumed."""
    options = options or PipelineOptions(verify_each=True)
    for name in names:
        run = PASSES.get(name)
        if run is None:
            raise IRError(f"no pass '{name}'; known: {', '.join(PASSES)}")
        before = convergent_fingerprint(module) if options.verify_each and name != "convert-nvvm" else {}
        module = run(module, options)
        if options.verify_each:
            verify(module)
            # cleanup removes branches on constants, and unreachable code with what is in it
            check_convergence(before, module, name, name == "cleanup")
    return module


def lower_module(module: ModuleOp, options: PipelineOptions | None = None) -> Stages:
    """dialect-mir to dialect-llvm, ready for :func:`compiler.codegen.llvm_text.llvm_text`."""
    with collector_paused():
        return _lower_module(module, options or PipelineOptions())


def _lower_module(module: ModuleOp, options: PipelineOptions) -> Stages:
    texts: dict[str, str] = {}
    if options.keep_stages:
        texts["dialect-mir"] = print_module(module)
    names = (
        ["mem2reg", "cleanup", "mark-inline", "lower-mir", "convert-nvvm"]
        if options.optimize
        else ["lower-mir", "convert-nvvm"]
    )
    before = convergent_fingerprint(module)
    for name in names:
        module = run_passes(module, [name], options)
        if name == "lower-mir":  # the last pass that may move anything; always checked, as a whole
            check_convergence(before, module, "lowering", True)
        stage = STAGE_OF_PASS.get(name)
        if options.keep_stages and stage is not None:
            texts[stage] = print_module(module)
    return Stages(module, texts)
