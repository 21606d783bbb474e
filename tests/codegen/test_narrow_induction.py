"""Counters that fit in 32 bits are narrowed, and every loop computes what it did."""

from __future__ import annotations

import ctypes
import itertools

import pytest

from compiler.codegen.llvm_machine import initialize
from compiler.codegen.narrow_induction import narrow_induction


def loop(start: int, step: int, flags: str, test: str, leave_on: bool, bound: str) -> str:
    """Sums i * i over the counter's values and mixes in how far it stepped."""
    done, again = ("%exit", "%body") if leave_on else ("%body", "%exit")
    return f"""
define i64 @f(i32 %n) {{
entry:
  %wide = zext i32 %n to i64
  br label %body

body:                                             ; preds = %body, %entry
  %sum = phi i64 [ 0, %entry ], [ %more, %body ]
  %i = phi i64 [ {start}, %entry ], [ %next, %body ]
  %square = mul i64 %i, %i
  %more = add i64 %sum, %square
  %next = add {flags} i64 %i, {step}
  %done = icmp {test} i64 %next, {bound}
  br i1 %done, label {done}, label {again}

exit:                                             ; preds = %body
  %mixed = xor i64 %more, %next
  ret i64 %mixed
}}
"""


def value(text: str, n: int) -> int:
    import llvmlite.binding as llvm

    initialize()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(text, llvm.create_context())
    module.verify()
    machine = llvm.Target.from_default_triple().create_target_machine()
    with llvm.create_mcjit_compiler(module, machine) as engine:
        engine.finalize_object()
        return ctypes.CFUNCTYPE(ctypes.c_uint64, ctypes.c_uint32)(engine.get_function_address("f"))(n)


NARROWED = [
    loop(0, 1, "nuw nsw", "eq", True, "256"),
    loop(0, 4, "nuw nsw", "ne", False, "256"),
    loop(3, 5, "nuw", "ult", False, "1000"),
    loop(3, 5, "nsw", "slt", False, "1000"),
    loop(7, 2, "nuw nsw", "ugt", True, "99"),
    loop(100, 1, "nuw", "ult", False, "5"),
    loop(0, 1, "nuw nsw", "ult", False, "%wide"),
    loop(0, 1, "nuw", "eq", True, "%wide"),
]
LEFT = [
    loop(0, 1, "nuw nsw", "eq", True, str(2**31)),  # the bound does not fit
    loop(2**31 - 1, 1, "nuw nsw", "ult", False, "9"),
    loop(0, 3, "nuw nsw", "ult", False, "%wide"),  # may step over 2^32
    loop(5, 1, "nuw nsw", "ult", False, "%wide"),
    loop(0, 3, "nuw nsw", "slt", False, "%wide"),
    loop(0, 1, "nuw nsw", "ult", False, "%wide").replace("zext i32 %n", "sext i32 %n"),
    loop(0, 1, "nuw nsw", "eq", True, "256").replace("add nuw nsw i64 %i, 1", "add i64 %i, 1"),
    loop(0, 1, "nuw nsw", "eq", True, "256").replace("icmp eq i64 %next", "icmp eq i64 %i"),  # tests another value
]


@pytest.mark.parametrize("text", NARROWED, ids=str)
def test_a_bounded_counter_counts_in_32_bits(text):
    narrowed = narrow_induction(text)
    assert "phi i32" in narrowed and "phi i64 [ 0, %entry ]" in narrowed  # the sum stays
    for n in (1, 2, 77):
        assert value(narrowed, n) == value(text, n)


@pytest.mark.parametrize("text", LEFT, ids=str)
def test_a_counter_that_might_not_fit_is_left_alone(text):
    assert narrow_induction(text) is text


def test_an_equality_that_the_steps_pass_by_is_no_bound():
    assert narrow_induction(loop(0, 3, "nuw nsw", "eq", True, "256")).count("phi i64") == 2
    assert narrow_induction(loop(9, 1, "nuw nsw", "ne", False, "9")).count("phi i64") == 2


def test_every_small_loop_computes_what_it_did():
    for start, step, bound in itertools.product((0, 1, 6), (1, 2, 7), (1, 8, 15, 64)):
        for test, leave_on in (("ult", False), ("ugt", True), ("slt", False)):
            text = loop(start, step, "nuw nsw", test, leave_on, str(bound))
            narrowed = narrow_induction(text)
            assert narrowed is not text and value(narrowed, 0) == value(text, 0)


def test_text_without_loops_is_the_same_object():
    text = "define void @f() {\n  ret void\n}\n"
    assert narrow_induction(text) is text


def test_a_counter_with_a_number_before_another_one():
    text = """define i64 @f(i64 %n) {
entry:
  br label %loop

loop:
  %0 = phi i64 [ 0, %entry ], [ %2, %loop ]
  %1 = phi i64 [ 0, %entry ], [ %3, %loop ]
  %2 = add nuw nsw i64 %0, 1
  %3 = add i64 %1, %0
  %4 = icmp eq i64 %2, 16
  br i1 %4, label %out, label %loop

out:
  ret i64 %3
}
"""
    narrowed = narrow_induction(text)
    assert "phi i32" in narrowed and value(narrowed, 0) == value(text, 0) == 120
