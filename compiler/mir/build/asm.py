"""``ptx_asm!`` (kernel-language 1.12) to the ``InlineAsm`` terminator.

Assumes: operands are in order out, inout, in. Guarantees: inputs are evaluated first, in order, then the output
places; ``n`` and ``C`` operands are constants (``const_bytes`` when a byte string is known already, else the constant
mono evaluates).

Example: ``ptx_asm!("add.u32 %0, %1, %2;", out("=r") y, in("r") a, in("r") b)``: operands out ``r`` place ``y``, in
``r`` ``move _4``, ``move _5``.
"""

from __future__ import annotations

from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.mir.build import operand as operand_mod
from compiler.mir.build import place, promote, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.mirror import mirror


def inline_asm(b: Builder, destination: m.Place, expr: thir.InlineAsm) -> None:
    asm = expr.asm
    inputs = {i: _input(b, o) for i, o in enumerate(asm.operands) if o.kind == "in"}
    operands: list[m.AsmOperand] = []
    for i, operand in enumerate(asm.operands):
        if i in inputs:
            operands.append(inputs[i])
            continue
        target = place.as_place(b, operand.expr)
        value: m.Operand | None = None
        if operand.kind == "inout":
            value = b.consume(target, mirror(b, operand.expr).ty)
        operands.append(m.AsmOperand(operand.kind, operand.constraint.lstrip("=+"), value, target))
    after = b.new_block()
    b.terminate(
        m.InlineAsm(
            asm.template.encode(),
            tuple(operands),
            after,
            asm.memory_clobber,
            asm.register_only,
            asm.may_diverge,
            expr.span,
        )
    )
    b.block = after
    b.assign_unit(destination, expr.span)


def _input(b: Builder, operand: hir.PtxAsmOperand) -> m.AsmOperand:
    constraint = operand.constraint.lstrip("=+")
    if constraint not in ("n", "C"):
        return m.AsmOperand("in", constraint, operand_mod.local_operand(b, operand.expr))
    expr = mirror(b, operand.expr)
    value: m.Operand | None = None
    if isinstance(expr, thir.Constant):
        value = m.Constant(expr.value, expr.span)
    elif isinstance(expr, thir.Borrow) and promote.is_promotable_borrow(b, expr):
        value = m.Constant(promote.promoted_constant(b, mirror(b, expr.arg)), expr.span)
    elif promote.is_promotable(b, operand.expr):
        value = m.Constant(promote.promoted_value(b, expr), expr.span)
    if value is None:
        b.note_unsupported(expr.span, f"a `ptx_asm!` operand of constraint `{constraint}` that is not a constant")
        value = operand_mod.local_operand(b, expr)
    known = value.value.data if isinstance(value, m.Constant) and isinstance(value.value, m.BytesConst) else None
    return m.AsmOperand("const", constraint, value, None, known)
