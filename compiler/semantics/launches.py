"""Launches in host code: which configuration a kernel is launched with, as far as the source says it in constants.

What it is: a reading of host bodies: ``LaunchConfig { grid_dim, block_dim, .. }``, ``LaunchConfig::for_num_elems(n)``,
``LaunchConfig1D::new(..)`` and its like, written at the launch or bound by a ``let`` before it. Assumes: host code may
not be understood. Guarantees: a dimension is None where it is not a constant; a launch that is not recognised makes
:func:`launched_blocks` empty rather than incomplete.

Example: ``module.k(&s, LaunchConfig { grid_dim: (4, 1, 1), block_dim: (64, 1, 1), shared_mem_bytes: 0 }, ..)`` is a
launch of ``k`` with block (64, 1, 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from compiler.analysis.contracts.launch import UNKNOWN, Dims, HostLaunch
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.attrs import is_device_body, is_kernel
from compiler.resolve.lowering import body
from compiler.resolve.source import item_source
from compiler.semantics.definitions import BODY_OWNERS, crate_definitions, user_crates
from compiler.ty import results as r

ELEMENTS_BLOCK = 256  # threads of a block in ``LaunchConfig::for_num_elems``


@query
def host_launches(db: Database, krate: DefId) -> tuple[HostLaunch, ...]:
    """Every launch of a kernel in the crate's host bodies."""
    owners = [d for d in crate_definitions(db, krate) if d.kind in BODY_OWNERS]
    return tuple(launch for owner in owners for launch in body_launches(db, owner))


@query
def body_launches(db: Database, owner: DefId) -> tuple[HostLaunch, ...]:
    """The launches in one host body."""
    lowered = body(db, owner)
    if lowered is None or (owner.kind is DefKind.FN and is_device_body(db, owner)):
        return ()
    return tuple(_Reader(db, owner, lowered).launches(kernel_names(db)))


@query
def kernel_names(db: Database) -> frozenset[str]:
    """Of the kernels of the user's crates."""
    return frozenset(d.name for c in user_crates(db) for d in crate_definitions(db, c) if _is_kernel(db, d))


def _is_kernel(db: Database, def_id: DefId) -> bool:
    return def_id.kind is DefKind.FN and is_kernel(db, def_id)


def launches_of(db: Database, kernel: DefId) -> tuple[HostLaunch, ...]:
    """All launches of a kernel in the user's crates."""
    return tuple(x for krate in user_crates(db) for x in host_launches(db, krate) if x.kernel == kernel.name)


def launched_blocks(db: Database, kernel: DefId) -> tuple[tuple[int, int, int], ...]:
    """Block shapes of all launches of a kernel; () if there is none or one is not known."""
    shapes: dict[tuple[int, int, int], None] = {}
    for launch in launches_of(db, kernel):
        x, y, z = launch.block
        if launch.prepared or x is None or y is None or z is None:
            return ()
        shapes[(x, y, z)] = None
    return tuple(shapes)


_SUFFIXES = ("_async_owned_unchecked", "_async_unchecked", "_async_owned", "_unchecked", "_async")


def _kernel_name(method: str, names: frozenset[str]) -> tuple[str, str] | None:
    """The kernel a generated method launches or prepares, and what is added to its name."""
    if method in names:
        return method, ""
    for suffix in _SUFFIXES:
        if method.endswith(suffix) and method[: -len(suffix)] in names:
            return method[: -len(suffix)], suffix
    if method.startswith("prepare_"):
        rest = method.removeprefix("prepare_")
        for name in (rest, rest.removesuffix("_for")):
            if name in names:
                return name, "prepare"
    return None


class _Reader:
    """Reads one host body."""

    def __init__(self, db: Database, owner: DefId, lowered: h.Body) -> None:
        self.db = db
        self.owner = owner
        self.store = lowered.store
        self.bindings = _bindings(lowered.store)
        self.source = item_source(db, owner)

    def launches(self, names: frozenset[str]) -> Iterator[HostLaunch]:
        store = self.store
        for i, expr in enumerate(store.exprs):
            if isinstance(expr, h.MethodCall):
                named = _kernel_name(expr.name, names)
                if named is not None:
                    yield self._method(i, expr, *named)
            elif isinstance(expr, h.Call) and len(expr.args) == 2 and self._tail(expr.callee) == "launched":
                launch = self._macro(i, expr)
                if launch is not None and launch.kernel in names:
                    yield launch

    def _method(self, i: int, expr: h.MethodCall, kernel: str, suffix: str) -> HostLaunch:
        position = 0 if suffix.startswith(("_async", "prepare")) else 1
        config = expr.args[-1] if suffix == "prepare" and expr.args else None
        if config is None and len(expr.args) > position:
            config = expr.args[position]
        facts = self._config(config) if config is not None else None
        span = self.store.expr_spans[config] if config is not None else None
        base = facts or _Config()
        prepared, unchecked = suffix == "prepare", suffix.endswith("_unchecked")
        return HostLaunch(
            self.owner,
            kernel,
            expr.name_span,
            base.grid,
            base.block,
            base.shared,
            base.rank,
            span,
            prepared,
            unchecked,
        )

    def _macro(self, i: int, expr: h.Call) -> HostLaunch | None:
        kernel, fields = self.store.exprs[expr.args[0]], self.store.exprs[expr.args[1]]
        text = b"cooperative" in self.source[self.store.expr_spans[i].start : self.store.expr_spans[i].end]
        if not isinstance(kernel, h.PathExpr) or not isinstance(kernel.path, h.Path):
            return None
        base, span = _Config(), None
        for elem in fields.elems if isinstance(fields, h.Tuple) else ():
            found = self._config(elem)
            if found is not None:
                base, span = found, self.store.expr_spans[elem]
        name = kernel.path.segments[-1].name
        return HostLaunch(
            self.owner, name, self.store.expr_spans[expr.args[0]], base.grid, base.block, base.shared, base.rank, span,
            cooperative=text,
        )  # fmt: skip

    # -- configurations

    def _config(self, expr: h.ExprId) -> _Config | None:
        node = self.store.exprs[self._followed(expr)]
        if isinstance(node, h.RecordLit):
            return self._literal(node)
        if isinstance(node, h.Call):
            return self._constructor(node)
        if isinstance(node, h.MethodCall) and node.name in ("unwrap", "expect"):
            return self._config(node.receiver)
        return None

    def _literal(self, node: h.RecordLit) -> _Config | None:
        if not isinstance(node.path, h.Path) or node.path.segments[-1].name != "LaunchConfig":
            return None
        config = _Config()
        for f in node.fields:
            if f.name == "grid_dim":
                config.grid = self._dims(f.expr)
            elif f.name == "block_dim":
                config.block = self._dims(f.expr)
            elif f.name == "shared_mem_bytes":
                config.shared = self._number(f.expr)
        return config

    def _constructor(self, node: h.Call) -> _Config | None:
        callee = self.store.exprs[node.callee]
        if not isinstance(callee, h.PathExpr) or not isinstance(callee.path, h.Path) or len(callee.path.segments) < 2:
            return None
        type_name, function = callee.path.segments[-2].name, callee.path.segments[-1].name
        if type_name == "LaunchConfig" and function == "for_num_elems":
            return _Config((None, 1, 1), (ELEMENTS_BLOCK, 1, 1), 0)
        if type_name.startswith("LaunchConfig") and type_name.endswith("D") and function == "new":
            rank = int(type_name[-2]) if type_name[-2].isdigit() else 0
            if len(node.args) >= 2:
                shared = self._number(node.args[2]) if len(node.args) > 2 else 0
                return _Config(self._padded(node.args[0]), self._padded(node.args[1]), shared, rank)
        return None

    def _padded(self, expr: h.ExprId) -> Dims:
        node = self.store.exprs[self._followed(expr)]
        if isinstance(node, h.Tuple):
            values = [self._number(e) for e in node.elems][:3]
            x, y, z = [*values, 1, 1, 1][:3]
            return x, y, z
        return self._number(expr), 1, 1

    def _dims(self, expr: h.ExprId) -> Dims:
        node = self.store.exprs[self._followed(expr)]
        if isinstance(node, h.Tuple) and len(node.elems) == 3:
            x, y, z = (self._number(e) for e in node.elems)
            return x, y, z
        return UNKNOWN

    # -- constants

    def _number(self, expr: h.ExprId) -> int | None:
        node = self.store.exprs[self._followed(expr)]
        if isinstance(node, h.Literal):
            return node.value if isinstance(node.value, int) and not isinstance(node.value, bool) else None
        if isinstance(node, h.Cast):
            return self._number(node.expr)
        if isinstance(node, h.PathExpr):
            return self._constant(self._followed(expr))
        if isinstance(node, h.Binary):
            a, b = self._number(node.left), self._number(node.right)
            if a is not None and b is not None:
                return {"*": a * b, "+": a + b, "-": a - b, "/": a // b if b else None}.get(str(node.op))
        return None

    def _constant(self, expr: h.ExprId) -> int | None:
        """The value of a ``const`` item."""
        from compiler.mir.body import ScalarConst
        from compiler.mir.consteval.queries import const_value_of

        res = self.values.get(expr)
        if isinstance(res, r.DefRes) and res.def_id.kind is DefKind.CONST and not res.args:
            value = const_value_of(self.db, res.def_id)
            return value.bits if isinstance(value, ScalarConst) else None
        return None

    def _followed(self, expr: h.ExprId, depth: int = 8) -> h.ExprId:
        """Through immutable variables to what they were bound to."""
        res = self.values.get(expr) if depth else None
        if isinstance(res, r.LocalRes) and res.pat in self.bindings:
            return self._followed(self.bindings[res.pat], depth - 1)
        return expr

    @cached_property
    def values(self) -> dict[h.ExprId, object]:
        """What the paths of the body name."""
        from compiler.ty.infer import infer

        return infer(self.db, self.owner).values  # type: ignore[return-value]

    def _tail(self, expr: h.ExprId) -> str:
        node = self.store.exprs[expr]
        return node.path.segments[-1].name if isinstance(node, h.PathExpr) and isinstance(node.path, h.Path) else ""


@dataclass(slots=True)
class _Config:
    grid: Dims = UNKNOWN
    block: Dims = UNKNOWN
    shared: int | None = None
    rank: int = 0


def _bindings(store: h.ExprStore) -> dict[h.PatId, h.ExprId]:
    """Initialisers of immutable variables."""
    found: dict[h.PatId, h.ExprId] = {}
    for expr in store.exprs:
        for s in expr.stmts if isinstance(expr, h.Block) else ():
            if isinstance(s, h.LetStmt) and s.init is not None:
                pat = store.pats[s.pat]
                if isinstance(pat, h.BindPat) and pat.mode is not h.BindingAnnotation.MUTABLE:
                    found[s.pat] = s.init
    return found
