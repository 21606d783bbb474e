"""HIR as readable, desugared Rust-like text, for ``oxide emit --stage hir`` and for tests.

What it is: one printer for types, patterns, expressions and bodies. Assumes: a body of :mod:`compiler.hir.lower_body`.
Guarantees: total (every node has a form); desugarings are visible (lang items print as ``#next``).

>>> print_body(lower_body(f, b"fn f() { while a { b() } }", DefKind.FN, BodyContext()).body)   # doctest: +SKIP
{
    loop {
        if a {
            b()
        } else {
            break;
        }
    }
}
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from compiler.hir.nodes import (
    AddrOf,
    AnyPath,
    Array,
    ArrayType,
    Assign,
    AssignOp,
    Binary,
    BindPat,
    Block,
    Body,
    BoundRef,
    Break,
    Call,
    Cast,
    Closure,
    ConstArgRef,
    Continue,
    DynTraitType,
    ErrorType,
    Expr,
    ExprId,
    ExprStmt,
    ExprStore,
    FieldAccess,
    FnPtrType,
    GenericArgsRef,
    If,
    ImplTraitType,
    Index,
    InferType,
    InlineConst,
    LangPath,
    Let,
    LifetimeRef,
    Literal,
    LitKind,
    LitPat,
    Loop,
    Match,
    MethodCall,
    MissingExpr,
    MissingPat,
    NeverType,
    OffsetOf,
    OrPat,
    Pat,
    PathExpr,
    PathPat,
    PathType,
    PatId,
    Printf,
    PtrType,
    PtxAsm,
    RangePat,
    RecordLit,
    RecordPat,
    RefPat,
    RefType,
    Repeat,
    RestPat,
    Return,
    SlicePat,
    SliceType,
    Stmt,
    Tuple,
    TuplePat,
    TupleStructPat,
    TupleType,
    TypeRef,
    Unary,
    UnsupportedExpr,
    WildPat,
)


def print_body(body: Body) -> str:
    """The root expression of a body, and its parameters' patterns if it has any."""
    printer = Printer(body.store)
    params = ", ".join(printer.pat(pat) for pat in body.params)
    text = printer.expr(body.root)
    return f"|{params}| {text}\n" if body.params else text + "\n"


class Printer:
    def __init__(self, store: ExprStore) -> None:
        self.store = store
        self.depth = 0

    # ------------------------------------------------------------ paths and types

    def path(self, path: AnyPath) -> str:
        if isinstance(path, LangPath):
            return f"#{path.item}"
        anchors = {"::": "::", "crate": "crate::", "self": "self::", "$crate": f"${path.krate}::"}
        text = "super::" * path.n_super if path.anchor == "super" else anchors.get(path.anchor, "")
        names = [s.name + (self.generic_args(s.args) if s.args is not None else "") for s in path.segments]
        if path.qself is None:
            return text + "::".join(names)
        n = path.n_trait_segments
        as_trait = f" as {text}{'::'.join(names[:n])}" if n else ""
        return f"<{self.ty(path.qself)}{as_trait}>" + "".join(f"::{name}" for name in names[n:])

    def generic_args(self, args: GenericArgsRef) -> str:
        if args.parenthesized:
            ret = args.bindings[0].ty
            inner = ", ".join(self.generic_arg(a) for a in args.args)
            return f"({inner})" + (f" -> {self.ty(ret)}" if ret is not None and ret != TupleType((), ret.span) else "")
        parts = [self.generic_arg(a) for a in args.args]
        for binding in args.bindings:
            name = binding.name + (self.generic_args(binding.args) if binding.args is not None else "")
            if binding.bounds:
                parts.append(f"{name}: {self.bounds(binding.bounds)}")
            else:
                value = binding.ty if binding.ty is not None else binding.const
                parts.append(f"{name} = {self.generic_arg(value) if value is not None else '?'}")
        return f"::<{', '.join(parts)}>"

    def generic_arg(self, arg: TypeRef | ConstArgRef | LifetimeRef) -> str:
        if isinstance(arg, LifetimeRef):
            return f"'{arg.name}"
        return self.const_arg(arg) if isinstance(arg, ConstArgRef) else self.ty(arg)

    def const_arg(self, arg: ConstArgRef) -> str:
        return self.expr(self.store.anon_consts[arg.anon].expr)

    def bounds(self, bounds: tuple[BoundRef, ...]) -> str:
        return " + ".join(self._bound(b) for b in bounds)

    def _bound(self, bound: BoundRef) -> str:
        if bound.lifetime is not None:
            return f"'{bound.lifetime.name}"
        assert bound.path is not None
        return self._for(bound.for_lifetimes) + "?" * bound.maybe + self.path(bound.path)

    def _for(self, lifetimes: tuple[LifetimeRef, ...]) -> str:
        return f"for<{', '.join(chr(39) + lt.name for lt in lifetimes)}> " if lifetimes else ""

    def ty(self, ty: TypeRef) -> str:
        if isinstance(ty, PathType):
            return self.path(ty.path).replace("::<", "<")
        if isinstance(ty, RefType):
            lifetime = f"'{ty.lifetime.name} " if ty.lifetime is not None else ""
            return f"&{lifetime}{'mut ' * ty.mutable}{self.ty(ty.ty)}"
        if isinstance(ty, PtrType):
            return f"*{'mut' if ty.mutable else 'const'} {self.ty(ty.ty)}"
        if isinstance(ty, SliceType):
            return f"[{self.ty(ty.ty)}]"
        if isinstance(ty, ArrayType):
            return f"[{self.ty(ty.ty)}; {self.generic_arg(ty.len)}]"
        if isinstance(ty, TupleType):
            return _parenthesized([self.ty(e) for e in ty.elems])
        if isinstance(ty, FnPtrType):
            ret = f" -> {self.ty(ty.ret)}" if ty.ret is not None else ""
            head = self._for(ty.lifetimes) + "unsafe " * ty.is_unsafe + (f'extern "{ty.abi}" ' if ty.abi else "")
            return f"{head}fn({', '.join(self.ty(p) for p in ty.params)}){ret}"
        if isinstance(ty, (ImplTraitType, DynTraitType)):
            return ("impl " if isinstance(ty, ImplTraitType) else "dyn ") + self.bounds(ty.bounds)
        plain: dict[type, str] = {NeverType: "!", InferType: "_", ErrorType: "<error>"}
        return plain[type(ty)]

    # ------------------------------------------------------------ patterns

    def pat(self, pat_id: PatId) -> str:
        pat = self.store.pats[pat_id]
        return _PATS[type(pat)](self, pat)

    def pats(self, pats: tuple[PatId, ...]) -> list[str]:
        return [self.pat(p) for p in pats]

    # ------------------------------------------------------------ expressions

    def expr(self, expr_id: ExprId) -> str:
        expr = self.store.exprs[expr_id]
        return _EXPRS[type(expr)](self, expr)

    def operand(self, expr_id: ExprId) -> str:
        """An operand, in parentheses unless it is atomic."""
        text = self.expr(expr_id)
        compound = (Binary, Unary, Cast, Assign, AssignOp, AddrOf, Closure, Let, Return, Break, If, Match, Loop)
        return f"({text})" if isinstance(self.store.exprs[expr_id], compound) else text

    def exprs(self, exprs: tuple[ExprId, ...]) -> list[str]:
        return [self.expr(e) for e in exprs]

    def indented(self, lines: Sequence[Callable[[], str]]) -> str:
        """``{ lines }`` one step further in."""
        if not lines:
            return "{}"
        self.depth += 1
        inside = "".join("\n" + "    " * self.depth + line() for line in lines)
        self.depth -= 1
        return "{" + inside + "\n" + "    " * self.depth + "}"

    def block(self, block: Block) -> str:
        lines: list[Callable[[], str]] = [lambda d=d: f"// item {d.name}" for d in block.items]  # type: ignore[misc]
        lines += [lambda s=s: self.stmt(s) for s in block.stmts]  # type: ignore[misc]
        if block.tail is not None:
            tail = block.tail
            lines.append(lambda: self.expr(tail))
        return (f"'{block.label}: " if block.label else "") + "unsafe " * block.is_unsafe + self.indented(lines)

    def stmt(self, stmt: Stmt) -> str:
        if isinstance(stmt, ExprStmt):
            return self.expr(stmt.expr) + ";" * stmt.has_semi
        text = f"let {self.pat(stmt.pat)}"
        if stmt.ty is not None:
            text += f": {self.ty(stmt.ty)}"
        if stmt.init is not None:
            text += f" = {self.expr(stmt.init)}"
        return text + (f" else {self.expr(stmt.else_branch)}" if stmt.else_branch is not None else "") + ";"


def _parenthesized(parts: list[str]) -> str:
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


# ---------------------------------------------------------------- one function per node


def _bind_pat(p: Printer, pat: BindPat) -> str:
    mode = pat.mode.value + " " if pat.mode.value else ""
    return mode + pat.name + (f" @ {p.pat(pat.sub)}" if pat.sub is not None else "")


def _record_pat(p: Printer, pat: RecordPat) -> str:
    fields = [f"{f.name}: {p.pat(f.pat)}" for f in pat.fields] + [".."] * pat.has_rest
    return f"{p.path(pat.path)} {{ {', '.join(fields)} }}"


def _range_pat(p: Printer, pat: RangePat) -> str:
    low = p.expr(pat.start) if pat.start is not None else ""
    return f"{low}{'..=' if pat.inclusive else '..'}{p.expr(pat.end) if pat.end is not None else ''}"


_PATS: dict[type[Pat], Callable[..., str]] = {
    WildPat: lambda p, pat: "_",
    RestPat: lambda p, pat: "..",
    BindPat: _bind_pat,
    PathPat: lambda p, pat: p.path(pat.path),
    TupleStructPat: lambda p, pat: f"{p.path(pat.path)}({', '.join(p.pats(pat.pats))})",
    RecordPat: _record_pat,
    TuplePat: lambda p, pat: _parenthesized(p.pats(pat.pats)),
    SlicePat: lambda p, pat: f"[{', '.join(p.pats(pat.pats))}]",
    RefPat: lambda p, pat: f"&{'mut ' * pat.mutable}{p.pat(pat.pat)}",
    LitPat: lambda p, pat: p.expr(pat.expr),
    RangePat: _range_pat,
    OrPat: lambda p, pat: " | ".join(p.pats(pat.pats)),
    MissingPat: lambda p, pat: "<missing>",
}


def _literal(p: Printer, lit: Literal) -> str:
    suffix = f"_{lit.suffix}" if lit.suffix else ""
    value = lit.value
    if lit.kind is LitKind.BOOL:
        return "true" if value else "false"
    if lit.kind is LitKind.CHAR:
        return f"'{chr(int(value))}'".encode("unicode_escape").decode()
    if lit.kind is LitKind.BYTE:
        return f"b'\\x{int(value):02x}'"
    if isinstance(value, bytes):
        return repr(value) if lit.kind is LitKind.BYTE_STR else "c" + repr(value)[1:]
    if lit.kind is LitKind.STR:
        return '"' + str(value).encode("unicode_escape").decode().replace('"', '\\"') + '"'
    return f"{value}{suffix}"


def _method_call(p: Printer, call: MethodCall) -> str:
    generic = p.generic_args(call.generic_args) if call.generic_args is not None else ""
    return f"{p.operand(call.receiver)}.{call.name}{generic}({', '.join(p.exprs(call.args))})"


def _if(p: Printer, node: If) -> str:
    text = f"if {p.expr(node.cond)} {p.expr(node.then_branch)}"
    return text + (f" else {p.expr(node.else_branch)}" if node.else_branch is not None else "")


def _match(p: Printer, node: Match) -> str:
    def arm(index: int) -> str:
        a = node.arms[index]
        guard = f" if {p.expr(a.guard)}" if a.guard is not None else ""
        return f"{p.pat(a.pat)}{guard} => {p.expr(a.body)},"

    return f"match {p.expr(node.scrutinee)} " + p.indented([lambda i=i: arm(i) for i in range(len(node.arms))])  # type: ignore[misc]


def _loop(p: Printer, node: Loop) -> str:
    unroll = "" if node.unroll is None else "#[unroll] " if node.unroll == 0 else f"#[unroll({node.unroll})] "
    if node.unroll_anon is not None:
        unroll = f"#[unroll({p.expr(p.store.anon_consts[node.unroll_anon].expr)})] "
    return unroll + (f"'{node.label}: " if node.label else "") + f"loop {p.expr(node.body)}"


def _jump(word: str, p: Printer, label: str | None, value: ExprId | None) -> str:
    return word + (f" '{label}" if label else "") + (f" {p.expr(value)}" if value is not None else "")


def _closure(p: Printer, node: Closure) -> str:
    params = [p.pat(c.pat) + (f": {p.ty(c.ty)}" if c.ty is not None else "") for c in node.params]
    ret = f" -> {p.ty(node.ret)}" if node.ret is not None else ""
    return f"{'move ' * node.is_move}|{', '.join(params)}|{ret} {p.expr(node.body)}"


def _record_lit(p: Printer, node: RecordLit) -> str:
    fields = [f"{f.name}: {p.expr(f.expr)}" for f in node.fields]
    fields += [f"..{p.expr(node.base)}"] if node.base is not None else []
    return f"{p.path(node.path)} {{ {', '.join(fields)} }}"


def _ptx_asm(p: Printer, node: PtxAsm) -> str:
    operands = [f'{o.kind}("{o.constraint}") {p.expr(o.expr)}' for o in node.operands]
    options = ["register_only"] * node.register_only + ["may_diverge"] * node.may_diverge
    tail = ['clobber("memory")'] * node.memory_clobber + [f"options({', '.join(options)})"] * bool(options)
    return "ptx_asm!(" + ", ".join([repr(node.template), *operands, *tail]) + ")"


def _addr_of(p: Printer, node: AddrOf) -> str:
    raw = ("raw mut " if node.mutable else "raw const ") if node.raw else "mut " * node.mutable
    return f"&{raw}{p.operand(node.expr)}"


_EXPRS: dict[type[Expr], Callable[..., str]] = {
    Literal: _literal,
    PathExpr: lambda p, e: p.path(e.path),
    Call: lambda p, e: f"{p.operand(e.callee)}({', '.join(p.exprs(e.args))})",
    MethodCall: _method_call,
    FieldAccess: lambda p, e: f"{p.operand(e.base)}.{e.name}",
    Index: lambda p, e: f"{p.operand(e.base)}[{p.expr(e.index)}]",
    Unary: lambda p, e: f"{e.op}{p.operand(e.expr)}",
    Binary: lambda p, e: f"{p.operand(e.left)} {e.op} {p.operand(e.right)}",
    Assign: lambda p, e: f"{p.expr(e.target)} = {p.expr(e.value)}",
    AssignOp: lambda p, e: f"{p.expr(e.target)} {e.op}= {p.expr(e.value)}",
    AddrOf: _addr_of,
    Cast: lambda p, e: f"{p.operand(e.expr)} as {p.ty(e.ty)}",
    Block: lambda p, e: p.block(e),
    If: _if,
    Let: lambda p, e: f"let {p.pat(e.pat)} = {p.expr(e.expr)}",
    Match: _match,
    Loop: _loop,
    Break: lambda p, e: _jump("break", p, e.label, e.expr),
    Continue: lambda p, e: _jump("continue", p, e.label, None),
    Return: lambda p, e: _jump("return", p, None, e.expr),
    Closure: _closure,
    Tuple: lambda p, e: _parenthesized(p.exprs(e.elems)),
    Array: lambda p, e: f"[{', '.join(p.exprs(e.elems))}]",
    Repeat: lambda p, e: f"[{p.expr(e.elem)}; {p.generic_arg(e.count)}]",
    RecordLit: _record_lit,
    InlineConst: lambda p, e: f"const {p.expr(p.store.anon_consts[e.anon].expr)}",
    PtxAsm: _ptx_asm,
    Printf: lambda p, e: f"printf({e.format!r}, {', '.join(p.exprs(e.args))})",
    OffsetOf: lambda p, e: f"offset_of!({p.ty(e.ty)}, {'.'.join(e.fields)})",
    UnsupportedExpr: lambda p, e: f"<unsupported {e.construct}>",
    MissingExpr: lambda p, e: "<missing>",
}
