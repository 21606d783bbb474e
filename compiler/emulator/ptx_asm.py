"""Lowers inline PTX (``asm`` calls) to the emulated machine: the instruction text decides, not the template as a whole.

What it is: registers and operand references as an environment of typed LLVM values, and one handler per PTX opcode
(integer and control here, memory and synchronisation in :mod:`~compiler.emulator.ptx_memory`). What it assumes:
straight line code (no labels). What it guarantees: a guarded instruction without side effects becomes a select;
anything unknown raises :class:`UnsupportedDevice` naming the instruction. Example: ``add.rn.f16x2 $0, $1, $2;``
becomes two half additions.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from compiler.emulator.emit import Emitter
from compiler.emulator.float_ops import convert, float_op, round_narrow, widen
from compiler.emulator.intrinsics import read_register
from compiler.emulator.ir_text import Call, split_operands, split_type
from compiler.emulator.ptx_template import Statement, parse_template

Operand = tuple[str, str]
FLOATS = ("f16", "bf16", "f32", "f64", "f16x2", "bf16x2", "f32x2")
_TYPE = re.compile(r"([busf])(8|16|32|64|128)|pred|bf16|f16x2|bf16x2|f32x2|tf32|e4m3x2|e5m2x2")


def llvm_type(ty: str) -> str:
    """LLVM type a PTX type's bits live in."""
    if ty == "pred":
        return "i1"
    if ty in ("f32", "f64"):
        return {"f32": "float", "f64": "double"}[ty]
    if ty in ("f16x2", "bf16x2", "tf32"):
        return "i32"
    return {"f16": "i16", "bf16": "i16", "f32x2": "i64", "e4m3x2": "i16", "e5m2x2": "i16"}.get(ty) or f"i{ty[1:]}"


class Environment:
    """Registers of one template."""

    def __init__(self, e: Emitter, call: Call) -> None:
        self.e, self.call = e, call
        self.values: dict[str, Operand] = {}
        self.output_types = self._output_types()
        self.carry = "0"
        self._read_inputs()

    def _output_types(self) -> list[str]:
        if self.call.type == "void":
            return []
        if self.call.type.startswith("{"):
            return [split_type(part)[0] for part in split_operands(self.call.type[1:-1])]
        return [self.call.type]

    def _read_inputs(self) -> None:
        n_outputs = len(self.output_types)
        constraints = [c for c in self.call.constraints.split(",") if c and not c.startswith(("=", "~"))]
        for i, operand in enumerate(self.call.args):
            self.values[f"${n_outputs + i}"] = operand
            if i < len(constraints) and constraints[i].isdigit():
                self.values[f"${constraints[i]}"] = operand

    def get(self, name: str, ty: str) -> str:
        """Value of an operand as the LLVM type of a PTX type."""
        llvm = llvm_type(ty)
        if name.startswith("!"):
            return self.e.value(f"xor i1 {self.get(name[1:], 'pred')}, true")
        if name in self.values:
            return self.e.resize(self.values[name], llvm)
        if name.startswith("%") and not name.startswith("%%"):
            return read_register(self.e, name[1:], llvm) if llvm.startswith("i") else self._unknown(name)
        return self.constant(name, llvm)

    def constant(self, text: str, llvm: str) -> str:
        match = re.fullmatch(r"0[fFdD]([0-9a-fA-F]+)", text)
        if match is not None:
            return self.e.resize((f"i{4 * len(match[1])}", str(int(match[1], 16))), llvm)
        try:
            number = int(re.sub(r"U$", "", text), 0)
        except ValueError:
            return self._unknown(text)
        return self.e.resize((f"i{llvm[1:]}" if llvm.startswith("i") else "i32", str(number)), llvm)

    def _unknown(self, name: str) -> str:
        raise self.e.unsupported(f"operand {name} in inline PTX")

    def set(self, name: str, operand: Operand, guard: str = "") -> None:
        """Assign a register; under a guard, keep the old value where it is false."""
        if name == "_":
            return
        if guard and name in self.values:
            old = self.e.resize(self.values[name], operand[0])
            operand = (operand[0], self.e.value(f"select i1 {guard}, {operand[0]} {operand[1]}, {operand[0]} {old}"))
        self.values[name] = operand

    def result(self) -> None:
        """Bind the outputs to the name of the ``asm`` call."""
        if not self.output_types or not self.call.result:
            return
        parts = []
        for i, ty in enumerate(self.output_types):
            if f"${i}" not in self.values:
                raise self.e.unsupported(f"inline PTX that never writes output {i}")
            parts.append((ty, self.e.resize(self.values[f"${i}"], ty)))
        whole = self.e.aggregate(self.call.type, parts) if self.call.type.startswith("{") else parts[0][1]
        self.e.bind(self.call.result, self.call.type, whole)


Handler = Callable[[Environment, Statement], None]


def lower_asm(e: Emitter, call: Call, handlers: dict[str, Handler]) -> None:
    """Replace one ``asm`` call."""
    environment = Environment(e, call)
    try:
        statements = parse_template(call.template)
    except ValueError as error:
        raise e.unsupported(str(error)) from None
    for statement in statements:
        handler = handlers.get(statement.opcode[0])
        if handler is None:
            raise e.unsupported(f"PTX instruction {statement.text}")
        handler(environment, statement)
    environment.result()


def guard_of(env: Environment, s: Statement) -> str:
    """The guard as an i1 value, "" when unconditional."""
    if not s.guard:
        return ""
    return env.get(("!" if s.negated else "") + s.guard, "pred")


def types_of(s: Statement) -> list[str]:
    return [part for part in s.opcode[1:] if _TYPE.fullmatch(part)]


def _integer(env: Environment, ty: str, instruction: str, s: Statement, n: int = 2) -> None:
    values = [env.get(name, ty) for name in s.operands[1 : n + 1]]
    env.set(
        s.operands[0],
        (llvm_type(ty), env.e.value(f"{instruction} {llvm_type(ty)} {', '.join(values)}")),
        guard_of(env, s),
    )


def arithmetic(env: Environment, s: Statement) -> None:
    """add, sub, mul, mad, fma, div, rem, min, max, abs, neg and the float-only operations."""
    op, ty = s.opcode[0], types_of(s)[-1]
    if ty in FLOATS:
        operands = [(llvm_type(ty), env.get(name, ty)) for name in s.operands[1:]]
        env.set(s.operands[0], float_op(env.e, op, s.opcode[1:], ty, operands), guard_of(env, s))
        return
    llvm, signed = llvm_type(ty), ty.startswith("s")
    if "wide" in s.opcode or op in ("mad", "mul"):
        env.set(s.operands[0], _multiply(env, s, ty), guard_of(env, s))
    elif "cc" in s.opcode or op in ("addc", "subc"):
        env.set(s.operands[0], _with_carry(env, s, ty), guard_of(env, s))
    elif op in ("add", "sub"):
        _integer(env, ty, op, s)
    elif op in ("div", "rem"):
        _integer(env, ty, ("s" if signed else "u") + op, s)
    elif op in ("min", "max"):
        a, b = (env.get(name, ty) for name in s.operands[1:3])
        name = f"llvm.{'s' if signed else 'u'}{op}.{llvm}"
        env.set(s.operands[0], (llvm, env.e.value(f"call {llvm} @{name}({llvm} {a}, {llvm} {b})")), guard_of(env, s))
    elif op == "neg":
        env.set(s.operands[0], (llvm, env.e.value(f"sub {llvm} 0, {env.get(s.operands[1], ty)}")), guard_of(env, s))
    elif op == "abs":
        value = env.e.value(f"call {llvm} @llvm.abs.{llvm}({llvm} {env.get(s.operands[1], ty)}, i1 false)")
        env.set(s.operands[0], (llvm, value), guard_of(env, s))
    else:
        raise env.e.unsupported(f"PTX instruction {s.text}")


def _multiply(env: Environment, s: Statement, ty: str) -> Operand:
    """mul and mad, ``.lo``, ``.hi`` and ``.wide``."""
    bits = int(ty[1:])
    wide, narrow = f"i{2 * bits}", f"i{bits}"
    extend = "sext" if ty.startswith("s") else "zext"
    a, b = (env.e.value(f"{extend} {narrow} {env.get(name, ty)} to {wide}") for name in s.operands[1:3])
    product = env.e.value(f"mul {wide} {a}, {b}")
    if "hi" in s.opcode:
        product = env.e.value(f"lshr {wide} {product}, {bits}")
    llvm = wide if "wide" in s.opcode else narrow
    result = env.e.resize((wide, product), llvm)
    if s.opcode[0] == "mad":
        addend = env.get(s.operands[3], f"b{llvm[1:]}")
        result = env.e.value(f"add {llvm} {result}, {addend}")
    return llvm, result


def _with_carry(env: Environment, s: Statement, ty: str) -> Operand:
    """add.cc, addc[.cc], sub.cc, subc[.cc] over one bit more than the operands have."""
    bits = int(ty[1:])
    wide, e = f"i{bits + 1}", env.e
    a, b = (e.value(f"zext i{bits} {env.get(name, ty)} to {wide}") for name in s.operands[1:3])
    op = s.opcode[0][:3]
    total = e.value(f"{op} {wide} {a}, {b}")
    if s.opcode[0] in ("addc", "subc"):
        total = e.value(f"{op} {wide} {total}, {env.carry}")
    if "cc" in s.opcode:
        env.carry = e.value(f"lshr {wide} {total}, {bits}")
    return f"i{bits}", e.value(f"trunc {wide} {total} to i{bits}")


def logic(env: Environment, s: Statement) -> None:
    op, ty = s.opcode[0], types_of(s)[-1]
    llvm = llvm_type(ty)
    if op == "not":
        env.set(s.operands[0], (llvm, env.e.value(f"xor {llvm} {env.get(s.operands[1], ty)}, -1")), guard_of(env, s))
    else:
        _integer(env, ty, op, s)


def shift(env: Environment, s: Statement) -> None:
    """shl and shr clamp the amount to the width."""
    ty = types_of(s)[-1]
    bits, llvm, e = int(ty[1:]), llvm_type(ty), env.e
    signed = s.opcode[0] == "shr" and ty.startswith("s")
    value, amount = env.get(s.operands[1], ty), e.resize(("i32", env.get(s.operands[2], "u32")), llvm)
    big = e.value(f"icmp uge {llvm} {amount}, {bits}")
    safe = e.value(f"select i1 {big}, {llvm} {bits - 1 if signed else 0}, {llvm} {amount}")
    opcode = "shl" if s.opcode[0] == "shl" else "ashr" if signed else "lshr"
    result = e.value(f"{opcode} {llvm} {value}, {safe}")
    if not signed:
        result = e.value(f"select i1 {big}, {llvm} 0, {llvm} {result}")
    env.set(s.operands[0], (llvm, result), guard_of(env, s))


def funnel(env: Environment, s: Statement) -> None:
    """shf.l and shf.r over the pair (b, a)."""
    e = env.e
    low, high, amount = (env.get(name, "b32") for name in s.operands[1:4])
    if "clamp" in s.opcode:
        amount = e.value(f"call i32 @llvm.umin.i32(i32 {amount}, i32 32)")
    else:
        amount = e.value(f"and i32 {amount}, 31")
    upper = e.value(f"shl i64 {e.resize(('i32', high), 'i64')}, 32")
    both = e.value(f"or i64 {upper}, {e.resize(('i32', low), 'i64')}")
    wide = e.resize(("i32", amount), "i64")
    shifted = e.value(f"{'shl' if 'l' in s.opcode else 'lshr'} i64 {both}, {wide}")
    if "l" in s.opcode:
        shifted = e.value(f"lshr i64 {shifted}, 32")
    env.set(s.operands[0], ("i32", e.resize(("i64", shifted), "i32")), guard_of(env, s))


def count_bits(env: Environment, s: Statement) -> None:
    op, ty = s.opcode[0], types_of(s)[-1]
    llvm, value = llvm_type(ty), env.get(s.operands[1], ty)
    name = {"popc": "ctpop", "clz": "ctlz", "brev": "bitreverse"}[op]
    extra = ", i1 false" if op == "clz" else ""
    result = env.e.value(f"call {llvm} @llvm.{name}.{llvm}({llvm} {value}{extra})")
    target = llvm if op == "brev" else "i32"
    env.set(s.operands[0], (target, env.e.resize((llvm, result), target)), guard_of(env, s))


def native_u32(name: str, n: int) -> Handler:
    """A handler that passes ``n`` u32 operands to a native function."""

    def lower(env: Environment, s: Statement) -> None:
        operands = [("i32", env.get(operand, "u32")) for operand in s.operands[1 : n + 1]]
        env.set(s.operands[0], ("i32", env.e.native(name, *operands)), guard_of(env, s))

    return lower


def permute(env: Environment, s: Statement) -> None:
    mode = s.opcode[2] if len(s.opcode) > 2 else ""
    keep = (1, 2, 3) if mode in ("", "f4e", "b4e") else (1, 3)
    operands = [("i32", env.get(s.operands[i], "u32")) for i in keep]
    env.set(s.operands[0], ("i32", env.e.native(f"prmt_{mode}" if mode else "prmt", *operands)), guard_of(env, s))


def bit_field(env: Environment, s: Statement) -> None:
    name = "bfi_b32" if s.opcode[0] == "bfi" else f"bfe_{s.opcode[1]}"
    if s.opcode[-1][1:] != "32":
        raise env.e.unsupported(f"PTX instruction {s.text}")
    native_u32(name, len(s.operands) - 1)(env, s)


def dot_product(env: Environment, s: Statement) -> None:
    flags = [("i1", "true" if ty.startswith("s") else "false") for ty in types_of(s)[:2]]
    operands: list[Operand] = [("i32", env.get(name, "u32")) for name in s.operands[1:4]]
    if s.opcode[0] == "dp2a":
        flags.append(("i1", "true" if "hi" in s.opcode else "false"))
    env.set(s.operands[0], ("i32", env.e.native(s.opcode[0], *operands, *flags)), guard_of(env, s))


_COMPARISONS = {
    "eq": "eq",
    "ne": "ne",
    "lt": "lt",
    "le": "le",
    "gt": "gt",
    "ge": "ge",
    "lo": "lt",
    "ls": "le",
    "hi": "gt",
    "hs": "ge",
}


def compare(env: Environment, s: Statement) -> None:
    """setp with one or two destination predicates."""
    ty, op = types_of(s)[-1], s.opcode[1]
    a, b = env.get(s.operands[1], ty), env.get(s.operands[2], ty)
    if ty in ("f16", "bf16"):
        a, b, ty = widen(env.e, ty, ("i16", a)), widen(env.e, ty, ("i16", b)), "f32"
    if ty in FLOATS:
        unordered = len(op) == 3 and op.endswith("u")
        name = {"num": "ord", "nan": "uno"}.get(op) or ("u" if unordered else "o") + _COMPARISONS[op[:2]]
        result = env.e.value(f"fcmp {name} {llvm_type(ty)} {a}, {b}")
    else:
        name = _COMPARISONS[op]
        sign = "" if name in ("eq", "ne") else "s" if ty.startswith("s") else "u"
        result = env.e.value(f"icmp {sign}{name} {llvm_type(ty)} {a}, {b}")
    first, _, second = s.operands[0].partition("|")
    env.set(first, ("i1", result), guard_of(env, s))
    if second:
        env.set(second, ("i1", env.e.value(f"xor i1 {result}, true")), guard_of(env, s))


def select(env: Environment, s: Statement) -> None:
    ty = types_of(s)[-1]
    a, b, p = env.get(s.operands[1], ty), env.get(s.operands[2], ty), env.get(s.operands[3], "pred")
    llvm = llvm_type(ty)
    env.set(s.operands[0], (llvm, env.e.value(f"select i1 {p}, {llvm} {a}, {llvm} {b}")), guard_of(env, s))


def move(env: Environment, s: Statement) -> None:
    """mov: copies, special registers, packing and unpacking of vectors."""
    ty, (target, source) = types_of(s)[-1], s.operands
    e, guard = env.e, guard_of(env, s)
    if source.startswith("{"):
        parts = split_operands(source[1:-1])
        width = int(ty[1:]) // len(parts)
        whole = "0"
        for i, part in enumerate(parts):
            wide = e.resize(
                (f"i{width}", e.resize((f"i{width}", env.get(part, f"b{width}")), f"i{width}")), f"i{ty[1:]}"
            )
            whole = e.value(f"or i{ty[1:]} {whole}, {e.value(f'shl i{ty[1:]} {wide}, {i * width}')}")
        env.set(target, (f"i{ty[1:]}", whole), guard)
    elif target.startswith("{"):
        parts = split_operands(target[1:-1])
        width, whole = int(ty[1:]) // len(parts), env.get(source, f"b{ty[1:]}")
        for i, part in enumerate(parts):
            shifted = e.value(f"lshr i{ty[1:]} {whole}, {i * width}")
            env.set(part, (f"i{width}", e.resize((f"i{ty[1:]}", shifted), f"i{width}")), guard)
    else:
        env.set(target, (llvm_type(ty), env.get(source, ty)), guard)


def cast(env: Environment, s: Statement) -> None:
    """cvt between integers, floats and packed narrow floats."""
    target, source = types_of(s)[-2:]
    e = env.e
    if target in ("tf32", "f16x2", "bf16x2", "e4m3x2", "e5m2x2"):
        operands = [(llvm_type(source), env.get(name, source)) for name in s.operands[1:]]
        env.set(s.operands[0], convert(e, target, source, s.opcode, operands), guard_of(env, s))
        return
    value = env.get(s.operands[1], source)
    if source in ("f16", "bf16"):
        value, source = widen(e, source, ("i16", value)), "f32"
    if source in FLOATS:
        result = _cast_float(env, s, target, source, value)
    else:
        result = _cast_integer(env, target, source, value)
    env.set(s.operands[0], result, guard_of(env, s))


def _cast_float(env: Environment, s: Statement, target: str, source: str, value: str) -> Operand:
    e, llvm = env.e, llvm_type(source)
    if target in ("f16", "bf16"):
        if "relu" in s.opcode:
            llvm, value = float_op(e, "max", ("NaN",), source, [(llvm, value), (llvm, "0.0")])
        return "i16", round_narrow(e, target, (llvm, value), "rz" if "rz" in s.opcode else "rn")
    integral = next((m for m in s.opcode if m in ("rni", "rzi", "rmi", "rpi")), "")
    if integral:
        name = {"rni": "roundeven", "rzi": "trunc", "rmi": "floor", "rpi": "ceil"}[integral]
        value = e.value(f"call {llvm} @llvm.{name}.{source}({llvm} {value})")
    if target in FLOATS:
        if target != source:
            value = e.value(f"{'fpext' if target == 'f64' else 'fptrunc'} {llvm} {value} to {llvm_type(target)}")
        if "sat" in s.opcode:
            value = e.native(f"saturate_{target}", (llvm_type(target), value))
        return llvm_type(target), value
    kind = "fptosi" if target.startswith("s") else "fptoui"
    integer = llvm_type(target)
    return integer, e.value(f"call {integer} @llvm.{kind}.sat.{integer}.{source}({llvm} {value})")


def _cast_integer(env: Environment, target: str, source: str, value: str) -> Operand:
    e, signed = env.e, source.startswith("s")
    if target in ("f16", "bf16"):
        wide = e.value(f"{'sitofp' if signed else 'uitofp'} {llvm_type(source)} {value} to float")
        return "i16", round_narrow(e, target, ("float", wide))
    if target in FLOATS:
        return llvm_type(target), e.value(
            f"{'sitofp' if signed else 'uitofp'} {llvm_type(source)} {value} to {llvm_type(target)}"
        )
    narrow, wide = llvm_type(source), llvm_type(target)
    if int(narrow[1:]) < int(wide[1:]) and signed:
        return wide, e.value(f"sext {narrow} {value} to {wide}")
    return wide, e.resize((narrow, value), wide)


ARITHMETIC_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        ("add", "sub", "mul", "mad", "fma", "div", "rem", "min", "max", "abs", "neg", "addc", "subc"),
        arithmetic,
    ),
    **dict.fromkeys(
        ("sqrt", "rsqrt", "rcp", "sin", "cos", "lg2", "ex2", "tanh", "copysign"),
        arithmetic,
    ),
    **dict.fromkeys(("and", "or", "xor", "not"), logic),
    **dict.fromkeys(("shl", "shr"), shift),
    **dict.fromkeys(("popc", "clz", "brev"), count_bits),
    **dict.fromkeys(("bfe", "bfi"), bit_field),
    **dict.fromkeys(("dp4a", "dp2a"), dot_product),
    "shf": funnel,
    "prmt": permute,
    "lop3": native_u32("lop3", 4),
    "setp": compare,
    "selp": select,
    "mov": move,
    "cvt": cast,
}
