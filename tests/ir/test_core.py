"""Use lists, erasing, builder and text of the SSA core, on a toy dialect."""

from __future__ import annotations

import pytest

from compiler.ir import (
    UNKNOWN_LOC,
    Block,
    Builder,
    Context,
    Dialect,
    FileLineColLoc,
    FloatAttr,
    IntegerAttr,
    IntegerType,
    IRError,
    ModuleOp,
    Operation,
    ParseError,
    Region,
    StringAttr,
    Trait,
    VerifyError,
    parse_module,
    print_module,
    print_op,
    verify,
)
from compiler.ir.core import TypeConstraint, attribute, operand, operands, optional_attribute, result
from compiler.ir.types import F32

ANY = TypeConstraint("any type", lambda ty: True)
INT = TypeConstraint("an integer", lambda ty: isinstance(ty, IntegerType))
I32 = IntegerType(32)


class AddOp(Operation):
    name = "toy.add"
    left = operand(INT)
    right = operand(INT)
    total = result(INT)
    note = optional_attribute(StringAttr)
    traits = frozenset({Trait.PURE})


class BrOp(Operation):
    name = "toy.br"
    args = operands(ANY)
    n_successors = 1
    traits = frozenset({Trait.TERMINATOR})


class RetOp(Operation):
    name = "toy.ret"
    args = operands(ANY)
    traits = frozenset({Trait.TERMINATOR})


class FuncOp(Operation):
    name = "toy.func"
    sym_name = attribute(StringAttr)
    n_regions = 1
    traits = frozenset({Trait.ISOLATED, Trait.SYMBOL})


TOY = Context((Dialect("toy", (AddOp, BrOp, RetOp, FuncOp)),))


def func(*blocks: Block) -> tuple[ModuleOp, FuncOp]:
    module = ModuleOp.empty()
    op = FuncOp((), (), {"sym_name": StringAttr("f")}, [Region(blocks)])
    module.body.append(op)
    return module, op


def simple() -> tuple[ModuleOp, Block, AddOp]:
    block = Block([I32])
    x = block.args[0]
    b = Builder.at_end(block)
    add = b.insert(AddOp([x, x], [I32]))
    b.insert(RetOp([add.result]))
    return func(block)[0], block, add


def test_declared_accessors_read_operands_results_and_attributes():
    _, block, add = simple()
    assert add.left is block.args[0] and add.total is add.results[0] and add.note is None
    add.attributes["note"] = StringAttr("n")
    assert add.note == StringAttr("n")


def test_uses_count_each_operand_position():
    _, block, add = simple()
    assert block.args[0].uses == [add, add]
    other = Block([I32]).args[0]
    block.args[0].replace_all_uses_with(other)
    assert add.operands == [other, other] and other.uses == [add, add] and block.args[0].uses == []


def test_an_operation_in_use_cannot_be_erased():
    _, block, add = simple()
    with pytest.raises(IRError, match="still used"):
        add.erase()
    block.ops[-1].set_operands([block.args[0]])
    add.erase()
    assert add not in block.ops and block.args[0].uses == [block.ops[-1]]


def test_text_round_trips_with_blocks_attributes_and_locations():
    text = """\
"builtin.module"() ({
  "toy.func"() ({
  ^bb0(%a: i32, %0: i32):
    %sum = "toy.add"(%a, %0) {note = "x\\0A\\22"} : (i32, i32) -> i32 loc("k.rs":3:5)
    "toy.br"(%sum)[^bb1] : (i32) -> ()
  ^bb1(%1: i32):
    "toy.ret"(%1) : (i32) -> () loc(callsite("a.rs":1:2 at "b.rs":3:4))
  }) {sym_name = "f"} : () -> ()
}) : () -> ()
"""
    module = parse_module(text, TOY)
    verify(module)
    assert print_module(module, locations=True) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"toy.nope"() : () -> ()', "1:1: unknown operation 'toy.nope'"),
        ('%0 = "toy.add"(%1, %1) : (i32, i32) -> i32', "%1 is not defined"),
        ('"toy.ret"() : (i32) -> ()', "does not match"),
        ('"toy.ret"() {a = #toy.x} : () -> ()', "unknown attribute"),
        ('"toy.ret"() : () -> !toy.x', "unknown type"),
        ('"toy.ret"() ; : () -> ()', "unexpected character"),
    ],
)
def test_wrong_text_is_reported_with_its_position(text: str, message: str):
    with pytest.raises(ParseError, match=message):
        parse_module(text, TOY)


def test_attributes_survive_text():
    values = {
        "a": FloatAttr.of(0.1, F32),
        "b": FloatAttr(0x7FC00001, F32),
        "c": FloatAttr(0x80000000, F32),
        "d": IntegerAttr(-5, IntegerType(64, "s")),
        "e": StringAttr("naïve\t"),
    }

    class BagOp(Operation):
        name = "toy.bag"
        traits = frozenset({Trait.TERMINATOR})
        a = attribute(FloatAttr)
        b = attribute(FloatAttr)
        c = attribute(FloatAttr)
        d = attribute(IntegerAttr)
        e = attribute(StringAttr)

    parsed = parse_module(print_op(BagOp(attributes=dict(values))), Context((Dialect("toy", (BagOp,)),)))
    assert parsed.body.ops[0].attributes == values


def test_the_verifier_names_the_broken_rule():
    block = Block([F32])
    block.append(AddOp([block.args[0], block.args[0]], [I32]))
    block.append(RetOp())
    with pytest.raises(VerifyError, match="operand 'left' must be an integer, is f32"):
        verify(func(block)[0])
    unfinished = Block()
    with pytest.raises(VerifyError, match="block without a terminator"):
        verify(func(unfinished)[0])


def test_the_verifier_checks_dominance():
    entry, left, right = Block([I32]), Block(), Block()
    add = AddOp([entry.args[0], entry.args[0]], [I32])
    left.append(add)
    left.append(BrOp((), successors=[right]))
    entry.append(BrOp((), successors=[right]))
    right.append(RetOp([add.result]))
    with pytest.raises(VerifyError, match="does not dominate"):
        verify(func(entry, left, right)[0])


def test_two_symbols_of_one_name_are_refused():
    module, _ = func(Block([]))
    module.body.ops[0].regions[0].blocks[0].append(RetOp())
    extra = Block()
    extra.append(RetOp())
    module.body.append(FuncOp((), (), {"sym_name": StringAttr("f")}, [Region([extra])]))
    with pytest.raises(VerifyError, match="@f is defined twice"):
        verify(module)


def test_the_builder_gives_its_location():
    block = Block()
    b = Builder.at_end(block)
    b.loc = FileLineColLoc("k.rs", 1, 2)
    assert b.insert(RetOp()).loc == FileLineColLoc("k.rs", 1, 2)
    assert Builder.at_end(Block()).insert(RetOp()).loc is UNKNOWN_LOC
