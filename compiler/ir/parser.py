"""MLIR generic textual form, in.

What it is: a recursive-descent parser from tokens to operations. What it assumes: the :class:`Context` knows every
dialect in the text. What it guarantees: the module it returns prints back to the same text (up to value and block
names); use before definition is allowed within a region, an undefined name is an error. Example::

    module = parse_module(text, Context((LLVM,)))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    BoolAttr,
    DenseArrayAttr,
    DenseBytesAttr,
    DictAttr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, Region, Trait, Value
from compiler.ir.dialect import Context
from compiler.ir.errors import ParseError
from compiler.ir.lexer import Token, tokenize
from compiler.ir.location import UNKNOWN_LOC, CallSiteLoc, FileLineColLoc, Location
from compiler.ir.types import FLOAT_WIDTHS, I64, FloatType, FunctionType, IntegerType, Type, VectorType

T = TypeVar("T")


def parse_module(text: str, context: Context) -> ModuleOp:
    """Parse one ``builtin.module``; bare top-level operations are wrapped in one."""
    parser = Parser(text, context)
    module = ModuleOp.empty()
    while not parser.at("eof"):
        parser.operation(module.body)
    parser.finish_scope()
    if len(module.body.ops) == 1 and isinstance(module.body.ops[0], ModuleOp):
        inner = module.body.ops[0]
        inner.detach()
        return inner
    return module


class _Scope:
    """Names of one isolated region: values, pending forward references, blocks."""

    __slots__ = ("blocks", "pending", "values")

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.pending: dict[str, tuple[Value, Token]] = {}
        self.blocks: dict[str, Block] = {}


class Parser:
    """Shared by dialects: their type and attribute parsers get it with the mnemonic already read."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.tokens = tokenize(text)
        self.position = 0
        self.scopes = [_Scope()]

    # ---- tokens

    def at(self, kind: str) -> bool:
        return self.tokens[self.position].kind == kind

    def at_text(self, text: str) -> bool:
        return self.tokens[self.position].text == text

    def next(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def accept(self, text: str) -> bool:
        if self.tokens[self.position].text == text:
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        token = self.next()
        if token.text != text:
            self.fail(f"expected '{text}', found '{token.text}'", token)
        return token

    def expect_kind(self, kind: str) -> Token:
        token = self.next()
        if token.kind != kind:
            self.fail(f"expected {kind}, found '{token.text}'", token)
        return token

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        offset = (token or self.tokens[self.position]).offset
        line = self.text.count("\n", 0, offset) + 1
        raise ParseError(message, line, offset - self.text.rfind("\n", 0, offset))

    def comma_list(self, close: str, item: Callable[[], T]) -> list[T]:
        """``item, item <close>`` with the opening bracket already read."""
        items: list[T] = []
        if self.accept(close):
            return items
        items.append(item())
        while self.accept(","):
            items.append(item())
        self.expect(close)
        return items

    def integer(self) -> int:
        return int(self.expect_kind("number").text, 0)

    def string(self) -> str:
        return unquote(self.expect_kind("string").text)

    def symbol(self) -> str:
        text = self.expect_kind("symbol").text[1:]
        return unquote(text) if text.startswith('"') else text

    # ---- operations

    def operation(self, block: Block) -> Operation:
        start = self.tokens[self.position]
        names: list[str] = []
        if self.at("value"):
            names.append(self.next().text)
            while self.accept(","):
                names.append(self.expect_kind("value").text)
            self.expect("=")
        name = self.string()
        op_class = self.context.operation(name)
        if op_class is None:
            self.fail(f"unknown operation '{name}'", start)
        self.expect("(")
        operand_tokens = self.comma_list(")", lambda: self.expect_kind("value"))
        successors = (
            self.comma_list("]", lambda: self.block_ref(self.expect_kind("block").text)) if self.accept("[") else []
        )
        regions = self.regions(op_class) if self.at_text("(") else []
        attributes = self.attribute_dict() if self.at_text("{") else {}
        self.expect(":")
        operand_types, result_types = self.signature()
        loc = self.location_suffix()
        if len(operand_tokens) != len(operand_types) or len(names) != len(result_types):
            self.fail(f"'{name}' signature does not match its operands and results", start)
        values = [self.use(token, ty) for token, ty in zip(operand_tokens, operand_types, strict=True)]
        op = op_class(values, result_types, attributes, regions, successors, loc)
        block.append(op)
        for text, res in zip(names, op.results, strict=True):
            self.define(text, res)
        return op

    def signature(self) -> tuple[list[Type], list[Type]]:
        self.expect("(")
        ins = self.comma_list(")", self.type)
        self.expect("->")
        outs = self.comma_list(")", self.type) if self.accept("(") else [self.type()]
        return ins, outs

    def regions(self, op_class: type[Operation]) -> list[Region]:
        self.expect("(")
        return self.comma_list(")", lambda: self.region(Trait.ISOLATED in op_class.traits))

    def region(self, isolated: bool) -> Region:
        self.expect("{")
        if isolated:
            self.scopes.append(_Scope())
        region = Region()
        if not self.at("block"):
            self.block_body(region.add_block())
        while self.at("block"):
            token = self.next()
            block = self.block_ref(token.text)
            if block.parent is not None:
                self.fail(f"block {token.text} is defined twice", token)
            region.add_block(block)
            if self.accept("("):
                self.comma_list(")", lambda here=block: self.block_arg(here))  # type: ignore[misc]
            self.expect(":")
            self.block_body(block)
        self.expect("}")
        if isolated:
            self.finish_scope()
            self.scopes.pop()
        return region

    def block_body(self, block: Block) -> None:
        while not self.at("block") and not self.at_text("}"):
            self.operation(block)

    def block_arg(self, block: Block) -> None:
        name = self.expect_kind("value").text
        self.expect(":")
        self.define(name, block.add_arg(self.type()))

    def block_ref(self, name: str) -> Block:
        blocks = self.scopes[-1].blocks
        found = blocks.get(name)
        if found is None:
            found = blocks[name] = Block()
        return found

    # ---- names

    def define(self, text: str, value: Value) -> None:
        scope = self.scopes[-1]
        if text in scope.values:
            self.fail(f"{text} is defined twice")
        scope.values[text] = value
        hint = text[1:]
        value.name_hint = "" if hint.isdigit() else hint
        waiting = scope.pending.pop(text, None)
        if waiting is not None:
            if waiting[0].type != value.type:
                self.fail(f"{text} is used as {waiting[0].type} but defined as {value.type}", waiting[1])
            waiting[0].replace_all_uses_with(value)

    def use(self, token: Token, ty: Type) -> Value:
        scope = self.scopes[-1]
        value = scope.values.get(token.text)
        if value is None:
            if token.text in scope.pending:
                return scope.pending[token.text][0]
            value = Value(ty, Block(), 0)
            scope.pending[token.text] = (value, token)
        elif value.type != ty:
            self.fail(f"{token.text} is {value.type}, used as {ty}", token)
        return value

    def finish_scope(self) -> None:
        scope = self.scopes[-1]
        for text, (_, token) in scope.pending.items():
            self.fail(f"{text} is not defined", token)
        for name, block in scope.blocks.items():
            if block.parent is None:
                self.fail(f"block {name} is not defined")

    # ---- types

    def type(self) -> Type:
        token = self.next()
        if token.kind == "bang":
            return self.dialect_type(token)
        if token.text == "(":
            inputs = tuple(self.comma_list(")", self.type))
            if not self.at_text("->") and len(inputs) == 1:
                return inputs[0]  # a parenthesised function type
            self.expect("->")
            outs = tuple(self.comma_list(")", self.type)) if self.accept("(") else (self.type(),)
            return FunctionType(inputs, outs)
        if token.text == "vector":
            return self.vector_type()
        builtin = builtin_type(token.text)
        if builtin is None:
            self.fail(f"unknown type '{token.text}'", token)
        return builtin

    def vector_type(self) -> Type:
        self.expect("<")
        length = int(self.expect_kind("number").text)
        word = self.expect_kind("word")
        element = builtin_type(word.text[1:]) if word.text.startswith("x") else None
        if element is None:
            self.fail(f"unknown vector element '{word.text}'", word)
        self.expect(">")
        return VectorType(length, element)

    def dialect_type(self, token: Token) -> Type:
        dialect_name, _, mnemonic = token.text[1:].partition(".")
        dialect = self.context.dialects.get(dialect_name)
        parse = dialect.types.get(mnemonic) if dialect else None
        if parse is None:
            self.fail(f"unknown type '{token.text}'", token)
        return parse(self)

    # ---- attributes

    def attribute_dict(self) -> dict[str, Attribute]:
        self.expect("{")
        return dict(self.comma_list("}", self.entry))

    def entry(self) -> tuple[str, Attribute]:
        token = self.next()
        if token.kind not in ("word", "string"):
            self.fail(f"expected attribute name, found '{token.text}'", token)
        key = unquote(token.text) if token.kind == "string" else token.text
        return key, self.attribute() if self.accept("=") else UnitAttr()

    def attribute(self) -> Attribute:
        token = self.tokens[self.position]
        if token.kind == "string":
            return StringAttr(self.string())
        if token.kind == "number":
            return self.number()
        if token.kind == "symbol":
            return SymbolRefAttr(self.symbol())
        if token.kind == "hash":
            return self.dialect_attribute(self.next())
        if token.text == "[":
            self.next()
            return ArrayAttr(tuple(self.comma_list("]", self.attribute)))
        if token.text == "{":
            return DictAttr(tuple(self.attribute_dict().items()))
        if token.text in ("true", "false", "unit", "array", "dense"):
            return self.keyword_attribute(self.next().text)
        return TypeAttr(self.type())

    def number(self) -> Attribute:
        token = self.next()
        ty = self.type() if self.accept(":") else (FloatType("f64") if "." in token.text else I64)
        if isinstance(ty, FloatType):
            if "x" in token.text:
                return FloatAttr(int(token.text, 16), ty)
            return FloatAttr.of(float(token.text), ty)
        return IntegerAttr(int(token.text, 0), ty)

    def keyword_attribute(self, word: str) -> Attribute:
        if word == "unit":
            return UnitAttr()
        if word in ("true", "false"):
            return BoolAttr(word == "true")
        self.expect("<")
        if word == "array":
            element = self.type()
            if not isinstance(element, IntegerType):
                self.fail("an array attribute holds integers")
            values = self.comma_list(">", self.integer) if self.accept(":") else []
            if not values:
                self.accept(">")
            return DenseArrayAttr(tuple(values), element)
        data = bytes.fromhex(self.string()[2:])
        self.expect(">")
        self.expect(":")
        self.expect("tensor")
        self.expect("<")
        self.next(), self.next()  # the size and "xi8"
        self.expect(">")
        return DenseBytesAttr(data)

    def dialect_attribute(self, token: Token) -> Attribute:
        dialect_name, _, mnemonic = token.text[1:].partition(".")
        dialect = self.context.dialects.get(dialect_name)
        parse = dialect.attributes.get(mnemonic) if dialect else None
        if parse is None:
            self.fail(f"unknown attribute '{token.text}'", token)
        return parse(self)

    # ---- locations

    def location_suffix(self) -> Location:
        if not self.accept("loc"):
            return UNKNOWN_LOC
        self.expect("(")
        loc = self.location()
        self.expect(")")
        return loc

    def location(self) -> Location:
        if self.at("string"):
            file = self.string()
            self.expect(":")
            line = self.integer()
            self.expect(":")
            return FileLineColLoc(file, line, self.integer())
        if self.accept("callsite"):
            self.expect("(")
            callee = self.location()
            self.expect("at")
            caller = self.location()
            self.expect(")")
            return CallSiteLoc(callee, caller)
        self.expect("unknown")
        return UNKNOWN_LOC


def builtin_type(word: str) -> Type | None:
    """``i32``, ``si8``, ``ui64``, ``f32`` ... or None."""
    if word in FLOAT_WIDTHS:
        return FloatType(word)
    head, _, digits = word.partition("i")
    if head in ("", "s", "u") and digits.isdigit():
        return IntegerType(int(digits), head)
    return None


def unquote(literal: str) -> str:
    """The text a string literal stands for."""
    body = literal[1:-1]
    if "\\" not in body:
        return body
    out = bytearray()
    i = 0
    while i < len(body):
        if body[i] != "\\":
            out += body[i].encode()
            i += 1
        elif body[i + 1] in '"\\':
            out += body[i + 1].encode()
            i += 2
        elif body[i + 1] in "nt":
            out += b"\n" if body[i + 1] == "n" else b"\t"
            i += 2
        else:
            out.append(int(body[i + 1 : i + 3], 16))
            i += 3
    return out.decode("utf-8", "surrogateescape")
