"""Credit inlined code to the line of the outermost caller, so that PTX ``.loc`` names the kernel's own lines.

What it is: a rewrite of the debug locations in optimised LLVM IR text, just before PTX is emitted. LLVM's NVPTX back
end prints the innermost location and drops ``inlinedAt``; a person asks which line of the kernel an instruction came
from. What it assumes: LLVM's own printing of ``DILocation`` nodes. What it guarantees: nothing but locations changes;
text without inlined code comes back as it is. Example: with ``!9 = !DILocation(line: 13, column: 21, scope: !3)``,

    !6 = !DILocation(line: 35, column: 1, scope: !7, inlinedAt: !9)

becomes ``!6 = !DILocation(line: 13, column: 21, scope: !3)``.
"""

from __future__ import annotations

import re

_LOCATION = re.compile(r"^(!\d+) = (distinct )?!DILocation\((.*?)(?:, inlinedAt: (!\d+))?\)$", re.M)


def outermost_locations(llvm_ir: str) -> str:
    """The text with every inlined location replaced by that of its outermost caller."""
    if "inlinedAt: !" not in llvm_ir:
        return llvm_ir
    nodes = {match[1]: (match[3], match[4]) for match in _LOCATION.finditer(llvm_ir)}

    def credited(match: re.Match[str]) -> str:
        facts, outer = match[3], match[4]
        for _ in range(len(nodes)):
            if outer not in nodes:
                break
            facts, outer = nodes[outer]
        return f"{match[1]} = {match[2] or ''}!DILocation({facts})"

    return _LOCATION.sub(credited, llvm_ir)
