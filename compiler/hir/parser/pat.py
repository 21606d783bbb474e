"""Patterns.

What it is: rustc's ``parse_pat``. Assumes: the cursor is at the first token of the pattern.
Guarantees: ``(p)`` is ``p``; a plain name is a :class:`BindPat` (resolution decides whether it is a constant).

>>> # ``Some(x @ 1..=5) | None`` -> OrPat(TupleStructPat(Some, BindPat(x, RangePat)), BindPat(None))
"""

from __future__ import annotations

from abc import abstractmethod

from compiler.base.span import Span
from compiler.hir.nodes import (
    BindingAnnotation,
    BindPat,
    ExprId,
    FieldPat,
    LitPat,
    OrPat,
    Path,
    PathExpr,
    PathPat,
    PatId,
    RangePat,
    RecordPat,
    RefPat,
    RestPat,
    SlicePat,
    TuplePat,
    TupleStructPat,
    WildPat,
    strip_mark,
)
from compiler.hir.parser.generics import GenericsParser
from compiler.hir.parser.path import unmarked
from compiler.syntax.errors import ParseError, SyntaxFault
from compiler.syntax.lexer import CLOSE_GROUP, IDENT, LITERALS, NUM, OPEN_GROUP

_RANGES = frozenset(("..=", "...", ".."))
_RANGE_END = LITERALS | {"-", IDENT, "self", "Self", "super", "crate", "::", "$crate", "<", "true", "false", OPEN_GROUP}


class PatParser(GenericsParser):
    @abstractmethod
    def macro_pat(self, path: Path, start: int) -> PatId: ...

    @abstractmethod
    def const_block(self) -> ExprId: ...

    def pat(self) -> PatId:
        """A pattern with alternatives at top level."""
        start = self.starts[self.i]
        if not self.eat("|"):
            first = self.pat_no_alt()
            if self.kinds[self.i] != "|":
                return first
        else:
            first = self.pat_no_alt()
        pats = [first]
        while self.eat("|"):
            pats.append(self.pat_no_alt())
        return first if len(pats) == 1 else self.add_pat(OrPat(tuple(pats)), start)

    def pat_no_alt(self) -> PatId:
        self.enter()
        found = self._pat()
        self.depth -= 1
        return found

    def _pat(self) -> PatId:
        at = self.i
        kind = self.kinds[at]
        start = self.starts[at]
        if kind == IDENT:
            return self._ident_pat(start)
        if kind == "_":
            self.i = at + 1
            return self.add_pat(WildPat(), start)
        if kind in ("ref", "mut"):
            return self._binding(start)
        if kind == "(":
            return self._tuple_pat(start)
        if kind == "[":
            return self.add_pat(SlicePat(self._pat_list("[", "]")[0]), start)
        if kind in ("&", "&&"):
            return self._ref_pat(start)
        if kind == "..":
            return self._rest_or_range(start)
        if kind in ("..=", "..."):
            self.i = at + 1
            return self.add_pat(RangePat(None, self._range_bound(), True), start)
        if kind in LITERALS or kind in ("-", "true", "false", "const"):
            return self._literal_pat(start)
        if kind == OPEN_GROUP and self.texts[at] not in ("path", "ty"):
            return self._fragment_pat(start)
        if self.at_path():
            return self._path_pat(start)
        self.expected("pattern")

    def _ident_pat(self, start: int) -> PatId:
        following = self.kinds[self.i + 1]
        if following in ("::", "(", "{", "!", "..=", "..."):
            if following != "!" or self.kinds[self.i + 2] in ("(", "[", "{"):
                return self._path_pat(start)
        if following == ".." and self.kinds[self.i + 2] not in (".",):
            return self._path_pat(start)
        name = self.texts[self.i]
        self.i += 1
        if following == "@":
            self.i += 1
            return self.add_pat(BindPat(name, BindingAnnotation.UNANNOTATED, self.pat_no_alt()), start)
        return self.add_pat(BindPat(name, BindingAnnotation.UNANNOTATED), start)

    def _binding(self, start: int) -> PatId:
        by_ref = self.eat("ref")
        mutable = self.eat("mut")
        mode = {
            (True, True): BindingAnnotation.REF_MUT,
            (True, False): BindingAnnotation.REF,
            (False, True): BindingAnnotation.MUTABLE,
        }[by_ref, mutable]
        if self.kinds[self.i] == "self":
            self.expected("identifier")
        self.ident()
        name = self.texts[self.i - 1]
        sub = self.pat_no_alt() if self.eat("@") else None
        return self.add_pat(BindPat(name, mode, sub), start)

    def _tuple_pat(self, start: int) -> PatId:
        pats, comma = self._pat_list("(", ")")
        if len(pats) == 1 and not comma and not isinstance(self.store.pats[pats[0]], RestPat):
            return pats[0]
        return self.add_pat(TuplePat(pats), start)

    def _pat_list(self, opener: str, closer: str) -> tuple[tuple[PatId, ...], bool]:
        """Patterns between delimiters, and whether a comma ended them."""
        opened = self.expect(opener)
        pats: list[PatId] = []
        comma = False
        kinds = self.kinds
        while kinds[self.i] != closer:
            enabled = self.outer_attrs()
            pat = self.pat()
            if enabled:
                pats.append(pat)
            comma = self.eat(",")
            if not comma:
                break
        if kinds[self.i] not in (closer, "EOF"):
            self.expected(f"one of `{closer}`, `,`, or `|`")
        self.close(closer, opened)
        return tuple(pats), comma

    def _ref_pat(self, start: int) -> PatId:
        double = self.kinds[self.i] == "&&"
        self.i += 1
        mutable = self.eat("mut")
        inner = self.add_pat(RefPat(self.pat_no_alt(), mutable), start + 1 if double else start)
        return self.add_pat(RefPat(inner, False), start) if double else inner

    def _rest_or_range(self, start: int) -> PatId:
        self.i += 1
        if self.kinds[self.i] in _RANGE_END:
            return self.add_pat(RangePat(None, self._range_bound(), False), start)
        return self.add_pat(RestPat(), start)

    def _literal_pat(self, start: int) -> PatId:
        expr = self.const_block() if self.kinds[self.i] == "const" else self.literal_expr()
        found = self._maybe_range(expr, start)  # an id may be 0
        return found if found is not None else self.add_pat(LitPat(expr), start)

    def _maybe_range(self, low: ExprId, start: int) -> PatId | None:
        kind = self.kinds[self.i]
        if kind not in _RANGES:
            return None
        self.i += 1
        if self.kinds[self.i] in _RANGE_END:
            return self.add_pat(RangePat(low, self._range_bound(), kind != ".."), start)
        if kind != "..":
            span = Span(self.starts[self.i - 1], self.ends[self.i - 1])
            raise ParseError(SyntaxFault("inclusive range with no end", span, code="E0586"))
        return self.add_pat(RangePat(low, None, False), start)

    def _range_bound(self) -> ExprId:
        kind = self.kinds[self.i]
        if kind in LITERALS or kind in ("-", "true", "false"):
            return self.literal_expr()
        if kind == OPEN_GROUP and self.texts[self.i] in ("expr", "literal"):
            self.i += 1
            found = self.literal_expr()
            self.expect(CLOSE_GROUP)
            return found
        start = self.starts[self.i]
        return self.add(PathExpr(self.path()), start)

    def _fragment_pat(self, start: int) -> PatId:
        kind = self.texts[self.i]
        self.i += 1
        if kind in ("pat", "pat_param"):
            found = self.pat()
        elif kind in ("expr", "literal"):
            found = self._path_pat(start) if self.at_path() else self._literal_pat(start)
            self.expect(CLOSE_GROUP)
            stored = self.store.pats[found]
            if isinstance(stored, LitPat):
                made = self._maybe_range(stored.expr, start)
                return made if made is not None else found
            return found
        else:
            self.expected("pattern")
        self.expect(CLOSE_GROUP)
        return found

    def _path_pat(self, start: int) -> PatId:
        path = self.path()
        kind = self.kinds[self.i]
        if kind == "!" and self.kinds[self.i + 1] in ("(", "[", "{"):
            return self.macro_pat(path, start)
        if kind == "(":
            return self.add_pat(TupleStructPat(unmarked(path), self._pat_list("(", ")")[0]), start)
        if kind == "{":
            return self._record_pat(path, start)
        if kind in _RANGES:
            low = self.add(PathExpr(path), start)
            found = self._maybe_range(low, start)
            assert found is not None
            return found
        return self.add_pat(PathPat(unmarked(path)), start)

    def _record_pat(self, path: Path, start: int) -> PatId:
        opened = self.expect("{")
        fields: list[FieldPat] = []
        has_rest = False
        while self.kinds[self.i] != "}":
            enabled = self.outer_attrs()
            if self.eat(".."):
                has_rest = True
                break
            field = self._field_pat()
            if enabled:
                fields.append(field)
            if not self.eat(","):
                break
        if self.kinds[self.i] not in ("}", "EOF"):
            self.expected("one of `}`, `,`, or `:`" if not has_rest else "`}`")
        self.close("}", opened)
        return self.add_pat(RecordPat(unmarked(path), tuple(fields), has_rest), start)

    def _field_pat(self) -> FieldPat:
        at = self.i
        start = self.starts[at]
        if self.kinds[at] in (IDENT, NUM) and self.kinds[at + 1] == ":":
            self.i = at + 2
            pat = self.pat()
            return FieldPat(strip_mark(self.texts[at]), pat, self.span_from(start))
        if self.kinds[at] == IDENT:
            self.i = at + 1
            name = self.texts[at]
            pat = self.add_pat(BindPat(name, BindingAnnotation.UNANNOTATED), start)
            return FieldPat(strip_mark(name), pat, self.span_from(start))
        pat = self._binding(start) if self.kinds[at] in ("ref", "mut") else self.expected("identifier")
        bound = self.store.pats[pat]
        assert isinstance(bound, BindPat)
        return FieldPat(strip_mark(bound.name), pat, self.span_from(start))
