"""MIR terminators: branches, calls, drops, assertions, inline assembly.

What it is: calls resolved by mono become ``mir.call`` with the callee's signature; a call that never returns from the
panic machinery becomes ``mir.trap``. What it assumes: ``MonoFunction.callees`` names every direct callee. What it
guarantees: arguments in memory are passed by the address of a copy the callee may change. Example: ``_0 = f(move _1)
-> bb1``::

    %r = "mir.call"(%_1) {callee = @f} : (ui32) -> ui32 ; "mir.store"(%r, %_0) ; "mir.goto"()[^bb1]
"""

from __future__ import annotations

from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import MIR_PTR, USIZE, is_scalar
from compiler.hir.def_id import DefId
from compiler.ir.attributes import ArrayAttr, Attribute, BoolAttr, StringAttr, SymbolRefAttr, UnitAttr
from compiler.ir.core import Value
from compiler.mir import body as m
from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.transforms.import_mir.function import FunctionImport
from compiler.transforms.import_mir.intrinsics import intrinsic_call
from compiler.transforms.import_mir.kernel_abi import FunctionSignature, crate_name, signature
from compiler.transforms.import_mir.operands import OperandValue, operand, operand_ty, scalar_operand, write
from compiler.transforms.import_mir.places import PlaceValue, address_value, local_place, place_value
from compiler.transforms.import_mir.types import Unsupported
from compiler.ty import types as t

PANIC_MODULES = frozenset({"panicking", "panic", "rt"})


def terminate(f: FunctionImport, block: m.BasicBlockId, terminator: m.Terminator) -> None:
    if isinstance(terminator, m.Goto):
        unroll = f.body.loop_unroll.get(terminator.target)
        f.goto(f.blocks[terminator.target], unroll if isinstance(unroll, int) else None)
    elif isinstance(terminator, m.SwitchInt):
        switch(f, terminator)
    elif isinstance(terminator, m.Return):
        return_(f)
    elif isinstance(terminator, m.Unreachable):
        f.emit(mir.UnreachableOp())
    elif isinstance(terminator, m.Call):
        call(f, block, terminator)
    elif isinstance(terminator, m.Drop):
        drop(f, block, terminator)
    elif isinstance(terminator, m.Assert):
        assert_(f, terminator)
    elif isinstance(terminator, m.InlineAsm):
        inline_asm(f, terminator)
    elif isinstance(terminator, m.FalseEdge | m.FalseUnwind):
        f.goto(f.blocks[terminator.real_target])
    else:
        raise Unsupported(f"the control flow `{type(terminator).__name__}`")


def switch(f: FunctionImport, terminator: m.SwitchInt) -> None:
    discr = scalar_operand(f, terminator.discr)
    if discr.type == MIR_PTR:
        discr = f.cast("PtrToInt", discr, USIZE)
    cases = [bits for bits, _ in terminator.targets]
    targets = [f.blocks[terminator.otherwise], *(f.blocks[target] for _, target in terminator.targets)]
    f.emit(mir.SwitchIntOp.of(discr, cases, targets))


def return_(f: FunctionImport) -> None:
    place = local_place(f, m.RETURN_PLACE)
    values: list[Value] = []
    if place.facts.value is not None and not f.function.is_kernel:
        values.append(f.load(place.address, place.facts.value, place.align))
    f.emit(mir.ReturnOp(values))


def assert_(f: FunctionImport, terminator: m.Assert) -> None:
    inside = f.unchecked_indexing or (f.function.instance.def_id, terminator.span) in f.module.options.inside
    if terminator.kind is m.AssertKind.BOUNDS_CHECK and inside:
        f.goto(f.blocks[terminator.target])
        return
    attributes: dict[str, Attribute] = {
        "expected": BoolAttr(terminator.expected),
        "message": StringAttr(terminator.kind.value),
    }
    condition = scalar_operand(f, terminator.cond)
    f.emit(mir.AssertOp([condition], (), attributes, (), [f.blocks[terminator.target]]))


# ---------------------------------------------------------------- calls


def call(f: FunctionImport, block: m.BasicBlockId, terminator: m.Call) -> None:
    instance = f.function.callees.get(block)
    if instance is None:
        indirect_call(f, terminator)
        finish(f, terminator.target)
        return
    if instance.kind is InstanceKind.INTRINSIC:
        name = intrinsic_name(f.module.db, instance.def_id) or instance.def_id.name
        intrinsic_call(f, name, instance, terminator)
        if f.block.terminator is None:
            finish(f, terminator.target)
        return
    if terminator.target is None and is_panic(instance.def_id):
        f.emit(mir.TrapOp())
        return
    direct_call(f, instance, terminator)
    finish(f, terminator.target)


def finish(f: FunctionImport, target: m.BasicBlockId | None) -> None:
    if target is None:
        f.emit(mir.UnreachableOp())
    else:
        f.goto(f.blocks[target])


def is_panic(def_id: DefId) -> bool:
    """Whether a function that never returns is part of the panic machinery of ``core`` or ``std``."""
    if crate_name(def_id) not in ("core", "std", "alloc"):
        return False
    while def_id.parent is not None:
        if def_id.name in PANIC_MODULES or def_id.name.startswith(("panic", "unwrap_failed", "expect_failed")):
            return True
        def_id = def_id.parent
    return False


def direct_call(f: FunctionImport, instance: Instance, terminator: m.Call) -> None:
    symbol = f.module.items.symbols[instance]
    inputs = [operand_ty(f, arg) for arg in terminator.args]
    output = f.body_place_ty(terminator.destination)
    sig = signature(f.types, inputs, output)
    if instance.kind is InstanceKind.EXTERN:
        f.module.externs[symbol] = (sig.inputs(), sig.outputs())
    args = arguments(f, terminator, sig)
    emit_call(f, sig, [], args, terminator, {"callee": SymbolRefAttr(symbol)})


def indirect_call(f: FunctionImport, terminator: m.Call) -> None:
    function = scalar_operand(f, terminator.func)
    inputs = [operand_ty(f, arg) for arg in terminator.args]
    sig = signature(f.types, inputs, f.body_place_ty(terminator.destination))
    emit_call(f, sig, [function], arguments(f, terminator, sig), terminator, {})


def emit_call(
    f: FunctionImport,
    sig: FunctionSignature,
    lead: list[Value],
    args: list[Value],
    terminator: m.Call,
    attributes: dict[str, Attribute],
) -> None:
    """Emit the call and write its result. A result in memory goes through a temporary when an argument may alias it."""
    destination = place_value(f, terminator.destination)
    op_class = mir.CallIndirectOp if lead else mir.CallOp
    if sig.sret:
        slot = destination
        if args:
            slot = PlaceValue(f.alloca(sig.result), sig.result, sig.result.align, sig.result.layout)
        f.emit(op_class([*lead, slot.address, *args], (), attributes))
        if slot is not destination:
            write(f, destination, slot)
        return
    op = f.emit(op_class([*lead, *args], sig.outputs(), attributes))
    if op.results:
        write(f, destination, op.results[0])


def arguments(f: FunctionImport, terminator: m.Call, sig: FunctionSignature) -> list[Value]:
    values: list[Value] = []
    for source, parameter in zip(terminator.args, sig.parameters, strict=True):
        if parameter.kind == "none":
            continue
        found = operand(f, source)
        if parameter.kind == "value":
            assert isinstance(found, Value)
            values.append(found)
        else:
            values.append(_copied(f, found, parameter.facts.ty))
    return values


def _copied(f: FunctionImport, found: OperandValue, ty: t.Ty) -> Value:
    """The address of a copy of an argument in memory."""
    facts = f.types.of(ty)
    if facts.layout.is_unsized:
        raise Unsupported(f"passing a `{ty!r}` by value")
    slot = PlaceValue(f.alloca(facts), facts, facts.align, facts.layout)
    write(f, slot, found)
    return slot.address


def drop(f: FunctionImport, block: m.BasicBlockId, terminator: m.Drop) -> None:
    instance = f.function.drops.get(block)
    if instance is not None:
        pointer = address_value(f, place_value(f, terminator.place))
        callee: dict[str, Attribute] = {"callee": SymbolRefAttr(f.module.items.symbols[instance])}
        f.emit(mir.CallOp([pointer], (), callee))
    f.goto(f.blocks[terminator.target])


# ---------------------------------------------------------------- inline assembly


def inline_asm(f: FunctionImport, terminator: m.InlineAsm) -> None:
    """Outputs first (``out`` and ``inout`` in order), then explicit inputs, then the tied inputs of ``inout``."""
    outputs = [op for op in terminator.operands if op.kind in ("out", "inout")]
    inputs = [op for op in terminator.operands if op.kind == "in"]
    tied = [(i, op) for i, op in enumerate(outputs) if op.kind == "inout"]
    template = splice_constants(terminator)
    places = [place_value(f, op.place) for op in outputs if op.place is not None]
    args = [scalar_operand(f, op.value) for op in inputs if op.value is not None]
    for _, op in tied:
        source = op.value if op.value is not None else m.Copy(op.place or m.Place(0))
        args.append(scalar_operand(f, source))
    letters = [f"={op.constraint.lstrip('=+')}" for op in outputs]
    letters += [op.constraint for op in inputs] + [str(i) for i, _ in tied]
    attributes: dict[str, Attribute] = {
        "template": StringAttr(template),
        "constraints": ArrayAttr(tuple(StringAttr(letter) for letter in letters)),
    }
    for name in ("memory_clobber", "register_only", "may_diverge"):
        if getattr(terminator, name):
            attributes[name] = UnitAttr()
    types = [place.facts.value for place in places]
    if any(ty is None or not is_scalar(ty) for ty in types):
        raise Unsupported("a ptx_asm! output that is not a scalar")
    asm = f.emit(mir.InlineAsmOp(args, [ty for ty in types if ty is not None], attributes))
    for place, res in zip(places, asm.results, strict=True):
        write(f, place, res)
    f.goto(f.blocks[terminator.target])


def constant_bytes(op: m.AsmOperand) -> bytes:
    """The text of a ``C`` operand: a byte string, without the NUL that may end it."""
    found = op.const_bytes
    value = op.value.value if isinstance(op.value, m.Constant) else None
    if isinstance(value, m.BytesConst):
        found = value.data
    elif isinstance(value, m.AllocConst):
        targets = [target for _, target, _ in value.relocations]
        found = targets[0].data if targets and isinstance(targets[0], m.AllocConst) else value.data
    if found is None:
        raise Unsupported('a ptx_asm! "C" operand that is not a constant byte string')
    return found.rstrip(b"\0")


def splice_constants(terminator: m.InlineAsm) -> str:
    """The template with ``C`` operands spliced in and the other operands renumbered without them."""
    numbers: list[str] = []
    n = 0
    for op in terminator.operands:
        if op.kind == "const":
            numbers.append(constant_bytes(op).decode())
        else:
            numbers.append(f"%{n}")
            n += 1
    text = terminator.template.decode()
    out: list[str] = []
    i = 0
    while i < len(text):
        if text.startswith("%%", i):
            out.append("%%")
            i += 2
        elif text[i] == "%" and text[i + 1 : i + 2].isdigit():
            end = i + 1
            while text[end : end + 1].isdigit():
                end += 1
            out.append(numbers[int(text[i + 1 : end])])
            i = end
        else:
            out.append(text[i])
            i += 1
    return "".join(out)
