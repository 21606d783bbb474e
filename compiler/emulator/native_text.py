"""Translates the functions of a :class:`~compiler.emulator.native.Program` to LLVM IR text.

What it is: one pass over each function's Python AST; locals become allocas (LLVM's mem2reg removes them),
``and``/``or`` short-circuit through blocks. What it assumes: the program was read by ``program_of``. What it
guarantees: each function is self-contained text; functions reached from it are listed in ``calls`` so that a caller
can emit only what it uses. Example::

    text = function_text(program, "count").text      # 'define internal i32 @"oxide.count"(ptr %n, i32 %n.1) {...}'
"""

from __future__ import annotations

import ast
import struct

from compiler.base.dataclass import dataclass, field
from compiler.emulator.native import BIT, PTR, SCALARS, U32, U64, VOID, NativeError, Program, Scalar, Struct

_INT_OPS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("add", "add"),
    ast.Sub: ("sub", "sub"),
    ast.Mult: ("mul", "mul"),
    ast.FloorDiv: ("udiv", "sdiv"),
    ast.Mod: ("urem", "srem"),
    ast.BitAnd: ("and", "and"),
    ast.BitOr: ("or", "or"),
    ast.BitXor: ("xor", "xor"),
    ast.LShift: ("shl", "shl"),
    ast.RShift: ("lshr", "ashr"),
}
_FLOAT_OPS: dict[type[ast.operator], str] = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
_PREDICATES: dict[type[ast.cmpop], tuple[str, str, str]] = {
    ast.Eq: ("eq", "eq", "oeq"),
    ast.NotEq: ("ne", "ne", "une"),
    ast.Lt: ("ult", "slt", "olt"),
    ast.LtE: ("ule", "sle", "ole"),
    ast.Gt: ("ugt", "sgt", "ogt"),
    ast.GtE: ("uge", "sge", "oge"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A typed operand. ``literal`` marks an integer constant that takes the type of its neighbour."""

    ty: Scalar
    text: str
    literal: bool = False


@dataclass(slots=True)
class FunctionText:
    """``text`` of the definition and the symbols' Python names it calls."""

    text: str
    calls: set[str] = field(default_factory=set)


def function_text(program: Program, name: str, attributes: str = "internal") -> FunctionText:
    """Translate one function; ``attributes`` goes between ``define`` and the result type."""
    translator = _Translator(program, name)
    return FunctionText(translator.run(attributes), translator.calls)


def is_float(ty: Scalar) -> bool:
    return ty.llvm in ("float", "double")


class _Translator:
    """State of the translation of one function."""

    def __init__(self, program: Program, name: str) -> None:
        self.program = program
        self.signature = program.functions[name]
        self.lines: list[str] = []
        self.locals: dict[str, Scalar] = {}
        self.allocas: list[str] = []
        self.calls: set[str] = set()
        self.loops: list[tuple[str, str]] = []
        self.counter = 0
        self.open = True  # the current block has no terminator yet

    def run(self, attributes: str) -> str:
        body = self.signature.body
        if body is None:
            raise NativeError(f"{self.signature.symbol} has no body")
        for name, ty in self.signature.params:
            self.declare(name, ty)
            self.emit(f"store {ty.llvm} %arg.{name}, ptr %{name}")
        self.statements(body.body)
        if self.open:
            self.emit("ret void" if self.signature.result is VOID else "unreachable")
        params = ", ".join(f"{ty.llvm} %arg.{name}" for name, ty in self.signature.params)
        head = f'define {attributes} {self.signature.result.llvm} @"{self.signature.symbol}"({params}) nounwind {{'
        return "\n".join([head, "entry:", *self.allocas, *self.lines, "}"])

    # -- emission ------------------------------------------------------------------------------------------------

    def emit(self, line: str) -> None:
        self.lines.append("  " + line)

    def fresh(self, hint: str = "v") -> str:
        self.counter += 1
        return f"%{hint}.{self.counter}"

    def value(self, ty: Scalar, instruction: str) -> Value:
        name = self.fresh()
        self.emit(f"{name} = {instruction}")
        return Value(ty, name)

    def label(self, name: str) -> None:
        if self.open:
            self.emit(f"br label %{name}")
        self.lines.append(f"{name}:")
        self.open = True

    def terminate(self, line: str) -> None:
        if self.open:
            self.emit(line)
        self.open = False

    def declare(self, name: str, ty: Scalar) -> None:
        if name not in self.locals:
            self.locals[name] = ty
            self.allocas.append(f"  %{name} = alloca {ty.llvm}")

    def fail(self, node: ast.AST, why: str) -> NativeError:
        return NativeError(f"{self.signature.symbol} line {getattr(node, 'lineno', '?')}: {why}: {ast.unparse(node)}")

    # -- statements ----------------------------------------------------------------------------------------------

    def statements(self, body: list[ast.stmt]) -> None:
        for node in body:
            if not self.open:
                return
            self.statement(node)

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=[target], value=value):
                self.assign(target, self.expression(value))
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value):
                ty = self.program.type_of(annotation)
                self.declare(name, ty)
                self.emit(f"store {ty.llvm} {self.convert(self.expression(value), ty).text}, ptr %{name}")
            case ast.AugAssign(target=target, op=op, value=value):
                current = self.expression(target)
                self.assign(target, self.binary(node, op, current, self.expression(value)))
            case ast.Return(value=value):
                self.return_(value)
            case ast.If(test=test, body=body, orelse=orelse):
                self.if_(test, body, orelse)
            case ast.While(test=test, body=body):
                self.while_(test, body)
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"), args=args), body=body):
                self.for_(name, args, body)
            case ast.Break() | ast.Continue():
                self.terminate(f"br label %{self.loops[-1][isinstance(node, ast.Continue)]}")
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.Expr(value=value):
                self.expression(value)
            case _:
                raise self.fail(node, "unsupported statement")

    def return_(self, value: ast.expr | None) -> None:
        if value is None or self.signature.result is VOID:
            self.terminate("ret void")
            return
        result = self.convert(self.expression(value), self.signature.result)
        self.terminate(f"ret {result.ty.llvm} {result.text}")

    def if_(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        then, other, end = (self.fresh(hint)[1:] for hint in ("then", "else", "end"))
        self.branch(test, then, other)
        self.label(then)
        self.statements(body)
        self.terminate(f"br label %{end}")
        self.label(other)
        self.statements(orelse)
        self.label(end)

    def while_(self, test: ast.expr, body: list[ast.stmt]) -> None:
        head, inside, end = (self.fresh(hint)[1:] for hint in ("head", "body", "end"))
        self.label(head)
        self.branch(test, inside, end)
        self.label(inside)
        self.loops.append((end, head))
        self.statements(body)
        self.loops.pop()
        self.terminate(f"br label %{head}")
        self.label(end)

    def for_(self, name: str, args: list[ast.expr], body: list[ast.stmt]) -> None:
        values = [self.expression(arg) for arg in args]
        stop = values[-1]
        ty = U32 if stop.literal else stop.ty
        start = self.convert(values[0], ty) if len(values) > 1 else Value(ty, "0")
        self.declare(name, ty)
        self.emit(f"store {ty.llvm} {start.text}, ptr %{name}")
        head, inside, step, end = (self.fresh(hint)[1:] for hint in ("head", "body", "step", "end"))
        self.label(head)
        at = self.value(ty, f"load {ty.llvm}, ptr %{name}")
        less = self.value(
            BIT, f"icmp {'slt' if ty.signed else 'ult'} {ty.llvm} {at.text}, {self.convert(stop, ty).text}"
        )
        self.terminate(f"br i1 {less.text}, label %{inside}, label %{end}")
        self.label(inside)
        self.loops.append((end, step))
        self.statements(body)
        self.loops.pop()
        self.label(step)
        old = self.value(ty, f"load {ty.llvm}, ptr %{name}")
        new = self.value(ty, f"add {ty.llvm} {old.text}, 1")
        self.emit(f"store {ty.llvm} {new.text}, ptr %{name}")
        self.terminate(f"br label %{head}")
        self.label(end)

    def branch(self, test: ast.expr, then: str, other: str) -> None:
        """Branch on a condition, short-circuiting ``and``, ``or`` and ``not``."""
        match test:
            case ast.BoolOp(op=op, values=values):
                for value in values[:-1]:
                    more = self.fresh("more")[1:]
                    self.branch(value, *((more, other) if isinstance(op, ast.And) else (then, more)))
                    self.label(more)
                self.branch(values[-1], then, other)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.branch(operand, other, then)
            case _:
                condition = self.truth(self.expression(test))
                self.terminate(f"br i1 {condition.text}, label %{then}, label %{other}")

    def truth(self, value: Value) -> Value:
        if value.ty is BIT:
            return value
        zero = "null" if value.ty.llvm == "ptr" else "0"
        return self.value(BIT, f"icmp ne {value.ty.llvm} {value.text}, {zero}")

    def assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            self.declare(target.id, U32 if value.literal else value.ty)
            ty = self.locals[target.id]
            self.emit(f"store {ty.llvm} {self.convert(value, ty).text}, ptr %{target.id}")
            return
        ty, address = self.place(target)
        self.emit(f"store {ty.llvm} {self.convert(value, ty).text}, ptr {address}")

    # -- expressions ---------------------------------------------------------------------------------------------

    def place(self, node: ast.expr) -> tuple[Scalar, str]:
        """Type and address of ``record.field`` or ``array[i]``."""
        if isinstance(node, ast.Attribute):
            base = self.expression(node.value)
            if not isinstance(base.ty.elem, Struct) or node.attr not in base.ty.elem.fields:
                raise self.fail(node, "no such field")
            ty, offset = base.ty.elem.fields[node.attr]
            return ty, self.value(PTR, f"getelementptr inbounds i8, ptr {base.text}, i64 {offset}").text
        if isinstance(node, ast.Subscript):
            base, index = self.expression(node.value), self.convert(self.expression(node.slice), U64)
            if isinstance(base.ty.elem, Scalar):
                at = self.value(PTR, f"getelementptr {base.ty.elem.llvm}, ptr {base.text}, i64 {index.text}")
                return base.ty.elem, at.text
        raise self.fail(node, "not a place")

    def expression(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool() as flag):
                return Value(BIT, "true" if flag else "false")
            case ast.Constant(value=int() as number):
                return Value(U64 if number > 0xFFFFFFFF else U32, str(number), literal=True)
            case ast.Constant(value=float() as number):
                return Value(
                    SCALARS["f64"], f"0x{struct.unpack('<Q', struct.pack('<d', number))[0]:016X}", literal=True
                )
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.Attribute():
                ty, address = self.place(node)
                return self.value(ty, f"load {ty.llvm}, ptr {address}")
            case ast.Subscript():
                return self.subscript(node)
            case ast.BinOp(left=left, op=op, right=right):
                return self.binary(node, op, self.expression(left), self.expression(right))
            case ast.UnaryOp(op=op, operand=operand):
                return self.unary(node, op, self.expression(operand))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.compare(node, op, self.expression(left), self.expression(right))
            case ast.IfExp() | ast.BoolOp():
                return self.select(node)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self.call(node, name, args)
        raise self.fail(node, "unsupported expression")

    def name(self, node: ast.expr, name: str) -> Value:
        if name in self.locals:
            ty = self.locals[name]
            return self.value(ty, f"load {ty.llvm}, ptr %{name}")
        if name in self.program.constants:
            number = self.program.constants[name]
            return Value(U64 if number > 0xFFFFFFFF else U32, str(number), literal=True)
        if name in self.program.globals:
            symbol, ty = self.program.globals[name]
            return Value(ty, f'@"{symbol}"')
        raise self.fail(node, "unknown name")

    def subscript(self, node: ast.Subscript) -> Value:
        base = self.expression(node.value)
        if isinstance(base.ty.elem, Struct):
            index = self.convert(self.expression(node.slice), U64)
            offset = self.value(U64, f"mul i64 {index.text}, {base.ty.elem.size}")
            ty = Scalar(base.ty.elem.name, "ptr", 8, elem=base.ty.elem)
            return self.value(ty, f"getelementptr i8, ptr {base.text}, i64 {offset.text}")
        ty, address = self.place(node)
        return self.value(ty, f"load {ty.llvm}, ptr {address}")

    def binary(self, node: ast.AST, op: ast.operator, left: Value, right: Value) -> Value:
        if left.ty.llvm == "ptr":
            index = self.convert(right, U64).text
            if isinstance(op, ast.Sub):
                index = self.value(U64, f"sub i64 0, {index}").text
            size = left.ty.elem.size if left.ty.elem is not None else 1
            scaled = self.value(U64, f"mul i64 {index}, {size}")
            return self.value(left.ty, f"getelementptr i8, ptr {left.text}, i64 {scaled.text}")
        left, right = self.balance(left, right)
        if is_float(left.ty):
            return self.value(left.ty, f"{_FLOAT_OPS[type(op)]} {left.ty.llvm} {left.text}, {right.text}")
        if type(op) not in _INT_OPS:
            raise self.fail(node, "unsupported operator")
        instruction = _INT_OPS[type(op)][left.ty.signed]
        return self.value(left.ty, f"{instruction} {left.ty.llvm} {left.text}, {right.text}")

    def unary(self, node: ast.AST, op: ast.unaryop, value: Value) -> Value:
        if isinstance(op, ast.Not):
            return self.value(BIT, f"xor i1 {self.truth(value).text}, true")
        if isinstance(op, ast.Invert):
            return self.value(value.ty, f"xor {value.ty.llvm} {value.text}, -1")
        if isinstance(op, ast.USub) and is_float(value.ty):
            return self.value(value.ty, f"fneg {value.ty.llvm} {value.text}")
        if isinstance(op, ast.USub):
            return self.value(value.ty, f"sub {value.ty.llvm} 0, {value.text}")
        raise self.fail(node, "unsupported operator")

    def compare(self, node: ast.AST, op: ast.cmpop, left: Value, right: Value) -> Value:
        if left.ty.llvm == "ptr" and right.literal:
            right = Value(left.ty, "null")
        left, right = self.balance(left, right)
        if type(op) not in _PREDICATES:
            raise self.fail(node, "unsupported comparison")
        unsigned, signed, floating = _PREDICATES[type(op)]
        if is_float(left.ty):
            return self.value(BIT, f"fcmp {floating} {left.ty.llvm} {left.text}, {right.text}")
        return self.value(
            BIT, f"icmp {signed if left.ty.signed else unsigned} {left.ty.llvm} {left.text}, {right.text}"
        )

    def select(self, node: ast.IfExp | ast.BoolOp) -> Value:
        """A value that depends on control flow, through a stack slot."""
        then, other, end = (self.fresh(hint)[1:] for hint in ("then", "else", "end"))
        slot = self.fresh("slot")
        test = node.test if isinstance(node, ast.IfExp) else node
        self.branch(test, then, other)
        self.label(then)
        first = self.expression(node.body) if isinstance(node, ast.IfExp) else Value(BIT, "true")
        if first.literal and isinstance(node, ast.IfExp):
            first = self.convert(first, self.type_hint(node.orelse))
        self.allocas.append(f"  {slot} = alloca {first.ty.llvm}")
        self.emit(f"store {first.ty.llvm} {first.text}, ptr {slot}")
        self.terminate(f"br label %{end}")
        self.label(other)
        second = self.expression(node.orelse) if isinstance(node, ast.IfExp) else Value(BIT, "false")
        self.emit(f"store {first.ty.llvm} {self.convert(second, first.ty).text}, ptr {slot}")
        self.label(end)
        return self.value(first.ty, f"load {first.ty.llvm}, ptr {slot}")

    def type_hint(self, node: ast.expr) -> Scalar:
        """Type of an expression without keeping its code."""
        mark, n_allocas, is_open = len(self.lines), len(self.allocas), self.open
        value = self.expression(node)
        del self.lines[mark:], self.allocas[n_allocas:]
        self.open = is_open
        return value.ty

    def balance(self, left: Value, right: Value) -> tuple[Value, Value]:
        """Give a literal the type of its neighbour; otherwise the wider operand decides."""
        if left.literal and not right.literal:
            return self.convert(left, right.ty), right
        if right.literal or left.ty.size >= right.ty.size:
            return left, self.convert(right, left.ty)
        return self.convert(left, right.ty), right

    def convert(self, value: Value, ty: Scalar) -> Value:
        source, target = value.ty, ty
        if source.llvm == target.llvm:
            return Value(ty, value.text)
        if value.literal and target.llvm.startswith("i"):
            return Value(ty, value.text)
        if value.literal and target.llvm == "ptr" and value.text == "0":
            return Value(ty, "null")
        if value.literal and is_float(target):
            return Value(ty, value.text if is_float(source) else f"{value.text}.0")
        if is_float(source) and is_float(target):
            opcode = "fpext" if source.size < target.size else "fptrunc"
        elif is_float(source):
            opcode = "fptosi" if target.signed else "fptoui"
        elif is_float(target):
            opcode = "sitofp" if source.signed else "uitofp"
        elif "ptr" in (source.llvm, target.llvm):
            raise NativeError(f"{self.signature.symbol}: {source.name} where {target.name} is needed")
        elif target is BIT:
            return self.truth(value)
        else:
            opcode = "trunc" if source.size > target.size and source is not BIT else "sext" if source.signed else "zext"
        return self.value(ty, f"{opcode} {source.llvm} {value.text} to {target.llvm}")

    # -- calls ---------------------------------------------------------------------------------------------------

    def call(self, node: ast.Call, name: str, args: list[ast.expr]) -> Value:
        if name in SCALARS:
            return self.convert(self.expression(args[0]), SCALARS[name])
        if name in ("record", "array"):
            inner = self.program.type_of(args[0])
            elem = inner.elem if isinstance(inner.elem, Struct) else inner
            return Value(Scalar(name, "ptr", 8, elem=elem), self.expression(args[1]).text)
        if name in ("load", "store", "bitcast", "address_of", "pointer", "size_of"):
            return self.builtin(name, args)
        if name in ("min", "max"):
            left, right = self.balance(*(self.expression(arg) for arg in args))
            symbol = f"llvm.{'s' if left.ty.signed else 'u'}{name}.{left.ty.llvm}"
            return self.value(
                left.ty, f"call {left.ty.llvm} @{symbol}({left.ty.llvm} {left.text}, {left.ty.llvm} {right.text})"
            )
        if name not in self.program.functions:
            raise self.fail(node, "unknown function")
        signature = self.program.functions[name]
        self.calls.add(name)
        values = [self.convert(self.expression(arg), ty) for arg, (_, ty) in zip(args, signature.params, strict=True)]
        operands = ", ".join(f"{value.ty.llvm} {value.text}" for value in values)
        text = f'call {signature.result.llvm} @"{signature.symbol}"({operands})'
        if signature.result is VOID:
            self.emit(text)
            return Value(VOID, "")
        return self.value(signature.result, text)

    def builtin(self, name: str, args: list[ast.expr]) -> Value:
        if name == "address_of":
            return self.value(U64, f"ptrtoint ptr {self.expression(args[0]).text} to i64")
        if name == "pointer":
            return self.value(PTR, f"inttoptr i64 {self.convert(self.expression(args[0]), U64).text} to ptr")
        ty = self.program.type_of(args[0])
        if name == "size_of":
            return Value(U64, str(ty.elem.size if ty.elem is not None else ty.size))
        if name == "bitcast":
            value = self.expression(args[1])
            return self.value(ty, f"bitcast {value.ty.llvm} {value.text} to {ty.llvm}")
        address = self.expression(args[1])
        if name == "load":
            return self.value(ty, f"load {ty.llvm}, ptr {address.text}, align 1")
        stored = self.convert(self.expression(args[2]), ty)
        self.emit(f"store {ty.llvm} {stored.text}, ptr {address.text}, align 1")
        return Value(VOID, "")
