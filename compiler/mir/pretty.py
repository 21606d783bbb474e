"""MIR as text, in rustc's ``-Zdump-mir`` form.

What it is: :func:`pretty_body` prints one body (with its promoteds before it); the smaller functions print one place,
operand, statement ... for messages and hovers.

Assumes: nothing; broken bodies print too. Guarantees: one statement a line; deterministic.

Example::

    fn inc(_1: u32) -> u32 {
        debug x => _1;
        let mut _0: u32;

        bb0: {
            _0 = Add(copy _1, const 1_u32);
            return;
        }
    }
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any, Final

from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.display import display_args, display_ty

LineOf = Callable[[Span], int | None]  # of an item-relative span, from 1

# ---------------------------------------------------------------- places and operands


def pretty_place(place: m.Place) -> str:
    """``((*_1).0: u32)``, as rustc nests it."""
    text = f"_{place.local}"
    for elem in place.projection:
        text = _projected(text, elem)
    return text


def _projected(text: str, elem: m.ProjectionElem) -> str:
    if isinstance(elem, m.Deref):
        return f"(*{text})"
    if isinstance(elem, m.Field):
        return f"({text}.{elem.index}: {display_ty(elem.ty)})"
    if isinstance(elem, m.Downcast):
        return f"({text} as {elem.name or f'variant#{elem.variant_index}'})"
    if isinstance(elem, m.Index):
        return f"{text}[_{elem.local}]"
    if isinstance(elem, m.ConstantIndex):
        minus = "-" if elem.from_end else ""
        return f"{text}[{minus}{elem.offset} of {elem.min_length}]"
    if elem.from_end:
        return f"{text}[{elem.start}:{f'-{elem.end}' if elem.end else ''}]"
    return f"{text}[{elem.start}..{elem.end}]"


def pretty_operand(operand: m.Operand) -> str:
    if isinstance(operand, m.Copy):
        return f"copy {pretty_place(operand.place)}"
    if isinstance(operand, m.Move):
        return f"move {pretty_place(operand.place)}"
    return f"const {pretty_const(operand.value)}"


def pretty_const(value: m.ConstValue) -> str:
    """A constant without the leading ``const``."""
    if isinstance(value, m.ScalarConst):
        return _scalar(value.bits, value.ty)
    if isinstance(value, m.ZeroSizedConst):
        return _zero_sized(value.ty)
    if isinstance(value, m.BytesConst):
        return _bytes(value)
    if isinstance(value, m.UnevaluatedConst):
        promoted = "" if value.promoted is None else f"::promoted[{value.promoted}]"
        return f"{value.def_id.path}{_turbofish(value.args)}{promoted}"
    if isinstance(value, m.ParamConst):
        return repr(value.const)
    if isinstance(value, m.StaticRef):
        return f"{{static {value.def_id.path}: {display_ty(value.ty)}}}"
    return f"{{alloc {value.data[:32].hex()}{'..' if len(value.data) > 32 else ''}: {display_ty(value.ty)}}}"


def _turbofish(args: t.GenericArgs) -> str:
    shown = display_args(args)
    return f"::{shown}" if shown else ""


def _scalar(bits: int, ty: t.Ty) -> str:
    if isinstance(ty, t.IntTy):
        value = bits - (1 << ty.bits) if ty.signed and bits >> (ty.bits - 1) else bits
        if ty.signed and value == -(1 << (ty.bits - 1)):
            return f"{ty.name}::MIN"
        return f"{value}_{ty.name}"
    if ty is t.bool_:
        return "true" if bits else "false"
    if ty is t.char:
        return repr(chr(bits)) if bits < 0x110000 else hex(bits)
    if isinstance(ty, t.FloatTy):
        return _float(bits, ty)
    return f"0x{bits:x} as {display_ty(ty)}"


def _float(bits: int, ty: t.FloatTy) -> str:
    formats = {16: "<e", 32: "<f", 64: "<d"}
    if ty.bits not in formats:
        return f"0x{bits:x}_{ty.name}"
    value = struct.unpack(formats[ty.bits], bits.to_bytes(ty.bits // 8, "little"))[0]
    if math.isnan(value):
        return f"NaN_{ty.name}"
    if math.isinf(value):
        return f"{'-' if value < 0 else '+'}Inf_{ty.name}"
    return f"{_shortest(value, ty)}{ty.name}"


def _shortest(value: float, ty: t.FloatTy) -> str:
    """Fewest digits that read back as this value in its own format."""
    if ty.bits == 64:
        return _plain(repr(value))
    fmt = {16: "<e", 32: "<f"}[ty.bits]
    for digits in range(1, 18):
        text = f"{value:.{digits}g}"
        try:
            if struct.unpack(fmt, struct.pack(fmt, float(text)))[0] == value:
                return _plain(text)
        except OverflowError:
            continue
    return _plain(repr(value))


def _plain(text: str) -> str:
    """``3.0`` prints as ``3``, as rustc's Debug of constants does."""
    return text.removesuffix(".0")


def _zero_sized(ty: t.Ty) -> str:
    if ty is t.UNIT:
        return "()"
    if isinstance(ty, t.FnDefTy):
        return pretty_callee(ty)
    return f"ZeroSized: {display_ty(ty)}"


def pretty_callee(ty: t.FnDefTy) -> str:
    """``<Self as Trait>::method::<..>`` for trait methods, a path otherwise."""
    parent = ty.def_id.parent
    if parent is not None and parent.kind is DefKind.TRAIT and ty.args and isinstance(ty.args[0], t.Ty):
        return f"<{display_ty(ty.args[0])} as {parent.name}{display_args(ty.args[1:])}>::{ty.def_id.name}"
    return f"{ty.def_id.path}{_turbofish(ty.args)}"


def _bytes(value: m.BytesConst) -> str:
    is_str = isinstance(value.ty, t.RefTy) and value.ty.ty is t.str_
    text = value.data.decode("utf-8", "backslashreplace") if is_str else value.data.decode("latin-1")
    escaped = "".join(c if c.isprintable() and ord(c) < 0x7F else f"\\x{ord(c):02x}" for c in text.replace('"', '\\"'))
    return f'{"" if is_str else "b"}"{escaped}"'


# ---------------------------------------------------------------- rvalues


def pretty_rvalue(rvalue: m.Rvalue, db: Database | None = None) -> str:
    """With a database, struct and variant literals show their names: ``P { x: move _3 }``."""
    if isinstance(rvalue, m.Aggregate):
        return _aggregate(rvalue, db)
    return _RVALUES[type(rvalue)](rvalue)


def _cast(rv: m.Cast) -> str:
    return f"{pretty_operand(rv.operand)} as {display_ty(rv.ty)} ({rv.kind.value})"


def _aggregate(rv: m.Aggregate, db: Database | None) -> str:
    kind = rv.kind
    operands = ", ".join(map(pretty_operand, rv.operands))
    if isinstance(kind, m.AggregateTuple):
        return f"({operands},)" if len(rv.operands) == 1 else f"({operands})"
    if isinstance(kind, m.AggregateArray):
        return f"[{operands}]"
    if isinstance(kind, m.AggregateAdt):
        return _adt(kind, rv.operands, db)
    if isinstance(kind, m.AggregateClosure):
        return f"{{closure {kind.def_id.path}}} {{ {operands} }}" if operands else f"{{closure {kind.def_id.path}}}"
    return f"{display_ty(kind.ty)} from ({operands})"


def _adt(kind: m.AggregateAdt, operands: tuple[m.Operand, ...], db: Database | None) -> str:
    texts = list(map(pretty_operand, operands))
    name = f"{kind.def_id.name}{_turbofish(kind.args)}"
    variant: Any = None
    if db is not None:
        from compiler.ty.adt import adt_def

        variants = adt_def(db, kind.def_id).variants
        variant = variants[kind.variant_index] if kind.variant_index < len(variants) else None
    if kind.def_id.kind is DefKind.ENUM:
        name += f"::{variant.name}" if variant is not None else f"::variant#{kind.variant_index}"
    if variant is not None and variant.ctor == "record":
        first = kind.active_field or 0
        texts = [f"{variant.fields[first + i].name}: {text}" for i, text in enumerate(texts)]
        return f"{name} {{ {', '.join(texts)} }}" if texts else f"{name} {{}}"
    return f"{name}({', '.join(texts)})" if texts else name


_RVALUES: Final[dict[type, Callable[[Any], str]]] = {
    m.Use: lambda rv: pretty_operand(rv.operand),
    m.Repeat: lambda rv: f"[{pretty_operand(rv.operand)}; {rv.count!r}]",
    m.Ref: lambda rv: f"{rv.kind.value}{pretty_place(rv.place)}",
    m.RawPtr: lambda rv: f"&raw {rv.mutability.value} {pretty_place(rv.place)}",
    m.Len: lambda rv: f"Len({pretty_place(rv.place)})",
    m.Cast: _cast,
    m.BinaryOp: lambda rv: f"{rv.op.value}({pretty_operand(rv.left)}, {pretty_operand(rv.right)})",
    m.UnaryOp: lambda rv: f"{rv.op.value}({pretty_operand(rv.operand)})",
    m.Discriminant: lambda rv: f"discriminant({pretty_place(rv.place)})",
    m.Printf: lambda rv: f"printf({', '.join([repr(rv.format)[1:], *map(pretty_operand, rv.operands)])})",
}

# ---------------------------------------------------------------- statements and terminators


def pretty_statement(statement: m.Statement, db: Database | None = None) -> str:
    """Without the semicolon."""
    if isinstance(statement, m.Assign):
        return f"{pretty_place(statement.place)} = {pretty_rvalue(statement.rvalue, db)}"
    return _STATEMENTS[type(statement)](statement)


_STATEMENTS: Final[dict[type, Callable[[Any], str]]] = {
    m.FakeRead: lambda s: f"FakeRead({s.cause.value}, {pretty_place(s.place)})",
    m.SetDiscriminant: lambda s: f"discriminant({pretty_place(s.place)}) = {s.variant_index}",
    m.StorageLive: lambda s: f"StorageLive(_{s.local})",
    m.StorageDead: lambda s: f"StorageDead(_{s.local})",
    m.PlaceMention: lambda s: f"PlaceMention({pretty_place(s.place)})",
    m.AscribeUserType: lambda s: f"AscribeUserType({pretty_place(s.place)}, {display_ty(s.ty)})",
    m.Nop: lambda s: "nop",
}


def pretty_terminator(terminator: m.Terminator) -> str:
    return _TERMINATORS[type(terminator)](terminator)


def _switch(term: m.SwitchInt) -> str:
    targets = "".join(f"{value}: bb{block}, " for value, block in term.targets)
    return f"switchInt({pretty_operand(term.discr)}) -> [{targets}otherwise: bb{term.otherwise}]"


def _call(term: m.Call) -> str:
    func = term.func
    is_item = isinstance(func, m.Constant) and isinstance(func.value, m.ZeroSizedConst)
    callee = pretty_const(func.value) if is_item and isinstance(func, m.Constant) else pretty_operand(func)
    args = ", ".join(map(pretty_operand, term.args))
    target = "unwind unreachable" if term.target is None else f"[return: bb{term.target}, unwind unreachable]"
    return f"{pretty_place(term.destination)} = {callee}({args}) -> {target}"


def _assert(term: m.Assert) -> str:
    negated = "" if term.expected else "!"
    operands = "".join(f", {pretty_operand(o)}" for o in term.operands)
    return f'assert({negated}{pretty_operand(term.cond)}, "{term.kind.value}"{operands}) -> [success: bb{term.target}]'


def _asm(term: m.InlineAsm) -> str:
    parts = [repr(term.template.decode("utf-8", "replace"))]
    for o in term.operands:
        shown = [] if o.place is None else [pretty_place(o.place)]
        shown += [] if o.value is None else [pretty_operand(o.value)]
        parts.append(f'{o.kind}("{o.constraint}") {" <- ".join(shown)}')
    names = ("memory_clobber", "register_only", "may_diverge")
    options = [name for name in names if getattr(term, name)]
    if options:
        parts.append(f"options({', '.join(options)})")
    return f"asm!({', '.join(parts)}) -> [return: bb{term.target}]"


_TERMINATORS: Final[dict[type, Callable[[Any], str]]] = {
    m.Goto: lambda x: f"goto -> bb{x.target}",
    m.SwitchInt: _switch,
    m.Return: lambda x: "return",
    m.Unreachable: lambda x: "unreachable",
    m.Drop: lambda x: f"drop({pretty_place(x.place)}) -> [return: bb{x.target}, unwind unreachable]",
    m.Call: _call,
    m.Assert: _assert,
    m.FalseEdge: lambda x: f"falseEdge -> [real: bb{x.real_target}, imaginary: bb{x.imaginary_target}]",
    m.FalseUnwind: lambda x: f"falseUnwind -> [real: bb{x.real_target}, unwind unreachable]",
    m.InlineAsm: _asm,
}

# ---------------------------------------------------------------- bodies


def pretty_body(body: m.Body, db: Database | None = None, line_of: LineOf | None = None) -> str:
    """The whole body, its promoteds first; with ``line_of``, each statement says the source line it came from."""
    parts = [
        _body(p, f"promoted[{i}] in {_name(body)}: {display_ty(p.locals[0].ty)} =", db, line_of)
        for i, p in enumerate(body.promoted)
    ]
    args = ", ".join(f"_{i}: {display_ty(body.locals[i].ty)}" for i in range(1, body.arg_count + 1))
    ret = display_ty(body.locals[0].ty)
    if body.def_id.kind in (DefKind.CONST, DefKind.STATIC, DefKind.ANON_CONST):
        head = f"{body.def_id.kind.value} {_name(body)}: {ret} ="
    else:
        head = f"fn {_name(body)}({args}) -> {ret}"
    return "\n".join([*parts, _body(body, head, db, line_of)])


def _name(body: m.Body) -> str:
    own = body.def_id.path.partition("::")[2]
    return own or body.def_id.path


def _body(body: m.Body, head: str, db: Database | None, line_of: LineOf | None) -> str:
    lines = [f"{head} {{"]
    lines += _declarations(body)
    for i, block in enumerate(body.blocks):
        lines += ["", f"    bb{i}: {{"]
        lines += [f"        {pretty_statement(s, db)};{_origin(s, line_of)}" for s in block.statements]
        lines += [f"        {pretty_terminator(block.terminator)};{_origin(block.terminator, line_of)}", "    }"]
    return "\n".join([*lines, "}", ""])


def _origin(part: object, line_of: LineOf | None) -> str:
    """`` // line 12`` of a statement or terminator that has a place in the source."""
    span = getattr(part, "span", EMPTY_SPAN)
    line = line_of(span) if line_of is not None and span != EMPTY_SPAN else None
    return f"  // line {line}" if line is not None else ""


def _declarations(body: m.Body) -> list[str]:
    arg_names = [f"    debug {d.name} => _{i};" for i, d in enumerate(body.locals) if d.name and i <= body.arg_count]
    upvars = [f"    debug {name} => (captured {by});" for name, _, by in body.upvars]
    decls = []
    for i, decl in enumerate(body.locals):
        if i == 0 or i > body.arg_count:
            mutable = "mut " if decl.mutability is m.Mutability.MUT or i == 0 else ""
            name = f"  // {decl.name}" if decl.name and i else ""
            decls.append(f"    let {mutable}_{i}: {display_ty(decl.ty)};{name}")
    unrolled = [f"    // unroll bb{block}: {factor or 'full'}" for block, factor in sorted(body.loop_unroll.items())]
    return [*arg_names, *upvars, *decls, *unrolled]
