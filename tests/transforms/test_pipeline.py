"""The pipeline as a whole: stages, pass names, and the convergence check."""

from __future__ import annotations

import pytest

from compiler.dialects import oxide_context
from compiler.dialects.mir.ops import DeviceIntrinsicOp
from compiler.ir import IRError, ModuleOp, VerifyError, parse_module
from compiler.ir.attributes import StringAttr
from compiler.transforms.convergence import check_convergence, convergent_fingerprint
from compiler.transforms.pipeline import PipelineOptions, lower_module, run_passes

BARRIER = """
"mir.func"() ({
^bb0(%p: !mir.ptr):
  "mir.device_intrinsic"() {intrinsic = "thread.sync_threads"} : () -> ()
  "mir.return"() : () -> ()
}) {sym_name = "k", function_type = (!mir.ptr) -> (), kernel = {}} : () -> ()
"""


def module() -> ModuleOp:
    return parse_module(BARRIER, oxide_context())


def test_every_stage_prints():
    stages = lower_module(module(), PipelineOptions(verify_each=True, keep_stages=True))
    assert list(stages.texts) == ["dialect-mir", "dialect-mir-opt", "dialect-llvm"]
    assert '"nvvm.thread.sync_threads"()' in stages.text("dialect-llvm")
    parse_module(stages.text("dialect-llvm"), oxide_context())


def test_an_unknown_pass_names_the_known_ones():
    with pytest.raises(IRError, match=r"no pass 'licm'; known: mem2reg"):
        run_passes(module(), ["licm"])


def test_duplicating_a_barrier_is_caught():
    m = module()
    before = convergent_fingerprint(m)
    block = m.body.ops[0].regions[0].entry
    block.insert(0, DeviceIntrinsicOp((), (), {"intrinsic": StringAttr("thread.sync_threads")}))
    with pytest.raises(VerifyError, match=r"occurred 1 times before p and 2 after"):
        check_convergence(before, m, "p")


def test_reading_a_register_is_not_convergent():
    m = module()
    before = convergent_fingerprint(m)
    block = m.body.ops[0].regions[0].entry
    block.insert(0, DeviceIntrinsicOp((), (), {"intrinsic": StringAttr("debug.clock")}))
    check_convergence(before, m, "p")
