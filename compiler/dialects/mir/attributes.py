"""Attributes of the ``mir`` dialect: how an enum's variant is encoded.

What it is: :class:`TagAttr` restates the layout's tag encoding in numbers. ``direct``: the tag is the discriminant.
``niche``: variants ``first..=last`` are stored as ``start + (variant - first)`` (wrapping at the tag's width), every
other bit pattern is the ``untagged`` variant. What it guarantees: ``str`` parses back. Example::

    str(TagAttr("niche", 1, 0, 0, 0)) == "#mir.tag<niche, 1, 0, 0, 0>"     # Option<&T>: 0 is None, the rest Some
"""

from __future__ import annotations

from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.ir.attributes import Attribute, DialectAttr
from compiler.ir.parser import Parser


@dataclass(frozen=True, slots=True)
class TagAttr(DialectAttr):
    encoding: str  # "direct" or "niche"
    untagged: int = 0
    first: int = 0
    last: int = 0
    start: int = 0
    dialect: ClassVar[str] = "mir"
    mnemonic: ClassVar[str] = "tag"

    def parameters(self) -> str:
        if self.encoding == "direct":
            return "direct"
        return f"niche, {self.untagged}, {self.first}, {self.last}, {self.start}"

    def __str__(self) -> str:
        return f"#mir.tag<{self.parameters()}>"


def parse_tag(parser: Parser) -> Attribute:
    parser.expect("<")
    encoding = parser.expect_kind("word").text
    numbers: list[int] = []
    while parser.accept(","):
        numbers.append(parser.integer())
    parser.expect(">")
    return TagAttr(encoding, *numbers)
