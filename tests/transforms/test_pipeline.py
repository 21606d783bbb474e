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


GUARDED = """
"mir.func"() ({
^bb0(%p: !mir.ptr, %c: i1):
  "mir.device_intrinsic"() {intrinsic = "warp.active_mask"} : () -> ()
  "mir.device_intrinsic"() {intrinsic = "thread.sync_threads"} : () -> ()
  "mir.switch_int"(%c)[^bb1, ^bb2] {cases = [0 : i1], operandSegmentSizes = array<i32: 1, 0, 0>} : (i1) -> ()
^bb1:
  "mir.goto"()[^bb3] : () -> ()
^bb2:
  "mir.trap"() : () -> ()
^bb3:
  "mir.switch_int"(%c)[^bb4, ^bb5] {cases = [0 : i1], operandSegmentSizes = array<i32: 1, 0, 0>} : (i1) -> ()
^bb4:
  "mir.goto"()[^bb5] : () -> ()
^bb5:
  "mir.return"() : () -> ()
}) {sym_name = "k", function_type = (!mir.ptr, i1) -> (), kernel = {}} : () -> ()
"""


def guarded() -> ModuleOp:
    text = GUARDED.replace('"warp.active_mask"} : () -> ()', '"cluster.barrier_cluster_wait"} : () -> ()')
    return parse_module(text, oxide_context())


def _blocks(m: ModuleOp):
    return m.body.ops[0].regions[0].blocks


def _moved(m: ModuleOp, source: int, at: int, target: int, to: int = 0) -> None:
    op = _blocks(m)[source].ops[at]
    op.detach()
    _blocks(m)[target].insert(to, op)


def test_a_barrier_made_conditional_is_caught():
    m = guarded()
    before = convergent_fingerprint(m)
    _moved(m, 0, 1, 4)
    with pytest.raises(VerifyError, match=r"p made 'nvvm\.thread\.sync_threads at .*' depend on the branch"):
        check_convergence(before, m, "p")


def test_a_barrier_moved_out_of_its_branch_is_caught():
    m = guarded()
    _moved(m, 0, 1, 4)
    before = convergent_fingerprint(m)
    _moved(m, 4, 0, 3)
    with pytest.raises(VerifyError, match="out of the branch"):
        check_convergence(before, m, "p")


def test_barriers_that_change_places_are_caught():
    m = guarded()
    before = convergent_fingerprint(m)
    _moved(m, 0, 1, 0)
    with pytest.raises(VerifyError, match=r"p moved '.*sync_threads.*' before"):
        check_convergence(before, m, "p")


def test_a_branch_into_a_trap_decides_nothing():
    m = guarded()
    before = convergent_fingerprint(m)
    _moved(m, 0, 1, 3)
    check_convergence(before, m, "p")
