"""Types of the generated programs, as small immutable values.

Every type a random expression may have is ``Copy``, so that generated programs never break a borrow rule; types that own
something appear in the idioms only. Example: ``str(Array(Int(8, False), 3)) == "[u8; 3]"``.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


class Ty:
    """A Rust type; ``str`` writes it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Int(Ty):
    """``bits`` 0 is the pointer's width."""

    bits: int
    signed: bool

    def __str__(self) -> str:
        return ("i" if self.signed else "u") + (str(self.bits) if self.bits else "size")

    @property
    def width(self) -> int:
        return self.bits or 64

    @property
    def least(self) -> int:
        return -(1 << (self.width - 1)) if self.signed else 0

    @property
    def greatest(self) -> int:
        return (1 << (self.width - self.signed)) - 1


@dataclass(frozen=True, slots=True)
class Float(Ty):
    bits: int

    def __str__(self) -> str:
        return f"f{self.bits}"


@dataclass(frozen=True, slots=True)
class Simple(Ty):
    """``bool``, ``char`` or ``Ordering``."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Tuple(Ty):
    elems: tuple[Ty, ...]

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.elems))}{',' * (len(self.elems) == 1)})"


@dataclass(frozen=True, slots=True)
class Array(Ty):
    elem: Ty
    n: int

    def __str__(self) -> str:
        return f"[{self.elem}; {self.n}]"


@dataclass(frozen=True, slots=True)
class Option(Ty):
    some: Ty

    def __str__(self) -> str:
        return f"Option<{self.some}>"


@dataclass(frozen=True, slots=True)
class Result(Ty):
    ok: Ty
    err: Ty

    def __str__(self) -> str:
        return f"Result<{self.ok}, {self.err}>"


@dataclass(frozen=True, slots=True)
class Variant:
    """``form``: "unit", "tuple" or "struct"; a struct has one variant of its own name."""

    name: str
    form: str
    fields: tuple[tuple[str, Ty], ...]


@dataclass(frozen=True, slots=True)
class Adt(Ty):
    name: str
    is_enum: bool
    variants: tuple[Variant, ...]

    def __str__(self) -> str:
        return self.name


BOOL, CHAR, ORDERING = Simple("bool"), Simple("char"), Simple("Ordering")
INTS = tuple(Int(bits, signed) for bits in (8, 16, 32, 64, 128, 0) for signed in (False, True))
U8, U32, I32, U64, I64, USIZE = (
    Int(8, False),
    Int(32, False),
    Int(32, True),
    Int(64, False),
    Int(64, True),
    Int(0, False),
)
F32, F64 = Float(32), Float(64)
_COMMON = (U8, U32, U32, I32, I32, U64, U64, I64, USIZE, Int(16, True), Int(128, False))


def holds_float(ty: Ty) -> bool:
    """Whether a value may contain a float: no ``Eq``, ``Ord`` or ``Hash`` then."""
    match ty:
        case Float():
            return True
        case Tuple(elems):
            return any(map(holds_float, elems))
        case Array(elem, _) | Option(elem):
            return holds_float(elem)
        case Result(ok, err):
            return holds_float(ok) or holds_float(err)
        case Adt(_, _, variants):
            return any(holds_float(ty) for v in variants for _, ty in v.fields)
    return False


def random_int(rng: Random) -> Int:
    """Common widths more often."""
    return rng.choice(_COMMON if rng.random() < 0.6 else INTS)


def random_scalar(rng: Random, floats: bool = True) -> Ty:
    """An integer mostly."""
    roll = rng.random()
    if roll < 0.68:
        return random_int(rng)
    if roll < 0.82 and floats:
        return rng.choice((F32, F64))
    return rng.choice((BOOL, BOOL, CHAR))


def random_type(rng: Random, adts: list[Adt], depth: int = 2) -> Ty:
    """Any type; ``adts`` are those declared."""
    roll = rng.random()
    if depth == 0 or roll < 0.55:
        return random_scalar(rng)
    if roll < 0.65:
        return Tuple(tuple(random_type(rng, adts, depth - 1) for _ in range(rng.choice((1, 2, 2, 3)))))
    if roll < 0.75:
        return Array(random_type(rng, adts, depth - 1), rng.choice((1, 2, 3, 4, 5)))
    if roll < 0.85:
        return Option(random_type(rng, adts, depth - 1))
    if roll < 0.9:
        return Result(random_type(rng, adts, depth - 1), random_scalar(rng))
    return rng.choice(adts) if adts else random_scalar(rng)


def random_adt(rng: Random, name: str, adts: list[Adt]) -> Adt:
    """A struct or enum over scalars, small aggregates and the types before it."""
    if rng.random() < 0.45:
        return Adt(name, False, (_variant(rng, name, adts, rng.choice(("struct", "struct", "tuple"))),))
    letters = rng.sample("ABCDEFGH", rng.choice((1, 2, 3, 3, 4, 6)))
    return Adt(name, True, tuple(_variant(rng, x, adts, rng.choice(("unit", "tuple", "struct"))) for x in letters))


def _variant(rng: Random, name: str, adts: list[Adt], form: str) -> Variant:
    n_fields = 0 if form == "unit" else rng.choice((1, 1, 2, 2, 3))
    names = rng.sample("abcdefgh", n_fields) if form == "struct" else [str(i) for i in range(n_fields)]
    return Variant(name, form, tuple((n, random_type(rng, adts, 1)) for n in names))
