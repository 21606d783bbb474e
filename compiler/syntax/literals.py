"""Values of literal tokens, with rustc's complaints.

What it is: exact decoding of numbers, strings, characters and their byte and C forms.
Assumes: ``text`` is a literal token of :mod:`compiler.syntax.lexer`, decoded as latin-1 (one character a byte).
Guarantees: always a value; faults are listed as (start, end, code, message) relative to the literal.

>>> decode_number("0x1f_u8").value, decode_quoted('"a\\\\n"').value
(31, 'a\\n')
"""

from __future__ import annotations

import re

from compiler.base.dataclass import dataclass, field
from compiler.syntax.lexer import words

INT_SUFFIXES = words("u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize")
FLOAT_SUFFIXES = words("f16 f32 f64 f128")
_PREFIXED = re.compile(r"0([xbo])([0-9A-Za-z_]*)")
_DECIMAL = re.compile(r"([0-9][0-9_]*)((?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*[0-9][0-9_]*)?)(.*)", re.DOTALL)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "0": "\0", "'": "'", '"': '"'}
_BASES = {"x": (16, "0123456789abcdefABCDEF_"), "b": (2, "0123456789_"), "o": (8, "0123456789_")}
_SPECIAL = re.compile(r"\\|\r")

Fault = tuple[int, int, str, str]


@dataclass(slots=True)
class LiteralValue:
    """``kind``: "int", "float", "str", "byte str", "c str", "char", "byte" (the values of hir's LitKind)."""

    kind: str
    value: int | str | bytes
    suffix: str | None = None
    faults: list[Fault] = field(default_factory=list)


def decode_number(text: str) -> LiteralValue:
    """An integer or float literal; FLOAT values keep the source digits without ``_``."""
    if text.isdecimal():
        return _checked_int(LiteralValue("int", int(text)), len(text))
    prefixed = _PREFIXED.fullmatch(text)
    if prefixed is not None:
        return _prefixed_int(text, prefixed[1], prefixed[2])
    match = _DECIMAL.fullmatch(text)
    assert match is not None, text
    digits, fraction, suffix = match[1], match[2], match[3]
    if fraction or suffix in FLOAT_SUFFIXES:
        found = LiteralValue("float", (digits + fraction).replace("_", ""), suffix or None)
        if suffix and suffix not in FLOAT_SUFFIXES:
            _bad_suffix(found, text, suffix, "float")
        return found
    found = LiteralValue("int", int(digits.replace("_", "")), suffix or None)
    if suffix and suffix not in INT_SUFFIXES:
        if suffix[0] in "eE":
            found.faults.append((0, len(text), "syntax", "expected at least one digit in exponent"))
            found.suffix = None
        else:
            _bad_suffix(found, text, suffix, "number")
    return _checked_int(found, len(text))


def _checked_int(found: LiteralValue, length: int) -> LiteralValue:
    assert isinstance(found.value, int)
    if found.value >= 1 << 128:
        found.faults.append((0, length, "syntax", "integer literal is too large"))
        found.value = 0
    return found


def _prefixed_int(text: str, base_char: str, rest: str) -> LiteralValue:
    base, allowed = _BASES[base_char]
    n = 0
    while n < len(rest) and rest[n] in allowed:
        n += 1
    digits, suffix = rest[:n].replace("_", ""), rest[n:]
    found = LiteralValue("int", 0, suffix or None)
    if not digits:
        found.faults.append((0, len(text), "E0768", "no valid digits found for number"))
        found.suffix = None
        return found
    bad = next((d for d in digits if not d.isalpha() and int(d) >= base), None)
    if bad is not None:
        at = 2 + rest.index(bad)
        found.faults.append((at, at + 1, "syntax", f"invalid digit for a base {base} literal"))
        return found
    found.value = int(digits, base)
    if suffix and suffix not in INT_SUFFIXES:
        _bad_suffix(found, text, suffix, "number")
    return _checked_int(found, len(text))


def _bad_suffix(found: LiteralValue, text: str, suffix: str, what: str) -> None:
    if suffix[0] in "iu" and suffix[1:].isdecimal() and what == "number":
        message = f"invalid width `{suffix[1:]}` for integer literal"
    elif suffix[0] == "f" and suffix[1:].isdecimal():
        message = f"invalid width `{suffix[1:]}` for float literal"
    else:
        message = f"invalid suffix `{suffix}` for {what} literal"
    found.faults.append((0, len(text), "syntax", message))
    found.suffix = None


def decode_quoted(text: str) -> LiteralValue:
    """A string, byte string, C string, character or byte literal."""
    at = 0
    prefix = ""
    while text[at] in "bcr":
        prefix += text[at]
        at += 1
    if "r" in prefix:
        return _raw(text, prefix, at)
    quote = text[at]
    end = text.rfind(quote)
    found = LiteralValue(_kind(prefix, quote), "")
    if end + 1 < len(text):
        what = "character" if quote == "'" else "string"
        found.faults.append((0, len(text), "syntax", f"suffixes on {what} literals are invalid"))
    parts = _unescape(found, text[at + 1 : end], at + 1)
    _finish(found, parts, len(text))
    return found


def _kind(prefix: str, quote: str) -> str:
    if quote == "'":
        return "byte" if "b" in prefix else "char"
    return "byte str" if "b" in prefix else "c str" if "c" in prefix else "str"


def _raw(text: str, prefix: str, at: int) -> LiteralValue:
    hashes = 0
    while text[at + hashes] == "#":
        hashes += 1
    content = text[at + hashes + 1 : len(text) - hashes - 1]
    found = LiteralValue(_kind(prefix, '"'), "")
    if found.kind == "byte str" and not content.isascii():
        found.faults.append((0, len(text), "syntax", "non-ASCII character in raw byte string literal"))
    _finish(found, [content.encode("latin-1")], len(text))
    return found


def _finish(found: LiteralValue, parts: list[bytes], length: int) -> None:
    raw = b"".join(parts)
    if found.kind == "str":
        found.value = raw.decode("utf-8", "replace")
    elif found.kind == "byte str":
        found.value = raw
    elif found.kind == "c str":
        found.value = raw
        if b"\0" in raw:
            found.faults.append((0, length, "syntax", "null characters in C string literals are not supported"))
    elif found.kind == "byte":
        found.value = raw[0] if raw else 0
        _one_unit(found, len(raw), length, "byte")
    else:
        text = raw.decode("utf-8", "replace")
        found.value = ord(text[0]) if text else 0
        _one_unit(found, len(text), length, "character")


def _one_unit(found: LiteralValue, n: int, length: int, what: str) -> None:
    if found.faults:
        return
    if n == 0:
        found.faults.append((0, length, "syntax", f"empty {what} literal"))
    elif n > 1:
        unit = "codepoint" if what == "character" else "byte"
        found.faults.append((0, length, "syntax", f"{what} literal may only contain one {unit}"))


def _unescape(found: LiteralValue, body: str, base: int) -> list[bytes]:
    """The bytes of an escaped literal body; ``base`` is the body's offset in the token."""
    if "byte" in found.kind and not body.isascii():
        what = "byte string" if found.kind == "byte str" else "byte"
        at = next(i for i, c in enumerate(body) if c >= "\x80")
        found.faults.append((base + at, base + at + 1, "syntax", f"non-ASCII character in {what} literal"))
    parts: list[bytes] = []
    at = 0
    for match in _SPECIAL.finditer(body):
        first = match.start()
        if first < at:
            continue
        parts.append(body[at:first].encode("latin-1"))
        if match[0] == "\r":
            at = first + 1
            if body[at : at + 1] != "\n":
                found.faults.append(
                    (base + first, base + at, "syntax", "bare CR not allowed in string, use `\\r` instead")
                )
            continue
        piece, at = _escape(found, body, first, base)
        parts.append(piece)
    parts.append(body[at:].encode("latin-1"))
    return parts


def _escape(found: LiteralValue, body: str, at: int, base: int) -> tuple[bytes, int]:
    """One escape at ``body[at]``: its bytes and the offset after it."""
    char = body[at + 1 : at + 2]
    if char in _SIMPLE_ESCAPES and char:
        return _SIMPLE_ESCAPES[char].encode(), at + 2
    if char == "x":
        return _hex_escape(found, body, at, base)
    if char == "u":
        return _unicode_escape(found, body, at, base)
    if char in ("\n", "\r") and found.kind not in ("char", "byte"):
        end = at + 1
        while end < len(body) and body[end] in " \t\r\n":
            end += 1
        return b"", end
    what = "byte" if "byte" in found.kind else "character"
    found.faults.append((base + at, base + at + 2, "syntax", f"unknown {what} escape: `{char}`"))
    return b"", at + 2


def _hex_escape(found: LiteralValue, body: str, at: int, base: int) -> tuple[bytes, int]:
    digits = body[at + 2 : at + 4]
    bad = next((c for c in digits if c not in "0123456789abcdefABCDEF"), None)
    if bad is not None or len(digits) < 2:
        message = (
            f"invalid character in numeric character escape: `{bad}`"
            if bad
            else "numeric character escape is too short"
        )
        found.faults.append((base + at, base + at + 2 + len(digits), "syntax", message))
        return b"", at + 2 + len(digits)
    value = int(digits, 16)
    if value > 0x7F and found.kind in ("str", "char"):
        found.faults.append((base + at, base + at + 4, "syntax", "out of range hex escape"))
        value = 0x3F
    return bytes((value,)), at + 4


def _unicode_escape(found: LiteralValue, body: str, at: int, base: int) -> tuple[bytes, int]:
    close = body.find("}", at)
    end = close + 1 if close >= 0 else len(body)
    digits = body[at + 3 : close].replace("_", "") if close >= 0 else ""
    message = None
    value = 0x3F
    if "byte" in found.kind:
        message = "unicode escape in byte string" if found.kind == "byte str" else "unicode escape in byte literal"
    elif body[at + 2 : at + 3] != "{":
        message, end = "incorrect unicode escape sequence", at + 2
    elif close < 0:
        message = "unterminated unicode escape"
    elif not digits:
        message = "empty unicode escape"
    elif not all(c in "0123456789abcdefABCDEF" for c in digits):
        message = "invalid character in unicode escape: `{}`".format(
            next(c for c in digits if c not in "0123456789abcdefABCDEF")
        )
    elif len(digits) > 6:
        message = "overlong unicode escape"
    else:
        value = int(digits, 16)
        if value > 0x10FFFF or 0xD800 <= value < 0xE000:
            message, value = "invalid unicode character escape", 0x3F
    if message is not None:
        found.faults.append((base + at, base + end, "syntax", message))
        return b"", end
    return chr(value).encode("utf-8"), end
