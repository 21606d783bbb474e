"""The grammar of kernel attributes: ``#[kernel(..)]``, ``#[launch_bounds(..)]``, ``#[launch_contract(..)]``,
``#[cluster_launch(..)]`` ...

Source: kernel-language.md 1.2 to 1.9 and 3.5. Assumes: attribute tokens as :class:`Attr` holds them. Guarantees:
never raises; each fault is one ``K01xx`` error at the words that are wrong, and the facts around it are still read.

Example: ``#[launch_contract(domain = 1, block = (128, 1, 1), dynamic_shared = 1024)]`` is ``LaunchContract(domain=1,
block=(128, 1, 1), dynamic_shared=(1024, 1024))``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Attr, Item
from compiler.hir.nodes import FnDecl
from compiler.query import Database
from compiler.resolve.errors import Fact
from compiler.syntax.lexer import CLOSERS, EOF, IDENT, NUM, OPENERS, STR, Tokens, lex


@dataclass(frozen=True, slots=True)
class LaunchBound:
    """``value``: of a literal; None for a constant expression, then ``text`` is its source."""

    value: int | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class LaunchContract:
    """``dynamic_shared``: (min, max) bytes. ``requires``: relations as written, checked by
    :mod:`compiler.resolve.requires`.
    """

    domain: int | None = None
    block: tuple[int, int, int] | None = None
    coordinates_u32: bool = False
    dynamic_shared: tuple[int, int] | None = None
    dynamic_shared_alignment: int | None = None
    min_compute_capability: tuple[int, int] | None = None
    requires: tuple[str, ...] = ()
    span: Span = EMPTY_SPAN
    names_block: bool = False  # ``block`` is given, well formed or not


@dataclass(frozen=True, slots=True)
class BadAttribute(Fact):
    """A kernel attribute that is not well formed: ``what`` says what is wrong."""

    code_: str
    what: str
    note: str = ""
    code: ClassVar[str] = "K0104"

    def message(self) -> str:
        return self.what

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("note", self.note),) if self.note else ()

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        made = Fact.to_diagnostic(self, owner)
        return Diagnostic(made.severity, self.code_, made.message, made.primary, made.secondary, made.children)


@dataclass(slots=True)
class Argument:
    """``name = tokens`` or ``tokens``: token indices ``first..last`` of the value."""

    name: str | None
    name_span: Span
    first: int
    last: int


class AttributeTokens:
    """The tokens of one attribute with item-relative spans."""

    def __init__(self, attr: Attr) -> None:
        raw = attr.tokens.encode().decode("latin-1")
        self.base = attr.span.end - len(raw)
        self.text = raw
        self.tokens: Tokens = lex(raw)
        self.whole = attr.span

    def span(self, first: int, last: int) -> Span:
        """Of tokens ``first..last``."""
        if last <= first:
            return self.whole
        return Span(self.base + self.tokens.starts[first], self.base + self.tokens.ends[last - 1])

    def source(self, first: int, last: int) -> str:
        return self.text[self.tokens.starts[first] : self.tokens.ends[last - 1]] if last > first else ""

    def arguments(self) -> list[Argument]:
        """The arguments inside the attribute's parentheses."""
        kinds = self.tokens.kinds
        if kinds[0] != "(":
            return []
        found = []
        for first, last in self.split(1, len(self.tokens) - 1):
            if kinds[first] == IDENT and first + 1 < last and kinds[first + 1] == "=":
                found.append(Argument(self.tokens.texts[first], self.span(first, first + 1), first + 2, last))
            else:
                found.append(Argument(None, self.span(first, last), first, last))
        return found

    def split(self, first: int, last: int, generics: bool = True) -> list[tuple[int, int]]:
        """Pieces between commas outside any brackets, empty ones left out. ``generics``: ``<`` may open a bracket."""
        kinds = self.tokens.kinds
        pieces, depth, angle, start = [], 0, 0, first
        for at in range(first, last):
            kind = kinds[at]
            if kind in OPENERS:
                depth += 1
            elif kind in CLOSERS:
                depth -= 1
            elif kind == "<" and kinds[at - 1] in ("::", IDENT):
                angle += depth == 0 and generics
            elif kind == ">" and angle and depth == 0:
                angle -= 1
            elif kind == "," and depth == 0 and angle == 0:
                pieces.append((start, at))
                start = at + 1
        pieces.append((start, last))
        return [(a, b) for a, b in pieces if b > a]

    def integer(self, first: int, last: int) -> int | None:
        """The value of a single integer literal."""
        if last - first != 1 or self.tokens.kinds[first] != NUM:
            return None
        return parse_integer(self.tokens.texts[first])

    def integers(self, first: int, last: int) -> list[tuple[int | None, Span]] | None:
        """``(a, b, c)`` of integer literals; None if it is no parenthesised list."""
        if last - first < 2 or self.tokens.kinds[first] != "(" or self.tokens.kinds[last - 1] != ")":
            return None
        return [(self.integer(a, b), self.span(a, b)) for a, b in self.split(first + 1, last - 1)]


def parse_integer(text: str) -> int | None:
    """An unsigned integer literal with its suffix, else None."""
    digits = text.replace("_", "")
    for suffix in ("usize", "isize", "u128", "i128", "u64", "i64", "u32", "i32", "u16", "i16", "u8", "i8"):
        if digits.endswith(suffix) and not digits.startswith("0x"):
            digits = digits[: -len(suffix)]
            break
    try:
        return int(digits, 0) if digits[:2].lower() in ("0x", "0b", "0o") else int(digits)
    except ValueError:
        return None


@dataclass(slots=True)
class LaunchReader:
    """Reads the attributes of one item; afterwards its fields hold the facts."""

    db: Database
    def_id: DefId
    item: Item
    diagnostics: list[Diagnostic] = field(default_factory=list)
    launch_context: str | None = None
    unchecked_indexing: bool = False
    instances: list[str] = field(default_factory=list)
    launch_bounds: list[LaunchBound] = field(default_factory=list)
    contract: LaunchContract | None = None
    cluster: tuple[int, int, int] | None = None
    spans: dict[str, Span] = field(default_factory=dict)

    def error(self, code: str, span: Span, what: str, note: str = "") -> None:
        self.diagnostics.append(BadAttribute(span, code, what, note).to_diagnostic(self.def_id))

    def decl(self) -> FnDecl | None:
        """The function's signature."""
        from compiler.resolve.lowering import signature

        found = signature(self.db, self.def_id) if self.def_id.kind is DefKind.FN else None
        return found if isinstance(found, FnDecl) else None

    def read(self, name: str, attr: Attr) -> None:
        """One attribute by its plain name; names that are not ours are ignored."""
        reader = _READERS.get(name)
        if reader is None:
            return
        if name in self.spans and name != "device":
            self.error("K0104", attr.span, f"`#[{name}]` is given more than once")
            return
        self.spans[name] = attr.span
        reader(self, AttributeTokens(attr), attr)

    # -- #[kernel], #[device]

    def kernel(self, tokens: AttributeTokens, attr: Attr) -> None:
        if self.def_id.kind is not DefKind.FN:
            self.error("K0104", attr.span, f"`#[kernel]` belongs on a function, not on a {self.def_id.kind.value}")
            return
        seen_context = False
        for argument in tokens.arguments():
            if argument.name == "launch_context":
                self._context(tokens, argument, seen_context)
                seen_context = True
            elif argument.name is not None:
                text = f"unknown argument `{argument.name}` of `#[kernel]`; expected `launch_context = NAME`"
                self.error("K0104", argument.name_span, text)
            elif tokens.source(argument.first, argument.last) == "unchecked_indexing":
                self.unchecked_indexing = True
            else:
                self.instances.append(tokens.source(argument.first, argument.last))
                self.spans.setdefault("instances", tokens.span(argument.first, argument.last))

    def _context(self, tokens: AttributeTokens, argument: Argument, duplicate: bool) -> None:
        span = tokens.span(argument.first, argument.last)
        if duplicate:
            self.error("K0104", argument.name_span, "`launch_context` is given more than once in `#[kernel]`")
            return
        if argument.last - argument.first != 1 or tokens.tokens.kinds[argument.first] != IDENT:
            self.error("K0104", span, "`launch_context` must be a plain name")
            return
        name = tokens.tokens.texts[argument.first]
        decl = self.decl()
        if decl is not None and any(param.name == name for param in decl.params):
            self.error("K0104", span, f"the launch context `{name}` has the name of a parameter", "choose another name")
        self.launch_context = name

    def device(self, tokens: AttributeTokens, attr: Attr) -> None:
        if self.def_id.kind is DefKind.FOREIGN_MOD and self.item.name != "C":
            self.error("K0110", self.item.name_span, '`#[device]` extern blocks must be `extern "C"`')

    # -- launch attributes

    def bounds(self, tokens: AttributeTokens, attr: Attr) -> None:
        pieces = tokens.split(1, len(tokens.tokens) - 1) if tokens.tokens.kinds[0] == "(" else []
        if not 1 <= len(pieces) <= 2:
            self.error(
                "K0106",
                attr.span,
                "`#[launch_bounds]` takes the maximum threads of a block and, optionally, the minimum blocks",
            )
            return
        for first, last in pieces:
            bound = LaunchBound(tokens.integer(first, last), tokens.source(first, last), tokens.span(first, last))
            if tokens.tokens.kinds[first] == "-" or tokens.tokens.kinds[first] == STR:
                self.error("K0106", bound.span, "launch bounds are `u32` constants")
                return
            if bound.value is not None and bound.value > 0xFFFF_FFFF:
                self.error("K0106", bound.span, "launch bounds must fit `u32`")
                return
            self.launch_bounds.append(bound)
        if self.launch_bounds[0].value == 0:
            self.error(
                "E0080",
                self.launch_bounds[0].span,
                "the maximum number of threads of `#[launch_bounds]` must be greater than zero",
            )

    def cluster_launch(self, tokens: AttributeTokens, attr: Attr) -> None:
        found = tokens.integers(0, len(tokens.tokens))
        if not found or len(found) > 3 or any(value is None or value < 1 for value, _ in found):
            bad = next((span for value, span in found or () if value is None or value < 1), attr.span)
            self.error(
                "K0109", bad, "`#[cluster_launch]` takes one to three block counts, integer literals of at least 1"
            )
            return
        dims = [value or 1 for value, _ in found] + [1, 1]
        self.cluster = (dims[0], dims[1], dims[2])

    def cooperative_launch(self, tokens: AttributeTokens, attr: Attr) -> None:
        if tokens.tokens.kinds[0] != EOF:
            self.error("K0109", attr.span, "`#[cooperative_launch]` takes no arguments")

    def mark(self, tokens: AttributeTokens, attr: Attr) -> None:
        if tokens.tokens.kinds[0] != EOF:
            self.error("K0113", attr.span, f"`#[{attr.path}]` takes no arguments")

    def launch_contract(self, tokens: AttributeTokens, attr: Attr) -> None:
        from compiler.resolve.launch_contract import read_contract

        self.contract = read_contract(self, tokens, attr)

    # -- what attributes say about each other

    def check(self) -> None:
        """Rules between attributes and the signature they stand on."""
        for name in ("launch_bounds", "launch_contract", "cluster_launch", "cooperative_launch"):
            if name in self.spans and "kernel" not in self.spans and self.def_id.kind is not DefKind.FN:
                self.error("K0104", self.spans[name], f"`#[{name}]` belongs on a `#[kernel]` function")
        if self.instances:
            self._check_instances()
        contract = self.contract
        if contract is None:
            return
        maximum = self.launch_bounds[0].value if self.launch_bounds else None
        if not contract.names_block and not self.launch_bounds:
            text = "a launch contract needs an exact `block`, or `#[launch_bounds]` beside it"
            self.error("K0107", contract.span, text)
        elif contract.block is not None and maximum is not None:
            x, y, z = contract.block
            if x * y * z > maximum:
                text = f"the contract's block of {x * y * z} threads exceeds the {maximum} of `#[launch_bounds]`"
                self.error("E0080", contract.span, text)

    def _check_instances(self) -> None:
        decl = self.decl()
        if decl is None:
            return
        span = self.spans["instances"]
        kinds = [param.kind for param in decl.generics.params]
        if not kinds:
            self.error(
                "K0105", span, "a list of types only makes sense on a generic kernel", "remove it from `#[kernel]`"
            )
        elif kinds != ["type"]:
            text = "a list of types needs a kernel with exactly one type parameter and no lifetime or const parameters"
            self.error("K0105", span, text, "such kernels are instantiated where they are launched")


_READERS = {
    "kernel": LaunchReader.kernel,
    "device": LaunchReader.device,
    "launch_bounds": LaunchReader.bounds,
    "cluster_launch": LaunchReader.cluster_launch,
    "cooperative_launch": LaunchReader.cooperative_launch,
    "launch_contract": LaunchReader.launch_contract,
    "convergent": LaunchReader.mark,
    "pure": LaunchReader.mark,
    "readonly": LaunchReader.mark,
    "constant": LaunchReader.mark,
}
