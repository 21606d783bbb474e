"""A text read as far as tokens and brackets, with what is wrong on that level.

What it is: the step every reader of a file shares, cached by the text. Assumes: any bytes.
Guarantees: never raises and never hangs: a text over :data:`MAX_BYTES` is one message and no tokens; bytes that are not
UTF-8 are one message (with the offset of the first) and are read as they are. Lexical and bracket faults are reported
here and nowhere else.

>>> [f.message for f in read_text(b"fn f() {").faults]
['this file contains an unclosed delimiter']
"""

from __future__ import annotations

import re
from functools import lru_cache

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.syntax.delimiters import Delimiters, match_delimiters
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import Tokens, lex

MAX_BYTES = 4 << 20
_UNTERMINATED = frozenset(("E0748", "E0758", "E0762", "E0763", "E0765", "E0766"))
_SHEBANG = re.compile(r"#!(?!\s*\[)[^\n]*")


@dataclass(frozen=True, slots=True)
class SourceText:
    """``source``: the text decoded as latin-1, so that indices are byte offsets. ``is_torn``: brackets or quotes do not
    match, so what is found wrong on a higher level may only follow from that."""

    source: str
    tokens: Tokens
    delimiters: Delimiters
    faults: tuple[SyntaxFault, ...]
    is_torn: bool = False


@lru_cache(maxsize=8)
def read_text(text: bytes) -> SourceText:
    """Tokens, brackets and faults of a file."""
    if len(text) > MAX_BYTES:
        tokens = Tokens().finish(0)
        size = f"{len(text) / (1 << 20):.1f} MiB"
        fault = SyntaxFault(f"unsupported: a source file of {size} (the limit is {MAX_BYTES >> 20} MiB)", Span(0, 1))
        return SourceText("", tokens, Delimiters(tokens), (fault,))
    source = text.decode("latin-1")
    tokens = lex(source, content_start(source))
    delimiters = match_delimiters(tokens, source)
    lexical: list[SyntaxFault] = []
    swallowed = False
    for start, end, code, message in tokens.errors:
        lexical.append(SyntaxFault(message, Span(start, end), code=code))
        if code in _UNTERMINATED:
            # What an unterminated literal or comment swallowed is not a second fault.
            swallowed = True
            break
    brackets = () if swallowed else tuple(delimiters.faults)
    faults = (*_encoding_fault(text), *lexical, *brackets)
    return SourceText(source, tokens, delimiters, faults, bool(brackets) or swallowed)


def _encoding_fault(text: bytes) -> tuple[SyntaxFault, ...]:
    if text.isascii():
        return ()
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        span = Span(error.start, error.start + 1)
        message = f"file is not valid UTF-8: byte 0x{text[error.start]:02x} at offset {error.start}"
        return (SyntaxFault(message, span, "not UTF-8"),)
    return ()


def content_start(source: str) -> int:
    """The offset after a byte order mark and a ``#!`` line."""
    start = 3 if source.startswith("\xef\xbb\xbf") else 0
    shebang = _SHEBANG.match(source, start)
    return shebang.end() if shebang else start
