"""Tokens of Rust text.

What it is: one regular expression over the text decoded as latin-1, so that string indices are byte offsets whatever
the text holds.
Assumes: any bytes. Guarantees: every byte is in a token, a space or a comment; never raises; faults are listed in
``Tokens.errors`` as (start, end, code, message), one per fault.

``kinds[i]`` is the token itself for punctuation and keywords (``"->"``, ``"fn"``), else one of the upper-case class
names below; ``texts[i]`` is the identifier (raw prefix stripped, non-ASCII decoded and normalised), the literal as
written, or the punctuation. Doc comments are dropped, or kept as ``DOC`` tokens on request (macro invocations see them
as attributes).

>>> t = lex("x += 0x1f;"); t.kinds
['IDENT', '+=', 'NUM', ';', 'EOF', 'EOF', 'EOF']
"""

from __future__ import annotations

import re
import unicodedata

from compiler.base.dataclass import dataclass, field

IDENT = "IDENT"
NUM = "NUM"
STR = "STR"
BYTE_STR = "BYTE_STR"
C_STR = "C_STR"
CHAR = "CHAR"
BYTE = "BYTE"
LIFETIME = "LIFETIME"
DOC = "DOC"
ERROR = "ERROR"
EOF = "EOF"
# Invisible delimiters around a macro fragment (``$e:expr``): the text of the opening one is the fragment kind.
OPEN_GROUP = "OPEN_GROUP"
CLOSE_GROUP = "CLOSE_GROUP"


def words(text: str) -> frozenset[str]:
    """The set of the space-separated words of ``text``."""
    return frozenset(text.split())


LITERALS = frozenset((NUM, STR, BYTE_STR, C_STR, CHAR, BYTE))
KEYWORDS = words(
    "as break const continue crate else enum extern false fn for if impl in let loop match mod move mut "
    "pub ref return self Self static struct super trait true type unsafe use where while async await dyn "
    "abstract become box do final macro override priv typeof unsized virtual yield try _"
)
OPENERS = {"(": ")", "[": "]", "{": "}", OPEN_GROUP: CLOSE_GROUP}
CLOSERS = frozenset((")", "]", "}", CLOSE_GROUP))

_KIND_OF_WORD = {word: word for word in KEYWORDS}
_SPACE = r"[ \t\r\n\f\v]*+(?://[^\n]*+[ \t\r\n\f\v]*+)*+"
_SPACE_KEEPING_DOCS = r"[ \t\r\n\f\v]*+(?://(?![/!])[^\n]*+[ \t\r\n\f\v]*+|////[^\n]*+[ \t\r\n\f\v]*+)*+"
_WORD = r"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*+"
_PUNCT = (
    r"<<=|>>=|\.\.\.|\.\.=|::|->|=>|==|!=|<=|>=|&&|\|\||\+=|-=|\*=|/=|%=|\^=|&=|\|=|<<|>>|\.\."
    r"|[-+*%^!&|=<>@.,;:#$?~(){}\[\]]|/(?![*/])"
)
_NUM = (
    r"0[xbo][0-9A-Za-z_]*+"
    r"|[0-9][0-9_]*+(?:\.[0-9][0-9_]*+(?:[eE][+-]?_*[0-9][0-9_]*+)?|[eE][+-]?_*[0-9][0-9_]*+|\.(?![._A-Za-z0-9\x80-\xff]))?"
    r"(?:[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*+)?"
)
_QUOTED = r'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"'
_CHARLIKE = r"'(?:[^'\\\n\r\t\x80-\xff]|[\xc0-\xff][\x80-\xbf]+|\\[^\n][^'\n]*+)'"
_TOKEN = (
    rf"(?:({_WORD}(?![\"'#]))"  # 1
    rf"|({_PUNCT})"  # 2
    rf"|({_NUM})"  # 3
    rf"|({_QUOTED}{_WORD}|{_QUOTED})"  # 4
    rf"|({_CHARLIKE}|'r#{_WORD}(?!['#])|'{_WORD}(?!')|'[A-Za-z0-9_]{{2,}}')"  # 5
    r"|(/\*|//[^\n]*)"  # 6: block comment, doc line
    rf'|(b{_QUOTED}|c{_QUOTED}|[bc]?r(?P<hashes>#*)"[\s\S]*?"(?P=hashes)'  # 7 (8: hashes)
    rf"|b{_CHARLIKE}|r#{_WORD}|{_WORD}(?=#*[\"\']?))"
    r"|([\s\S])"  # 9
    r"|(\Z))"  # 10
)
_SCAN = re.compile(_SPACE + _TOKEN)
_SCAN_DOCS = re.compile(_SPACE_KEEPING_DOCS + _TOKEN)
_RAW_OPENING = re.compile(r'#*"')
_COMMENT_EDGE = re.compile(r"/\*|\*/")


@dataclass(slots=True)
class Tokens:
    """Parallel lists; three EOF tokens end them, so that looking two ahead never falls off."""

    kinds: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    errors: list[tuple[int, int, str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        """Without the EOF tokens."""
        return len(self.kinds) - 3

    def add(self, kind: str, text: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.texts.append(text)
        self.starts.append(start)
        self.ends.append(end)

    def finish(self, end: int) -> Tokens:
        for _ in range(3):
            self.add(EOF, "", end, end)
        return self


def lex(text: str, start: int = 0, end: int | None = None, keep_docs: bool = False) -> Tokens:
    """Tokens of ``text[start:end]``, where ``text`` is the source decoded as latin-1."""
    end = len(text) if end is None else end
    tokens = _lex(Tokens(), text, start, end, keep_docs)
    if tokens.errors and any(error[2] == "E0765" for error in tokens.errors):
        tokens = _close_at_line_end(tokens, text, start, end, keep_docs)
    return tokens.finish(end)


_MAX_RETRIES = 4


def _close_at_line_end(tokens: Tokens, text: str, start: int, end: int, keep_docs: bool) -> Tokens:
    """A forgotten quote turns every later string inside out, so the fault shows only at the last one. The culprit is a
    string that runs over a line end: the first for which the rest of the text is whole, when it is closed at the end of
    its line."""
    suspects = [i for i, kind in enumerate(tokens.kinds) if kind == STR and "\n" in tokens.texts[i]][:_MAX_RETRIES]
    suspects += [i for i, kind in enumerate(tokens.kinds) if kind == ERROR and tokens.texts[i] == STR][:1]
    for at in suspects:
        opened = tokens.starts[at]
        line_end = text.find("\n", opened, end)
        line_end = end if line_end < 0 else line_end
        retry = Tokens(tokens.kinds[:at], tokens.texts[:at], tokens.starts[:at], tokens.ends[:at])
        retry.errors = [error for error in tokens.errors if error[0] < opened]
        retry.errors.append((opened, line_end, "E0765", "unterminated double quote string"))
        retry.add(ERROR, STR, opened, line_end)
        _lex(retry, text, line_end, end, keep_docs)
        if sum(error[2] == "E0765" for error in retry.errors) == 1:
            return retry
    return tokens


def _lex(tokens: Tokens, text: str, start: int, end: int, keep_docs: bool) -> Tokens:
    """Append the tokens of ``text[start:end]``."""
    ascii_only = text.isascii()
    scan = _SCAN_DOCS if keep_docs else _SCAN
    kinds, texts, starts, ends = tokens.kinds.append, tokens.texts.append, tokens.starts.append, tokens.ends.append
    kind_of_word = _KIND_OF_WORD.get
    at = start
    while at < end:
        for match in scan.finditer(text, at, end):
            group = match.lastindex
            assert group is not None
            first, last = match.span(group if group != 8 else 7)
            if group == 2:
                word = match[2]
                kinds(word)
            elif group == 1:
                word = match[1]
                if not ascii_only and not word.isascii():
                    word = _unicode_word(tokens, word, first, last)
                    if not word:
                        continue
                kinds(kind_of_word(word, IDENT))
            elif group == 3:
                word = match[3]
                kinds(NUM)
            elif group == 6:
                at = _comment(tokens, text, first, end, keep_docs)
                break
            else:
                if group == 7 and (stop := _left_open(tokens, text, first, last, end)):
                    at = stop
                    break
                if group != 10:
                    _rare(tokens, text[first:last], first, last)
                continue
            texts(word)
            starts(first)
            ends(last)
        else:
            break
    return tokens


def _comment(tokens: Tokens, text: str, start: int, end: int, keep_docs: bool) -> int:
    """Skip a block comment (they nest) or take a doc comment; the offset after it."""
    if text[start + 1] == "/":
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        is_doc = True
    else:
        stop = _block_comment_end(tokens, text, start, end)
        is_doc = text[start + 2 : start + 3] in ("*", "!") and text[start + 2 : start + 4] not in ("**", "*/")
    if is_doc and keep_docs:
        tokens.add(DOC, text[start:stop], start, stop)
    return stop


def _block_comment_end(tokens: Tokens, text: str, start: int, end: int) -> int:
    depth = 0
    for match in _COMMENT_EDGE.finditer(text, start, end):
        if match[0] == "/*":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return match.end()
    tokens.errors.append((start, min(start + 2, end), "E0758", "unterminated block comment"))
    return end


def _left_open(tokens: Tokens, text: str, start: int, stop: int, end: int) -> int:
    """For the prefix of a literal without an end: the end of its line, up to which all is the fault; else 0."""
    word, following = text[start:stop], text[stop : stop + 1]
    if word in ("r", "br", "cr") and _RAW_OPENING.match(text, stop, end):
        code, message, kind = "E0748", "unterminated raw string", STR
    elif word == "b" and following == "'":
        code, message, kind = "E0763", "unterminated byte constant", BYTE
    elif word == "b" and following == '"':
        code, message, kind = "E0766", "unterminated double quote byte string", BYTE_STR
    else:
        return 0
    line_end = text.find("\n", start, end)
    tokens.errors.append((start, start + 1, code, message))
    tokens.add(ERROR, kind, start, end if line_end < 0 else line_end)
    return tokens.ends[-1]


def _rare(tokens: Tokens, word: str, start: int, stop: int) -> None:
    """Strings, quotes, prefixed literals and what is no token at all."""
    head = word[0]
    if head == '"':
        if len(word) == 1:
            _unterminated(tokens, start, "E0765", "unterminated double quote string", STR)
        else:
            tokens.add(STR, word, start, stop)
    elif head == "'":
        _quote(tokens, word, start, stop)
    elif (len(word) > 1 and word[-1] in "\"'#") or word[:2] == "r#":
        _prefixed(tokens, word, start, stop)
    elif head.isalpha() or head == "_" or head >= "\x80":
        plain = word if word.isascii() else _unicode_word(tokens, word, start, stop)
        tokens.add(_KIND_OF_WORD.get(plain, IDENT), plain, start, stop)
    elif not head.isspace() and head != "\0":
        tokens.errors.append((start, stop, "syntax", f"unknown start of token: {head}"))
    elif head == "\0":
        tokens.errors.append((start, stop, "syntax", "unknown start of token: \\u{0}"))


def _prefixed(tokens: Tokens, word: str, start: int, stop: int) -> None:
    quote = word[-1]
    if word[:2] == "r#" and word[2] not in '"#':
        name = word[2:]
        if name in ("self", "Self", "super", "crate", "_"):
            tokens.errors.append((start, stop, "syntax", f"`{name}` cannot be a raw identifier"))
        tokens.add(IDENT, name if name.isascii() else _unicode_word(tokens, name, start, stop), start, stop)
    elif quote == "'":
        tokens.add(BYTE, word, start, stop)
    else:
        tokens.add({"b": BYTE_STR, "c": C_STR, "r": STR}[word[0]], word, start, stop)


def _quote(tokens: Tokens, word: str, start: int, stop: int) -> None:
    if len(word) == 1:
        _unterminated(tokens, start, "E0762", "unterminated character literal", CHAR)
    elif word[-1] != "'":
        raw = word.startswith("'r#")
        if raw:
            word = "'" + word[3:]
        if not word.isascii() and not word[1:].encode("latin-1").decode("utf-8", "ignore").isidentifier():
            _unterminated(tokens, start, "E0762", "unterminated character literal", CHAR)
            return
        name = word if word.isascii() else _unicode_word(tokens, word, start, stop)
        if raw and name[1:] in ("self", "Self", "super", "crate", "_"):
            tokens.errors.append((start, stop, "syntax", f"`{name[1:]}` cannot be a raw lifetime"))
        if raw and name[1:] in KEYWORDS and name != "'static":
            name = f"'r#{name[1:]}"  # elsewhere `'r#a` is `'a`
        if name[1:2].isdigit():
            tokens.errors.append((start, stop, "syntax", "lifetimes cannot start with a number"))
        tokens.add(LIFETIME, name, start, stop)
    else:
        tokens.add(CHAR, word, start, stop)


def _unterminated(tokens: Tokens, start: int, code: str, message: str, kind: str) -> None:
    tokens.errors.append((start, start + 1, code, message))
    tokens.add(ERROR, kind, start, start + 1)


def _unicode_word(tokens: Tokens, word: str, start: int, stop: int) -> str:
    """Decode the UTF-8 bytes of an identifier and normalise it (NFC), as the Rust reference says."""
    text = word.encode("latin-1").decode("utf-8", "ignore")  # bytes that are not UTF-8 are reported for the file
    if text and not text.lstrip("'").isidentifier():
        tokens.errors.append(
            (start, stop, "syntax", f"unknown start of token: {text[0] if not text[0].isidentifier() else text}")
        )
    return unicodedata.normalize("NFC", text)
