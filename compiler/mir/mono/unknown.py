"""Why a reached body cannot be compiled although nothing in it is a type error: it uses what this compiler does not
know.

Host code may use crates that are not understood; there, unknown names are silent. Device code that uses one gets a
diagnostic here: heap allocation and formatted output are named as what they are.

Assumes: a body whose inference is tainted without an error. Guarantees: at least one diagnostic, at the innermost
unknown expression.

Example: ``let v = Vec::new();`` in a kernel: "heap allocation is not supported in kernels".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.mono.errors import (
    FormattedOutput,
    HeapAllocation,
    IntrinsicAbi,
    UnknownItem,
    UnsupportedConstruct,
)
from compiler.query import Database
from compiler.resolve.def_map import module_scope
from compiler.resolve.scope import Unknown
from compiler.ty import types as t
from compiler.ty.results import DefRes, LocalRes, ValueRes

HEAP: Final = frozenset(
    (
        *("Vec", "Box", "String", "Rc", "Arc", "HashMap", "HashSet", "BTreeMap", "BTreeSet", "VecDeque", "BinaryHeap"),
        *("Cow", "to_vec", "to_string", "to_owned", "collect", "into_boxed_slice", "into_vec", "vec", "format"),
        *("concat", "join", "repeat", "to_ascii_uppercase", "to_ascii_lowercase", "to_uppercase", "to_lowercase"),
        *("replace", "replacen"),
    )
)
FORMATTING: Final = frozenset(
    ("println", "print", "eprintln", "eprint", "write", "writeln", "dbg", "format_args", "fmt")
)
INTRINSIC_ABI: Final = "__cuda_oxide_intrinsic_abi_"
MAX_SHOWN: Final = 3


def unsupported_construct(owner: DefId, span: Span, construct: str) -> Diagnostic:
    """What MIR building could not lower, told in the user's terms."""
    name = construct.removeprefix("macro `").removesuffix("!`")
    if construct.startswith("macro `") and name in HEAP:
        return HeapAllocation(owner, span, f"{name}!").to_diagnostic()
    if construct.startswith("macro `") and name in FORMATTING:
        return FormattedOutput(owner, span, f"{name}!").to_diagnostic()
    return UnsupportedConstruct(owner, span, construct).to_diagnostic()


def unknown_diagnostics(db: Database, def_id: DefId) -> list[Diagnostic]:
    """What a body uses that is not known, and the constants it names do; a few, in source order."""
    from compiler.resolve.lowering import body
    from compiler.ty.infer import body_owner

    owner = body_owner(def_id)
    lowered = body(db, owner)
    if lowered is None:
        return []
    found = list(islice(_unknown_in(db, owner, {owner}), MAX_SHOWN))
    return found or [UnknownItem(owner, lowered.store.expr_spans[lowered.root], owner.name).to_diagnostic()]


def _unknown_in(db: Database, owner: DefId, seen: set[DefId], is_constant: bool = False) -> Iterator[Diagnostic]:
    from compiler.resolve.lowering import body
    from compiler.ty.infer import infer

    lowered = body(db, owner)
    result = infer(db, owner)
    if lowered is None or result.diagnostics:
        return
    store = lowered.store
    for i, ty in sorted(result.expr_types.items()):
        expr = store.exprs[i]
        evaluated = _evaluated(result.values.get(i), is_constant)
        if evaluated is not None and evaluated not in seen:
            seen.add(evaluated)
            yield from _unknown_in(db, evaluated, seen, True)
        if ty is not t.ERROR:
            continue
        if isinstance(expr, h.UnsupportedExpr):
            yield unsupported_construct(owner, store.expr_spans[i], expr.construct)
        if isinstance(result.values.get(i), LocalRes):
            continue  # a variable of what is unknown: what it was made of says more
        follows = isinstance(expr, h.MethodCall) and result.expr_types.get(expr.receiver) is t.ERROR
        named = None if follows else _named(expr)
        if named is not None:
            yield _unknown(owner, store.expr_spans[i], _imported(db, owner, named))


def _evaluated(value: ValueRes | None, in_constant: bool) -> DefId | None:
    """What evaluating a path runs at compile time: a constant, and in one a function."""
    kinds = (DefKind.CONST, DefKind.STATIC, DefKind.FN) if in_constant else (DefKind.CONST, DefKind.STATIC)
    return value.def_id if isinstance(value, DefRes) and value.def_id.kind in kinds else None


def _named(expr: h.Expr) -> tuple[str, ...] | None:
    if isinstance(expr, h.PathExpr) and isinstance(expr.path, h.Path):
        return tuple(h.strip_mark(s.name) for s in expr.path.segments)
    return (expr.name,) if isinstance(expr, h.MethodCall) else None


def _imported(db: Database, owner: DefId, names: tuple[str, ...]) -> tuple[str, ...]:
    """A name that an import brings, by the path the import writes."""
    scope = module_scope(db, owner.module)
    binding = scope.values.get(names[0]) or scope.types.get(names[0]) if scope is not None else None
    target = binding.target if binding is not None else None
    return (*target.path.split("::"), *names[1:]) if isinstance(target, Unknown) else names


def _unknown(owner: DefId, span: Span, names: tuple[str, ...]) -> Diagnostic:
    if any(name.startswith(INTRINSIC_ABI) for name in names):
        return IntrinsicAbi(owner, span, "::".join(names)).to_diagnostic()
    if not HEAP.isdisjoint(names):
        return HeapAllocation(owner, span, "::".join(names)).to_diagnostic()
    if not FORMATTING.isdisjoint(names):
        return FormattedOutput(owner, span, "::".join(names)).to_diagnostic()
    return UnknownItem(owner, span, "::".join(names)).to_diagnostic()
