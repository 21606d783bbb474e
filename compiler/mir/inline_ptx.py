"""The instructions of inline PTX, as far as the analyses read them.

Assumes: text as ``ptx_asm!`` has it; operands are holes. Guarantees: one entry a statement that names an instruction,
its predicate, braces and labels left out.

Example: ``"{ @p bar.sync 0; }"`` has ``("bar.sync", "{ @p bar.sync 0")``.
"""

from __future__ import annotations

from collections.abc import Iterator


def instructions(template: str) -> Iterator[tuple[str, str]]:
    """(name with its qualifiers, the statement) of each instruction."""
    for statement in template.replace("\n", ";").split(";"):
        name = next((w for w in statement.split() if not w.startswith(("@", "{", "}", ".", "//"))), "")
        if name:
            yield name, statement
