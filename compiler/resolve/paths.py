"""How a path of plain names is followed through modules, whatever holds the modules.

What it is: the one algorithm for ``a::b::c``, used while imports are still being resolved
(:mod:`compiler.resolve.collector`) and afterwards on queries (:mod:`compiler.resolve.resolver`). :class:`ModulePaths`
is what it needs to know of the modules.

Guarantees: a step into something unknown makes the whole path :class:`Unknown`, never an error. A step into a type
stops there and says how many segments were used; the rest are associated items.

Example: ``core::option::Option::map`` resolves to ``Option`` with three segments used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve.scope import Binding, Namespace, PrimitiveName, Target, Unknown, is_visible

PRIMITIVE_NAMES = frozenset(
    [
        "bool",
        "char",
        "str",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "f16",
        "f32",
        "f64",
        "f128",
    ]
)
_PRIMITIVES = {name: Binding(PrimitiveName(name), None, None) for name in PRIMITIVE_NAMES}
# Names of std's prelude that the library, which has no heap, does not define.
STD_PRELUDE = {
    "Vec": "std::vec::Vec",
    "String": "std::string::String",
    "Box": "std::boxed::Box",
    "ToString": "std::string::ToString",
    "ToOwned": "std::borrow::ToOwned",
}
STD_MACROS = frozenset(
    [
        "vec",
        "format",
        "println",
        "print",
        "eprintln",
        "eprint",
        "dbg",
        "thread_local",
        "write",
        "writeln",
        "format_args",
        "env",
        "option_env",
        "include",
        "include_str",
        "include_bytes",
        "compile_error",
        "is_x86_feature_detected",
        "global_asm",
        "asm",
        "test",
        "bench",
        "derive",
        "global_allocator",
    ]
)


class ModulePaths(Protocol):
    """Modules as path resolution sees them."""

    def member(self, module: DefId, namespace: Namespace, name: str) -> Binding | None: ...

    def is_open(self, module: DefId) -> bool:
        """Whether names that are not found may exist all the same."""

    def crate_is_open(self, krate: DefId) -> bool:
        """Whether other crates may name items of it that it does not have (the library's ``core`` is not all of
        ``core``).
        """

    def variant(self, enum_def: DefId, name: str) -> DefId | None: ...

    def extern_crate(self, krate: DefId, name: str) -> Target | None: ...

    def prelude(self, krate: DefId) -> DefId | None: ...


@dataclass(frozen=True, slots=True)
class PathResult:
    """``used`` segments lead to ``target``; target None: segment ``used`` was not found in ``within`` (None: in scope).

    ``private``: index of the first segment that is not visible from here, if any.
    """

    target: Target | None
    used: int
    within: DefId | None = None
    private: int | None = None


def enclosing_scopes(scope: DefId) -> Iterator[DefId]:
    """The scopes whose items a relative path sees: bodies outward, then the nearest module."""
    at: DefId | None = scope
    while at is not None:
        if at.kind in (DefKind.MOD, DefKind.CRATE):
            yield at
            return
        if at.kind in (DefKind.FN, DefKind.CONST, DefKind.STATIC):
            yield at
        at = at.parent


def resolve_names(
    modules: ModulePaths,
    scope: DefId,
    names: Sequence[str],
    namespace: Namespace,
    anchor: str = "",
    n_super: int = 0,
    krate: str = "",
) -> PathResult:
    """Resolve ``names`` from ``scope`` (see :class:`compiler.hir.nodes.Path` for ``anchor``, ``n_super``,
    ``krate``).
    """
    start = _anchored(scope, anchor, n_super, krate)
    if start is not None:
        return _follow(modules, scope, start, names, 0, namespace, None) if names else PathResult(start, 0)
    if not names:  # ``use ::*``
        return PathResult(None, 0)
    last = len(names) == 1
    binding = first_segment(modules, scope, names[0], namespace if last else Namespace.TYPES, anchor == "::")
    if binding is None:
        return PathResult(None, 0)
    private = None if is_visible(binding.visibility, scope) else 0
    return _follow(modules, scope, binding.target, names, 1, namespace, private)


def _anchored(scope: DefId, anchor: str, n_super: int, krate: str) -> DefId | None:
    if anchor == "crate":
        return scope.krate
    if anchor == "$crate":
        return DefId.crate(krate) if krate else scope.krate
    if anchor in ("self", "super"):
        module: DefId = scope.module
        for _ in range(n_super):
            if module.parent is None:
                break
            module = module.parent.module
        return module
    return None


def _follow(
    modules: ModulePaths,
    scope: DefId,
    target: Target,
    names: Sequence[str],
    at: int,
    namespace: Namespace,
    private: int | None,
) -> PathResult:
    n = len(names)
    while at < n:
        if isinstance(target, Unknown):
            return PathResult(Unknown("::".join((target.path, *names[at:]))), n, None, private)
        if isinstance(target, PrimitiveName):
            break
        if target.kind in (DefKind.MOD, DefKind.CRATE):
            binding = modules.member(target, namespace if at == n - 1 else Namespace.TYPES, names[at])
            if binding is None:
                if modules.is_open(target) or (target.krate is not scope.krate and modules.crate_is_open(target.krate)):
                    return PathResult(Unknown("::".join((target.path, *names[at:]))), n, None, private)
                return PathResult(None, at, target, private)
            if private is None and not is_visible(binding.visibility, scope):
                if target.krate is not scope.krate and modules.crate_is_open(target.krate):
                    return PathResult(Unknown("::".join((target.path, *names[at:]))), n, None, None)
                private = at
            target = binding.target
        elif target.kind is DefKind.ENUM:
            variant = modules.variant(target, names[at])
            if variant is None:
                break
            target = variant
        else:
            break
        at += 1
    if isinstance(target, Unknown):
        at = n
    return PathResult(target, at, None, private)


def first_segment(
    modules: ModulePaths, scope: DefId, name: str, namespace: Namespace, is_global: bool = False
) -> Binding | None:
    """The meaning of a relative path's first name: items of enclosing bodies and the module, crates, the
    prelude, built-in types.
    """
    if is_global:
        target = modules.extern_crate(scope.krate, name) if namespace is Namespace.TYPES else None
        return Binding(target, None, None) if target is not None else None
    for at in enclosing_scopes(scope):
        binding = modules.member(at, namespace, name)
        if binding is not None:
            return binding
    krate = scope.krate
    if namespace is Namespace.TYPES:
        target = modules.extern_crate(krate, name)
        if target is not None:
            return Binding(target, None, None)
        if name in PRIMITIVE_NAMES:
            return _PRIMITIVES[name]
    binding = _prelude_binding(modules, krate, name, namespace)
    if binding is None and any(modules.is_open(at) for at in enclosing_scopes(scope)):
        return Binding(Unknown(name), None, None)
    return binding


def _prelude_binding(modules: ModulePaths, krate: DefId, name: str, namespace: Namespace) -> Binding | None:
    prelude = modules.prelude(krate)
    if prelude is not None:
        binding = modules.member(prelude, namespace, name)
        if binding is None and namespace is Namespace.MACROS:
            binding = modules.member(prelude.krate, namespace, name)
        if binding is not None:
            return binding
    if namespace is Namespace.MACROS:
        return Binding(Unknown(f"std::{name}"), None, None) if name in STD_MACROS else None
    std_path = STD_PRELUDE.get(name)
    return Binding(Unknown(std_path), None, None) if std_path is not None else None
