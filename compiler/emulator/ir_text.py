"""LLVM IR as LLVM prints it, cut into globals, functions, blocks and instructions.

What it is: a line-level reader for the canonical text of a module whose values all have names (LLVM's ``instnamer``
ran). What it assumes: LLVM printed the text; one instruction a line, except ``switch``. What it guarantees: joining
the parts again gives the same module; no instruction is dropped except debug records. Example::

    split_operands("i32 %a, ptr getelementptr (i8, ptr @g, i64 4), align 4")   # three parts
    split_type("{ i32, i1 } %pair")                                            # ("{ i32, i1 }", "%pair")
"""

from __future__ import annotations

import re

from compiler.base.dataclass import dataclass, field

SYMBOL = r'@(?:"[^"]*"|[\w.$-]+)'
LOCAL = r'%(?:"[^"]*"|[\w.$-]+)'
_LABEL = re.compile(r'^("[^"]*"|[\w.$-]+):')
_DEFINE_NAME = re.compile(rf"({SYMBOL})\(")
_ATTACHMENT = re.compile(r",? ![\w.]+ ![0-9]+")
_GROUP = re.compile(r" #\d+\b")
_OPEN, _CLOSE = "([{<", ")]}>"
_FLAGS = (
    "noundef|zeroext|signext|nonnull|noalias|inreg|returned|readonly|readnone|writeonly|nocapture|immarg|nofree|noext|"
    "nnan|ninf|nsz|arcp|contract|afn|reassoc|fast|fastcc|ccc|ptx_device|ptx_kernel|dead_on_unwind|writable|nest"
)
_WITH_VALUE = "captures|dereferenceable|dereferenceable_or_null|range|initializes|nofpclass"
_ATTRIBUTES = re.compile(
    rf"\b(?:{_FLAGS})\b ?|\b(?:{_WITH_VALUE})\((?:[^()]|\([^()]*\))*\) ?|\balign \d+ (?=[%@0-9a-z])"
)


@dataclass(slots=True)
class Block:
    """A basic block: label without ``%`` and its instructions, phis first, terminator last."""

    label: str
    instructions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Function:
    """A definition. ``head`` is the ``define`` line up to and without ``{``."""

    name: str  # with @
    head: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def is_kernel(self) -> bool:
        return " ptx_kernel " in self.head


@dataclass(slots=True)
class Module:
    """``globals``: name (with @) -> line; ``types`` and ``metadata``: lines; ``declares``: name -> line."""

    types: list[str] = field(default_factory=list)
    globals: dict[str, str] = field(default_factory=dict)
    declares: dict[str, str] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)


def parse_module(text: str) -> Module:
    """Read canonical IR text."""
    module = Module()
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("define "):
            function = _parse_function(line, lines)
            module.functions[function.name] = function
        elif line.startswith("declare "):
            match = _DEFINE_NAME.search(line)
            if match is not None:
                module.declares[match[1]] = line
        elif line.startswith("@"):
            module.globals[line.split(" = ", 1)[0]] = line
        elif line.startswith("%"):
            module.types.append(line)
        elif line.startswith("!") and " = " in line:
            key, value = line.split(" = ", 1)
            module.metadata[key] = value
    return module


def _parse_function(line: str, lines: object) -> Function:
    match = _DEFINE_NAME.search(line)
    assert match is not None, line
    function = Function(match[1], line.rsplit("{", 1)[0].rstrip())
    block: Block | None = None
    for text in lines:  # type: ignore[attr-defined]
        if text == "}":
            break
        label = _LABEL.match(text)
        if label is not None:
            block = Block(label[1])
            function.blocks.append(block)
            continue
        stripped = text.strip()
        if not stripped or stripped.startswith((";", "#dbg_")):
            continue
        if block is None:  # an entry block that LLVM prints without a label
            block = Block("oxide.unnamed")
            function.blocks.append(block)
        if stripped.startswith("switch ") and not stripped.endswith("]"):
            for more in lines:  # type: ignore[attr-defined]
                stripped += " " + more.strip()
                if more.strip().startswith("]"):
                    break
        block.instructions.append(stripped)
    return function


def split_operands(text: str) -> list[str]:
    """Split at commas outside brackets and strings."""
    parts: list[str] = []
    depth = start = 0
    quoted = False
    for i, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    tail = text[start:].strip()
    if tail:
        parts.append(tail)
    return parts


def matching(text: str, start: int) -> int:
    """Index just after the bracket that closes ``text[start]``."""
    depth = 0
    quoted = False
    for i in range(start, len(text)):
        char = text[i]
        if char == '"':
            quoted = not quoted
        elif not quoted and char in _OPEN:
            depth += 1
        elif not quoted and char in _CLOSE:
            depth -= 1
            if depth == 0:
                return i + 1
    return len(text)


def split_type(text: str) -> tuple[str, str]:
    """Cut the leading type off ``text``."""
    text = text.lstrip()
    end = matching(text, 0) if text[:1] in "{[<" else len(text.split(" ", 1)[0].split(",", 1)[0])
    if text[end:].startswith(" addrspace("):
        end = matching(text, end + len(" addrspace"))
    return text[:end], text[end:].strip()


def strip_attributes(text: str) -> str:
    """Remove parameter attributes, fast-math flags and calling conventions."""
    return _ATTRIBUTES.sub("", text)


def strip_attachments(line: str) -> str:
    """Remove metadata attachments and attribute groups."""
    return _GROUP.sub("", _ATTACHMENT.sub("", line))


def debug_reference(line: str) -> str:
    """The ``!N`` of an instruction's ``!dbg``, or ""."""
    at = line.rfind("!dbg !")
    if at < 0:
        return ""
    match = re.match(r"![0-9]+", line[at + 5 :])
    return match[0] if match else ""


@dataclass(slots=True)
class Call:
    """A parsed call: ``result`` ("" when none), ``type`` of the result, ``callee`` ("@f", "%p" or "asm"), arguments."""

    result: str
    type: str
    callee: str
    args: list[tuple[str, str]]  # (type, value)
    template: str = ""
    constraints: str = ""
    volatile: bool = False  # asm sideeffect


_CALL = re.compile(rf"^(?:({LOCAL}) = )?(?:tail |musttail |notail )?call (.*)$")
_ASM = re.compile(r'\basm (sideeffect )?(?:alignstack )?(?:inteldialect )?(?:unwind )?"((?:[^"\\]|\\.)*)", "([^"]*)"\(')


def parse_call(line: str) -> Call | None:
    """Parse a ``call`` instruction; None for anything else."""
    match = _CALL.match(line)
    if match is None:
        return None
    result, rest = match[1] or "", match[2]
    asm = _ASM.search(rest)
    if asm is not None:
        args = _arguments(rest, asm.end() - 1)
        ty = split_type(strip_attributes(rest[: asm.start()]))[0]
        return Call(result, ty, "asm", args, unescape(asm[2]), asm[3], bool(asm[1]))
    callee = re.search(rf"(?:^| )({SYMBOL}|{LOCAL})\(", rest)
    if callee is None:
        return None
    ty = split_type(strip_attributes(rest[: callee.start(1)]))[0]
    return Call(result, ty, callee[1], _arguments(rest, callee.end() - 1))


def _arguments(text: str, start: int) -> list[tuple[str, str]]:
    inner = text[start + 1 : matching(text, start) - 1]
    return [split_type(strip_attributes(part)) for part in split_operands(inner)]


def unescape(text: str) -> str:
    r"""LLVM string escapes: ``\0A`` and ``\\``."""
    return re.sub(r"\\([0-9A-Fa-f]{2}|\\)", lambda m: "\\" if m[1] == "\\" else chr(int(m[1], 16)), text)
