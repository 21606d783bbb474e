"""Idioms: pieces of programs around one language feature, with random types, literals and expressions in their holes.

An idiom writes lines and items into a :class:`Statements`; what it declares is local to a block of its own, its items to the
program's module. ``IDIOMS`` names them, for ``--kind``. The idioms are spread over three files by subject.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.differential import idioms_iterators, idioms_memory, idioms_traits
from bench.differential.statements import Statements

Idiom = Callable[[Statements], None]

IDIOMS: dict[str, Idiom] = {
    name: idiom
    for module in (idioms_traits, idioms_iterators, idioms_memory)
    for name, idiom in vars(module).items()
    if callable(idiom) and getattr(idiom, "__module__", "") == module.__name__ and not name.startswith("_")
}
