"""What a layout is: sizes, scalars with valid ranges, niches, variants. rustc_abi's vocabulary for one fixed 64-bit
target.

What it is: plain data plus the small arithmetic that belongs to it. Assumes 64-bit pointers, ``i128`` aligned to 16
(what rustc uses for x86-64 hosts and nvptx64 alike), little endian. Guarantees: a :class:`Layout` is immutable and
compares by value.

Example: ``Option<&u8>`` has ``abi == Scalar("pointer", 8, valid 0..=MAX)`` and ``variants.tag_encoding == NicheTag(1,
(0, 0), 0)``.
"""

from __future__ import annotations

from typing import Final

from compiler.base.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scalar:
    """``kind``: "int", "float" or "pointer". The valid range wraps when ``start > end``; ``is_union``: may be
    uninitialised."""

    kind: str
    size: int
    signed: bool
    start: int
    end: int
    is_union: bool = False

    @property
    def max_value(self) -> int:
        return (1 << (8 * self.size)) - 1

    @property
    def align(self) -> int:
        return self.size

    @property
    def primitive(self) -> tuple[str, int, bool]:
        return self.kind, self.size, self.signed

    @property
    def is_bool(self) -> bool:
        return self.kind == "int" and self.size == 1 and self.start == 0 and self.end == 1 and not self.is_union

    def to_union(self) -> Scalar:
        """The same primitive, possibly uninitialised: no validity, no niche."""
        return Scalar(self.kind, self.size, self.signed, 0, self.max_value, True)

    def full_range(self) -> Scalar:
        return self if self.is_union else replace(self, start=0, end=self.max_value)

    def with_range(self, start: int, end: int) -> Scalar:
        return replace(self, start=start, end=end)

    def contains(self, value: int) -> bool:
        """Whether a bit pattern is valid."""
        if self.start <= self.end:
            return self.start <= value <= self.end
        return value >= self.start or value <= self.end


@dataclass(frozen=True, slots=True)
class ScalarPair:
    first: Scalar
    second: Scalar

    @property
    def second_offset(self) -> int:
        return align_to(self.first.size, self.second.align)


@dataclass(frozen=True, slots=True)
class Memory:
    """Anything else: passed in memory (or nothing, for zero-sized types)."""

    sized: bool = True


Abi = Scalar | ScalarPair | Memory


@dataclass(frozen=True, slots=True)
class Niche:
    """Invalid bit patterns of the scalar at ``offset``."""

    offset: int
    scalar: Scalar

    @property
    def available(self) -> int:
        return (self.scalar.start - self.scalar.end - 1) & self.scalar.max_value

    def moved(self, by: int) -> Niche:
        return Niche(self.offset + by, self.scalar)

    def reserve(self, count: int) -> tuple[int, Scalar] | None:
        """Take ``count`` patterns: the first of them and the scalar with its range extended, preferring to cover
        zero."""
        if count > self.available:
            return None
        s = self.scalar
        low, high, top = s.start, s.end, s.max_value
        move_start = (low - count) & top, s.with_range((low - count) & top, high)
        move_end = (high + 1) & top, s.with_range(low, (high + count) & top)
        if low > high:
            return move_end
        if low <= top - high:
            return move_start if count <= low else move_end
        overshot_zero = 1 <= ((high + count) & top) <= high
        return move_start if overshot_zero else move_end


def niche_of(offset: int, scalar: Scalar) -> Niche | None:
    """The niche of a scalar, if it has invalid patterns."""
    if scalar.is_union:
        return None
    niche = Niche(offset, scalar)
    return niche if niche.available else None


@dataclass(frozen=True, slots=True)
class DirectTag:
    """The tag holds the discriminant value (truncated to its size)."""


@dataclass(frozen=True, slots=True)
class NicheTag:
    """Tag ``niche_start + (i - niche_variants[0])`` means variant ``i`` of the inclusive range; anything else
    ``untagged``."""

    untagged: int
    niche_variants: tuple[int, int]
    niche_start: int


@dataclass(frozen=True, slots=True)
class SingleVariant:
    index: int = 0


@dataclass(frozen=True, slots=True)
class NoVariants:
    """An uninhabited enum without representation."""


@dataclass(frozen=True, slots=True)
class MultipleVariants:
    """``layouts[i]`` places the fields of variant ``i`` from the start of the whole enum."""

    tag: Scalar
    tag_offset: int
    tag_encoding: DirectTag | NicheTag
    layouts: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """``offsets`` by field index; ``memory_order`` lists field indices by increasing offset.

    ``shape``: "primitive" (no fields), "arbitrary", "union" (all at 0) or "array" (``stride``, ``count``).
    """

    size: int
    align: int
    abi: Abi
    shape: str = "primitive"
    offsets: tuple[int, ...] = ()
    memory_order: tuple[int, ...] = ()
    stride: int = 0
    count: int = 0
    variants: SingleVariant | NoVariants | MultipleVariants = SingleVariant()
    largest_niche: Niche | None = None
    uninhabited: bool = False
    max_repr_align: int = 0
    unadjusted_abi_align: int = 1

    @property
    def is_unsized(self) -> bool:
        return isinstance(self.abi, Memory) and not self.abi.sized

    @property
    def is_zst(self) -> bool:
        return self.size == 0 and isinstance(self.abi, Memory) and self.abi.sized

    @property
    def is_1zst(self) -> bool:
        return self.align == 1 and self.is_zst

    @property
    def available_niche(self) -> int:
        return self.largest_niche.available if self.largest_niche else 0

    def field_offset(self, index: int) -> int:
        """Offset of a field or array element."""
        if self.shape == "array":
            return index * self.stride
        return self.offsets[index] if self.shape == "arbitrary" else 0

    def for_variant(self, index: int, n_fields: int = 0) -> Layout:
        """The layout seen through a downcast; of a variant without representation: uninhabited, every field at 0."""
        v = self.variants
        if isinstance(v, MultipleVariants):
            return v.layouts[index]
        if isinstance(v, SingleVariant) and v.index == index:
            return self
        return Layout(
            0,
            1,
            Memory(),
            "arbitrary",
            (0,) * n_fields,
            tuple(range(n_fields)),
            variants=SingleVariant(index),
            uninhabited=True,
        )


@dataclass(frozen=True, slots=True)
class ReprOptions:
    """``#[repr(..)]``. ``integer``: (bits, signed). ``align``/``pack`` in bytes, 0 when absent (``packed`` is 1)."""

    c: bool = False
    transparent: bool = False
    simd: bool = False
    integer: tuple[int, bool] | None = None
    align: int = 0
    pack: int = 0

    @property
    def inhibits_reordering(self) -> bool:
        return self.c or self.simd or self.integer is not None

    @property
    def inhibits_enum_optimisation(self) -> bool:
        return self.c or self.integer is not None


DEFAULT_REPR: Final = ReprOptions()
MAX_SIZE: Final = 1 << 61


class LayoutError(Exception):
    """Why a type has no layout: "too generic", "unsized field", "too big", "infinite size", "conflicting repr",
    "unknown type"."""

    def __init__(self, reason: str, subject: object = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.subject = subject


def align_to(offset: int, align: int) -> int:
    return (offset + align - 1) & -align


def int_scalar(size: int, signed: bool) -> Scalar:
    return Scalar("int", size, signed, 0, (1 << (8 * size)) - 1)


def pointer_scalar(non_null: bool) -> Scalar:
    return Scalar("pointer", 8, False, 1 if non_null else 0, (1 << 64) - 1)


def scalar_layout(scalar: Scalar) -> Layout:
    """A primitive: one scalar."""
    return Layout(
        scalar.size, scalar.align, scalar, largest_niche=niche_of(0, scalar), unadjusted_abi_align=scalar.align
    )


def scalar_pair_layout(first: Scalar, second: Scalar) -> Layout:
    """Two scalars one after the other, as fat pointers."""
    offset = align_to(first.size, second.align)
    align = max(first.align, second.align)
    niche_a, niche_b = niche_of(0, first), niche_of(offset, second)
    niche = niche_a if (niche_a and (not niche_b or niche_a.available >= niche_b.available)) else niche_b
    return Layout(
        align_to(offset + second.size, align),
        align,
        ScalarPair(first, second),
        "arbitrary",
        (0, offset),
        (0, 1),
        largest_niche=niche,
        unadjusted_abi_align=align,
    )


NEVER_LAYOUT: Final = Layout(0, 1, Memory(), uninhabited=True)
NO_VARIANTS_LAYOUT: Final = Layout(0, 1, Memory(), variants=NoVariants(), uninhabited=True)
