"""Types: interned, immutable, compared by identity.

What it is: rustc's ``Ty`` in Python. Every constructor interns, so equal types are the same object; ``flags`` say in
O(1) whether a type holds inference variables, parameters, projections, regions other than erased, or errors, so folds
can stop early.

- Generic arguments (``GenericArgs``) are tuples of ``Ty | Region | Const`` ordered as rustc orders them: the parent's
  parameters first (``Self`` of a trait is index 0), then lifetimes, then types and consts in declaration order.
- Regions are part of types (``RefTy.region``, lifetime arguments). Type inference works with ``ERASED`` regions;
  signatures carry named ones (``EarlyParamRegion``/``BoundRegion``); the borrow checker renumbers.
- Closures: ``ClosureTy(def_id, args)`` with args = the parent's args; kind, signature and captures are looked up in
  the owner's ``InferenceResult.closures`` (and instantiated with args). FnDef types: ``FnDefTy(def_id, args)`` (also
  tuple constructors).
- ``AliasTy``: projection ``<T as Trait>::Assoc`` (def_id of the trait's associated type, args = trait args + own
  args); or opaque (``impl Trait`` in return position: kind OPAQUE, def_id of the function, index among its opaques).

>>> RefTy(ERASED, u32, False) is RefTy(ERASED, u32, False)
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final

from compiler.hir.def_id import DefId

HAS_INFER: Final = 1
HAS_PARAM: Final = 2
HAS_ALIAS: Final = 4
HAS_ERROR: Final = 8
HAS_REGION: Final = 16  # any region other than erased/static
HAS_BOUND: Final = 32  # bound regions or placeholders
NEEDS_SUBST: Final = HAS_PARAM | HAS_REGION


class _Interned:
    """Base: ``_make`` looks the key up in the class's table."""

    __slots__ = ("__weakref__", "_children", "_erased", "flags", "key")

    _table: ClassVar[dict[Any, Any]]
    _children: tuple[Any, ...] | None  # direct parts, once asked for
    _erased: Any  # itself with every region erased, once asked for
    flags: int
    key: tuple[Any, ...]

    def __init_subclass__(cls) -> None:
        cls._table = {}

    @classmethod
    def _make(cls, key: tuple[Any, ...], flags: int) -> Any:
        made = object.__new__(cls)
        made.key = key
        made.flags = flags
        made._children = made._erased = None
        cls._table[key] = made
        return made

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return type(self), self.key

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: Any) -> Any:
        return self


# ---------------------------------------------------------------- regions


class Region(_Interned):
    """``Region(kind, name, index, owner)``; use the constructors below.

    Kinds: "erased", "static", "early" (named generic parameter: name, index, owner), "bound" (late-bound or
    ``for<'a>``: name, index within its binder), "var" (borrow checker: index), "error".
    """

    __slots__ = ("index", "kind", "name", "owner")
    kind: str
    name: str
    index: int
    owner: DefId | None

    def __new__(cls, kind: str, name: str = "", index: int = 0, owner: DefId | None = None) -> Region:
        key = (kind, name, index, owner)
        found: Region | None = cls._table.get(key)
        if found is None:
            fixed = {"erased": 0, "static": 0, "error": HAS_ERROR, "bound": HAS_REGION | HAS_BOUND}
            flags = fixed.get(kind, HAS_REGION)
            found = cls._make(key, flags)
            found.kind, found.name, found.index, found.owner = key
        return found

    def __repr__(self) -> str:
        if self.kind in ("erased", "static"):
            return "'_" if self.kind == "erased" else "'static"
        return f"'{self.name or self.index}"


ERASED: Final = Region("erased")
STATIC: Final = Region("static")


# ---------------------------------------------------------------- constants in types


class Const(_Interned):
    """A const generic value. ``kind``: "value" (``value``: int/bool as int, of type ``ty``), "param" (name, index),
    "infer" (index), "unevaluated" (def_id of an ANON_CONST or CONST + args), "error".

    Use :func:`const_value`, :func:`const_param`, :func:`const_infer`, :func:`const_unevaluated`, :data:`CONST_ERROR`.
    """

    __slots__ = ("args", "def_id", "index", "kind", "name", "ty", "value")
    kind: str
    ty: Ty | None
    value: int
    name: str
    index: int
    def_id: DefId | None
    args: GenericArgs

    def __new__(
        cls,
        kind: str,
        ty: Ty | None = None,
        value: int = 0,
        name: str = "",
        index: int = 0,
        def_id: DefId | None = None,
        args: GenericArgs = (),
    ) -> Const:
        key = (kind, ty, value, name, index, def_id, args)
        found: Const | None = cls._table.get(key)
        if found is None:
            flags = {"param": HAS_PARAM, "infer": HAS_INFER, "unevaluated": HAS_ALIAS, "error": HAS_ERROR}.get(kind, 0)
            for arg in args:
                flags |= arg.flags
            found = cls._make(key, flags)
            found.kind, found.ty, found.value, found.name, found.index, found.def_id, found.args = key
        return found

    def __repr__(self) -> str:
        if self.kind == "value":
            return ("false", "true")[self.value] if self.ty is bool_ else str(self.value)
        return {"param": self.name, "infer": f"?c{self.index}", "error": "{const error}"}.get(self.kind, "{const}")


def const_value(value: int, ty: Ty) -> Const:
    return Const("value", ty, value)


def const_param(name: str, index: int, ty: Ty | None = None) -> Const:
    return Const("param", ty, name=name, index=index)


def const_infer(index: int) -> Const:
    return Const("infer", index=index)


def const_unevaluated(def_id: DefId, args: GenericArgs, ty: Ty | None = None) -> Const:
    return Const("unevaluated", ty, def_id=def_id, args=args)


CONST_ERROR: Final = Const("error")


# ---------------------------------------------------------------- types


class Ty(_Interned):
    """Base of all types."""

    __slots__ = ()

    def __repr__(self) -> str:
        from compiler.ty.display import display_ty

        return display_ty(self)


GenericArg = Ty | Region | Const
GenericArgs = tuple[GenericArg, ...]


def _flags(args: Iterable[_Interned]) -> int:
    flags = 0
    for arg in args:
        flags |= arg.flags
    return flags


class IntTy(Ty):
    """``bits`` of isize/usize is 64."""

    __slots__ = ("bits", "name", "signed")
    name: str
    bits: int
    signed: bool

    def __new__(cls, name: str) -> IntTy:
        found: IntTy | None = cls._table.get((name,))
        if found is None:
            found = cls._make((name,), 0)
            found.name = name
            found.signed = name[0] == "i"
            found.bits = 64 if name.endswith("size") else int(name[1:])
        return found


class FloatTy(Ty):
    __slots__ = ("bits", "name")
    name: str
    bits: int

    def __new__(cls, name: str) -> FloatTy:
        found: FloatTy | None = cls._table.get((name,))
        if found is None:
            found = cls._make((name,), 0)
            found.name = name
            found.bits = int(name[1:])
        return found


class SimpleTy(Ty):
    """``bool``, ``char``, ``str``, ``!`` and the error type ``{error}``."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> SimpleTy:
        found: SimpleTy | None = cls._table.get((name,))
        if found is None:
            found = cls._make((name,), HAS_ERROR if name == "{error}" else 0)
            found.name = name
        return found


i8, i16, i32, i64, i128, isize = (IntTy(n) for n in ("i8", "i16", "i32", "i64", "i128", "isize"))
u8, u16, u32, u64, u128, usize = (IntTy(n) for n in ("u8", "u16", "u32", "u64", "u128", "usize"))
f16, f32, f64, f128 = (FloatTy(n) for n in ("f16", "f32", "f64", "f128"))
bool_: Final = SimpleTy("bool")
char: Final = SimpleTy("char")
str_: Final = SimpleTy("str")
never: Final = SimpleTy("!")
ERROR: Final = SimpleTy("{error}")
INT_TYPES: Final[dict[str, IntTy]] = {
    t.name: t for t in (i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize)
}
FLOAT_TYPES: Final[dict[str, FloatTy]] = {t.name: t for t in (f16, f32, f64, f128)}
PRIMITIVES: Final[dict[str, Ty]] = {**INT_TYPES, **FLOAT_TYPES, "bool": bool_, "char": char, "str": str_}


class AdtTy(Ty):
    """Struct, enum or union."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: GenericArgs

    def __new__(cls, def_id: DefId, args: GenericArgs = ()) -> AdtTy:
        key = (def_id, args)
        found: AdtTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, _flags(args))
            found.def_id, found.args = key
        return found


class RefTy(Ty):
    __slots__ = ("mutable", "region", "ty")
    region: Region
    ty: Ty
    mutable: bool

    def __new__(cls, region: Region, ty: Ty, mutable: bool) -> RefTy:
        key = (region, ty, mutable)
        found: RefTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, region.flags | ty.flags)
            found.region, found.ty, found.mutable = key
        return found


class PtrTy(Ty):
    __slots__ = ("mutable", "ty")
    ty: Ty
    mutable: bool

    def __new__(cls, ty: Ty, mutable: bool) -> PtrTy:
        key = (ty, mutable)
        found: PtrTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, ty.flags)
            found.ty, found.mutable = key
        return found


class SliceTy(Ty):
    __slots__ = ("ty",)
    ty: Ty

    def __new__(cls, ty: Ty) -> SliceTy:
        found: SliceTy | None = cls._table.get((ty,))
        if found is None:
            found = cls._make((ty,), ty.flags)
            found.ty = ty
        return found


class ArrayTy(Ty):
    __slots__ = ("len", "ty")
    ty: Ty
    len: Const

    def __new__(cls, ty: Ty, len: Const) -> ArrayTy:
        key = (ty, len)
        found: ArrayTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, ty.flags | len.flags)
            found.ty, found.len = key
        return found


class TupleTy(Ty):
    __slots__ = ("elems",)
    elems: tuple[Ty, ...]

    def __new__(cls, elems: tuple[Ty, ...]) -> TupleTy:
        found: TupleTy | None = cls._table.get((elems,))
        if found is None:
            found = cls._make((elems,), _flags(elems))
            found.elems = elems
        return found


UNIT: Final = TupleTy(())


class FnDefTy(Ty):
    """The zero-sized type of a function item or tuple constructor."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: GenericArgs

    def __new__(cls, def_id: DefId, args: GenericArgs = ()) -> FnDefTy:
        key = (def_id, args)
        found: FnDefTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, _flags(args))
            found.def_id, found.args = key
        return found


class FnPtrTy(Ty):
    __slots__ = ("abi", "inputs", "is_unsafe", "output")
    inputs: tuple[Ty, ...]
    output: Ty
    is_unsafe: bool
    abi: str

    def __new__(cls, inputs: tuple[Ty, ...], output: Ty, is_unsafe: bool = False, abi: str = "Rust") -> FnPtrTy:
        key = (inputs, output, is_unsafe, abi)
        found: FnPtrTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, _flags(inputs) | output.flags)
            found.inputs, found.output, found.is_unsafe, found.abi = key
        return found


class ClosureTy(Ty):
    """``def_id``: kind CLOSURE; ``args``: the generic args of the enclosing item (identity inside it)."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: GenericArgs

    def __new__(cls, def_id: DefId, args: GenericArgs = ()) -> ClosureTy:
        key = (def_id, args)
        found: ClosureTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, _flags(args))
            found.def_id, found.args = key
        return found


class ParamTy(Ty):
    """A type parameter; ``Self`` in traits is index 0."""

    __slots__ = ("index", "name")
    index: int
    name: str

    def __new__(cls, index: int, name: str) -> ParamTy:
        key = (index, name)
        found: ParamTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, HAS_PARAM)
            found.index, found.name = key
        return found


class AliasTy(Ty):
    """``kind``: "projection" or "opaque" (then ``index`` tells which ``impl Trait`` of the function)."""

    __slots__ = ("args", "def_id", "index", "kind")
    kind: str
    def_id: DefId
    args: GenericArgs
    index: int

    def __new__(cls, kind: str, def_id: DefId, args: GenericArgs, index: int = 0) -> AliasTy:
        key = (kind, def_id, args, index)
        found: AliasTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, _flags(args) | HAS_ALIAS)
            found.kind, found.def_id, found.args, found.index = key
        return found


class DynTy(Ty):
    """``dyn Trait``; refused on the device. ``bounds``: (trait def, args without Self); ``projections``: what its
    associated types are, (def, args without Self, type)."""

    __slots__ = ("bounds", "projections", "region")
    bounds: tuple[tuple[DefId, GenericArgs], ...]
    region: Region
    projections: tuple[tuple[DefId, GenericArgs, Ty], ...]

    def __new__(
        cls,
        bounds: tuple[tuple[DefId, GenericArgs], ...],
        region: Region = ERASED,
        projections: tuple[tuple[DefId, GenericArgs, Ty], ...] = (),
    ) -> DynTy:
        key = (bounds, region, projections)
        found: DynTy | None = cls._table.get(key)
        if found is None:
            said = _flags(a for p in projections for a in (*p[1], p[2]))
            found = cls._make(key, region.flags | said | _flags(a for b in bounds for a in b[1]))
            found.bounds, found.region, found.projections = key
        return found


class InferTy(Ty):
    """Inference variable. ``kind``: "ty", "int" (integer literal), "float"."""

    __slots__ = ("index", "kind")
    index: int
    kind: str

    def __new__(cls, index: int, kind: str = "ty") -> InferTy:
        key = (index, kind)
        found: InferTy | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, HAS_INFER)
            found.index, found.kind = key
        return found


# ---------------------------------------------------------------- traits and predicates


class TraitRef(_Interned):
    """``<args[0] as def_id<args[1..]>>``."""

    __slots__ = ("args", "def_id")
    def_id: DefId
    args: GenericArgs

    def __new__(cls, def_id: DefId, args: GenericArgs) -> TraitRef:
        key = (def_id, args)
        found: TraitRef | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, _flags(args))
            found.def_id, found.args = key
        return found

    @property
    def self_ty(self) -> Ty:
        ty = self.args[0]
        assert isinstance(ty, Ty)
        return ty

    def __repr__(self) -> str:
        rest = ", ".join(map(repr, self.args[1:]))
        return f"{self.args[0]!r}: {self.def_id.name}" + (f"<{rest}>" if rest else "")


class TraitPredicate(_Interned):
    __slots__ = ("trait_ref",)
    trait_ref: TraitRef

    def __new__(cls, trait_ref: TraitRef) -> TraitPredicate:
        found: TraitPredicate | None = cls._table.get((trait_ref,))
        if found is None:
            found = cls._make((trait_ref,), trait_ref.flags)
            found.trait_ref = trait_ref
        return found

    def __repr__(self) -> str:
        return repr(self.trait_ref)


class ProjectionPredicate(_Interned):
    """``alias == term`` (a type, or a const for associated consts)."""

    __slots__ = ("alias", "term")
    alias: AliasTy
    term: Ty | Const

    def __new__(cls, alias: AliasTy, term: Ty | Const) -> ProjectionPredicate:
        key = (alias, term)
        found: ProjectionPredicate | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, alias.flags | term.flags)
            found.alias, found.term = key
        return found

    def __repr__(self) -> str:
        return f"{self.alias!r} == {self.term!r}"


class OutlivesPredicate(_Interned):
    """``subject: region``."""

    __slots__ = ("region", "subject")
    subject: Ty | Region
    region: Region

    def __new__(cls, subject: Ty | Region, region: Region) -> OutlivesPredicate:
        key = (subject, region)
        found: OutlivesPredicate | None = cls._table.get(key)
        if found is None:
            found = cls._make(key, subject.flags | region.flags)
            found.subject, found.region = key
        return found


Predicate = TraitPredicate | ProjectionPredicate | OutlivesPredicate


# ---------------------------------------------------------------- folding


def map_children(ty: Any, f: Callable[[Any], Any]) -> Any:
    """Rebuild a type, const, trait ref or predicate with ``f`` applied to its direct children."""
    cls = type(ty)
    if cls is AdtTy or cls is FnDefTy or cls is ClosureTy or cls is TraitRef:
        return cls(ty.def_id, tuple([f(a) for a in ty.args]))
    if cls is RefTy:
        return RefTy(f(ty.region), f(ty.ty), ty.mutable)
    if cls is PtrTy:
        return PtrTy(f(ty.ty), ty.mutable)
    if cls is SliceTy:
        return SliceTy(f(ty.ty))
    if cls is ArrayTy:
        return ArrayTy(f(ty.ty), f(ty.len))
    if cls is TupleTy:
        return TupleTy(tuple([f(t) for t in ty.elems]))
    if cls is FnPtrTy:
        return FnPtrTy(tuple([f(t) for t in ty.inputs]), f(ty.output), ty.is_unsafe, ty.abi)
    if cls is AliasTy:
        return AliasTy(ty.kind, ty.def_id, tuple([f(a) for a in ty.args]), ty.index)
    if cls is DynTy:
        bounds = tuple([(d, tuple([f(a) for a in args])) for d, args in ty.bounds])
        region = f(ty.region)
        return DynTy(
            bounds, region, tuple([(d, tuple([f(a) for a in args]), f(term)) for d, args, term in ty.projections])
        )
    if cls is Const and ty.args:
        return Const(ty.kind, ty.ty, ty.value, ty.name, ty.index, ty.def_id, tuple([f(a) for a in ty.args]))
    if cls is TraitPredicate:
        return TraitPredicate(f(ty.trait_ref))
    if cls is ProjectionPredicate:
        return ProjectionPredicate(f(ty.alias), f(ty.term))
    if cls is OutlivesPredicate:
        return OutlivesPredicate(f(ty.subject), f(ty.region))
    return ty


def subst(value: Any, args: GenericArgs) -> Any:
    """Replace parameters (types, consts, early regions) by ``args[index]``. Out-of-range parameters stay."""
    if not args or not value.flags & NEEDS_SUBST:
        return value
    cache: dict[Any, Any] = {}
    n = len(args)

    def go(node: Any) -> Any:
        if not node.flags & NEEDS_SUBST:
            return node
        done = cache.get(node)
        if done is None:
            cls = type(node)
            if cls is ParamTy:
                done = args[node.index] if node.index < n else node
            elif cls is Region:
                done = args[node.index] if node.kind == "early" and node.index < n else node
                if not isinstance(done, Region):
                    done = node
            elif cls is Const and node.kind == "param":
                done = args[node.index] if node.index < n else node
            else:
                done = map_children(node, go)
            cache[node] = done
        return done

    return go(value)


def erase_regions(value: Any) -> Any:
    """Every region erased, ``'static`` too, but those that are an error; remembered on the value."""
    found = value._erased
    if found is None:
        if type(value) is Region:
            found = value if value.kind == "error" else ERASED
        else:
            found = map_children(value, erase_regions)
        value._erased = found._erased = found
    return found


def children(value: Any) -> tuple[Any, ...]:
    """The direct parts of a type, in the order of :func:`map_children`."""
    found: tuple[Any, ...] | None = value._children
    if found is None:
        noted: list[Any] = []

        def note(child: Any) -> Any:
            noted.append(child)
            return child

        map_children(value, note)
        found = value._children = tuple(noted)
    return found


def walk(value: Any) -> Iterable[Any]:
    """All nodes of a type, pre-order."""
    stack = [value]
    while stack:
        node = stack.pop()
        yield node
        parts = node._children
        if parts is None:
            parts = children(node)
        if parts:
            stack.extend(reversed(parts))


def walk_outside(value: Any, closed: tuple[type, ...]) -> Iterable[Any]:
    """All nodes but those of some classes and what is below them, pre-order."""
    stack = [value]
    while stack:
        node = stack.pop()
        if not isinstance(node, closed):
            yield node
            stack.extend(reversed(children(node)))


def erase_regions_args(args: GenericArgs) -> GenericArgs:
    """Generic arguments with every region erased."""
    return tuple([erase_regions(a) for a in args])
