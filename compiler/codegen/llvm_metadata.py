"""Numbered metadata nodes of one module.

What it is: a list of node texts and what refers to them by number. What it guarantees: numbers are given in order of
request. Example::

    metadata = Metadata()
    loop = metadata.loop_unroll(4)      # br label %head, !llvm.loop !1
"""

from __future__ import annotations


class Metadata:
    """Node texts by number; ``named`` are the module-level ``!name = !{...}`` lines."""

    __slots__ = ("named", "nodes")

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.named: list[str] = []

    def node(self, text: str) -> int:
        self.nodes.append(text)
        return len(self.nodes) - 1

    def loop_unroll(self, factor: int) -> int:
        """A loop's own node, asking LLVM to unroll it by ``factor``, wholly for 0, not at all for 1."""
        wishes = {0: '!{!"llvm.loop.unroll.full"}', 1: '!{!"llvm.loop.unroll.disable"}'}
        wish = self.node(wishes.get(factor, f'!{{!"llvm.loop.unroll.count", i32 {factor}}}'))
        loop = self.node("")
        self.nodes[loop] = f"distinct !{{!{loop}, !{wish}}}"
        return loop

    def lines(self) -> list[str]:
        if not self.nodes:
            return []
        return ["", *self.named, *(f"!{i} = {text}" for i, text in enumerate(self.nodes))]
