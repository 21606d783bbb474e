"""What the lowering of one definition may ask about the world around it.

What it is: plain facts and callbacks; the lowering has no database. Assumes: the callbacks never raise.
Guarantees: every field has a default under which ordinary code without macros lowers.

>>> BodyContext().is_device_body
False
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compiler.base.dataclass import dataclass
from compiler.hir.attributes import CfgSet
from compiler.hir.item_tree import Attr

if TYPE_CHECKING:
    from compiler.hir.macros.definition import MacroDef
    from compiler.hir.nodes import Path

MacroLookup = Callable[["Path"], "MacroDef | None"]


@dataclass(slots=True)
class BodyContext:
    """``attrs``: the owner's attributes, resolved. ``line_of``: item-relative offset -> (line, column) in the file,
    from 1.

    ``macro_lookup``: the macro a path names in the scope around the owner (macros local to the body are known here
    already). ``include``: text of the file an ``include!``-family macro names, relative to the current file, or None.
    ``env``: a variable of the environment the package is compiled in.
    ``owner``: the definition, for the labels of diagnostics and the parents of local items.
    """

    macro_lookup: MacroLookup | None = None
    attrs: tuple[Attr, ...] = ()
    is_kernel: bool = False
    is_device: bool = False
    is_library: bool = False
    cfg: CfgSet = frozenset()
    krate: str = "crate"
    module_path: str = "crate"
    file: str = ""
    line_of: Callable[[int], tuple[int, int]] | None = None
    include: Callable[[str], bytes | None] | None = None
    owner: Any = None
    env: Callable[[str], str | None] | None = None

    @property
    def is_device_body(self) -> bool:
        """Is this the body of a ``#[kernel]`` or ``#[device]`` function (index calls are rewritten)?"""
        return self.is_kernel or self.is_device
