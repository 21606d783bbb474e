"""The builtin dialect: the module.

What it is: ``builtin.module``, one region with one block holding symbols (functions and globals). What it guarantees:
symbol names in a module are unique (the verifier checks). Example::

    module = ModuleOp.empty("k.rs")
    module.body.append(func)
"""

from __future__ import annotations

from compiler.ir.attributes import StringAttr
from compiler.ir.core import Block, Operation, Region, Trait, optional_attribute


class ModuleOp(Operation):
    """``"builtin.module"() ({ ... }) {sym_name = "..."} : () -> ()``."""

    name = "builtin.module"
    sym_name = optional_attribute(StringAttr)
    n_regions = 1
    traits = frozenset({Trait.ISOLATED})

    @staticmethod
    def empty(name: str = "") -> ModuleOp:
        return ModuleOp(attributes={"sym_name": StringAttr(name)} if name else {}, regions=[Region([Block()])])

    @property
    def body(self) -> Block:
        return self.regions[0].blocks[0]

    def symbols(self) -> dict[str, Operation]:
        """Top-level operations by ``sym_name``."""
        found: dict[str, Operation] = {}
        for op in self.body.ops:
            name = op.attributes.get("sym_name")
            if isinstance(name, StringAttr):
                found[name.value] = op
        return found

    def verify_op(self) -> str | None:
        seen: set[str] = set()
        for op in self.body.ops:
            name = op.attributes.get("sym_name")
            if isinstance(name, StringAttr) and Trait.SYMBOL in op.traits:
                if name.value in seen:
                    return f"symbol @{name.value} is defined twice"
                seen.add(name.value)
        return None
