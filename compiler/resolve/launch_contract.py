"""The keys of ``#[launch_contract(..)]``.

Source: kernel-language.md 1.6. Guarantees: every key is read even if another is wrong; each fault is one ``K0107``
error.

Example: ``domain = 2, block = (16, 16, 2)`` is refused: the block's z must be 1 in a two-dimensional domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.span import Span
from compiler.hir.item_tree import Attr
from compiler.resolve.launch_attrs import Argument, AttributeTokens, LaunchContract
from compiler.resolve.requires import check_requires

if TYPE_CHECKING:
    from compiler.resolve.launch_attrs import LaunchReader

_KEYS = (
    "domain",
    "block",
    "coordinates",
    "dynamic_shared",
    "dynamic_shared_range",
    "dynamic_shared_alignment",
    "min_compute_capability",
    "requires",
)


def read_contract(reader: LaunchReader, tokens: AttributeTokens, attr: Attr) -> LaunchContract:
    """The contract, with errors reported to ``reader``."""
    found: dict[str, Argument] = {}
    for argument in tokens.arguments():
        if argument.name not in _KEYS:
            known = ", ".join(f"`{key}`" for key in _KEYS)
            what = f"`{argument.name}`" if argument.name else "an argument without a name"
            reader.error(
                "K0107", argument.name_span, f"{what} is not part of a launch contract", f"the keys are {known}"
            )
        elif argument.name in found:
            reader.error("K0107", argument.name_span, f"`{argument.name}` is given more than once")
        else:
            found[argument.name] = argument
    keys = _ContractKeys(reader, tokens, found)
    domain = keys.domain(attr.span)
    return LaunchContract(
        domain,
        keys.block(domain),
        keys.coordinates(),
        keys.dynamic_shared(),
        keys.alignment(),
        keys.capability(),
        keys.requires(),
        attr.span,
        "block" in found,
    )


class _ContractKeys:
    """Each method reads one key; missing ones give the default."""

    def __init__(self, reader: LaunchReader, tokens: AttributeTokens, found: dict[str, Argument]) -> None:
        self.reader = reader
        self.tokens = tokens
        self.found = found

    def _span(self, argument: Argument) -> Span:
        return self.tokens.span(argument.first, argument.last)

    def domain(self, whole: Span) -> int | None:
        argument = self.found.get("domain")
        if argument is None:
            self.reader.error("K0107", whole, "a launch contract needs `domain = 1`, `2` or `3`")
            return None
        value = self.tokens.integer(argument.first, argument.last)
        if value not in (1, 2, 3):
            self.reader.error("K0107", self._span(argument), "`domain` must be 1, 2 or 3")
            return None
        return value

    def block(self, domain: int | None) -> tuple[int, int, int] | None:
        argument = self.found.get("block")
        if argument is None:
            return None
        dims = self.tokens.integers(argument.first, argument.last)
        if dims is None or len(dims) != 3 or any(value is None for value, _ in dims):
            self.reader.error("K0107", self._span(argument), "`block` must be `(x, y, z)`, three integer literals")
            return None
        for axis, (value, span) in enumerate(dims):
            if value is not None and value < 1:
                self.reader.error("K0107", span, "every dimension of `block` must be at least 1")
                return None
            if domain is not None and axis >= domain and value != 1:
                name = "xyz"[axis]
                self.reader.error(
                    "K0107", span, f"the block's {name} must be 1 in a domain of {domain} dimension{'s' * (domain > 1)}"
                )
                return None
        x, y, z = (value or 1 for value, _ in dims)
        return x, y, z

    def coordinates(self) -> bool:
        argument = self.found.get("coordinates")
        if argument is None:
            return False
        if self.tokens.source(argument.first, argument.last) != "u32":
            self.reader.error("K0107", self._span(argument), "`coordinates` can only be `u32`")
            return False
        return True

    def dynamic_shared(self) -> tuple[int, int] | None:
        exact, bounds = self.found.get("dynamic_shared"), self.found.get("dynamic_shared_range")
        if exact is not None and bounds is not None:
            self.reader.error(
                "K0107", bounds.name_span, "`dynamic_shared_range` cannot be given together with `dynamic_shared`"
            )
            return None
        if exact is not None:
            value = self.tokens.integer(exact.first, exact.last)
            if value is None:
                self.reader.error("K0107", self._span(exact), "`dynamic_shared` must be a number of bytes")
                return None
            return value, value
        if bounds is None:
            return None
        values = self.tokens.integers(bounds.first, bounds.last)
        if values is None or len(values) != 2 or values[0][0] is None or values[1][0] is None:
            self.reader.error("K0107", self._span(bounds), "`dynamic_shared_range` must be `(min, max)` in bytes")
            return None
        low, high = values[0][0], values[1][0]
        if low > high:
            self.reader.error("K0107", self._span(bounds), "the minimum of `dynamic_shared_range` exceeds its maximum")
            return None
        return low, high

    def alignment(self) -> int | None:
        argument = self.found.get("dynamic_shared_alignment")
        if argument is None:
            return None
        value = self.tokens.integer(argument.first, argument.last)
        if value is None or value < 1 or value & (value - 1):
            self.reader.error("K0107", self._span(argument), "`dynamic_shared_alignment` must be a power of two")
            return None
        return value

    def capability(self) -> tuple[int, int] | None:
        argument = self.found.get("min_compute_capability")
        if argument is None:
            return None
        values = self.tokens.integers(argument.first, argument.last)
        if values is None or len(values) != 2 or values[0][0] is None or values[1][0] is None:
            self.reader.error("K0107", self._span(argument), "`min_compute_capability` must be `(major, minor)`")
            return None
        return values[0][0], values[1][0]

    def requires(self) -> tuple[str, ...]:
        argument = self.found.get("requires")
        if argument is None:
            return ()
        kinds = self.tokens.tokens.kinds
        if argument.last - argument.first < 2 or kinds[argument.first] != "(" or kinds[argument.last - 1] != ")":
            self.reader.error("K0108", self._span(argument), "`requires` must be a parenthesised list of relations")
            return ()
        pieces = self.tokens.split(argument.first + 1, argument.last - 1, generics=False)
        for first, last in pieces:
            check_requires(self.reader, self.tokens, first, last)
        return tuple(self.tokens.source(first, last) for first, last in pieces)
