"""Item headers: functions, types, traits, impls, aliases, constants.

What it is: from the first token of an item (attributes included) to its declaration. Assumes: the item scanner has
found the item, so a header that merely stops short has been reported already.
Guarantees: types and bounds in source order; anonymous constants are numbered in source order, the same in signature
and body.

>>> # ``fn f<T: Copy>(&self, x: T) -> T`` -> FnDecl(self_kind="&self", params=(self, x))
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.nodes import (
    AdtDecl,
    BindingAnnotation,
    BindPat,
    BoundRef,
    ConstDecl,
    FieldDecl,
    FnDecl,
    GenericsRef,
    ImplDecl,
    LifetimeRef,
    ParamRef,
    Path,
    PathSegment,
    PathType,
    PatId,
    RefType,
    TraitDecl,
    TypeAliasDecl,
    TypeRef,
    VariantDecl,
    WildPat,
    strip_mark,
)
from compiler.hir.parser.path import unmarked
from compiler.hir.parser.stmt import StmtParser
from compiler.syntax.errors import ParseError, SyntaxFault, unsupported
from compiler.syntax.lexer import EOF, IDENT, LIFETIME

RESTRICTION, RESTRICTIONS = "incorrect visibility restriction", "`crate`, `self`, `super` or `in path`"
_ITEM_WORDS = ("fn", "struct", "enum", "trait", "static", "const", "type", "unsafe", "async", "extern")
VARIANT_VISIBILITY = "variants and their fields are as visible as the enum"
_MODIFIERS = frozenset(("const", "async", "unsafe", "extern"))


class ItemParser(StmtParser):
    # ------------------------------------------------------------ before the keyword

    def _visibility(self) -> str:
        if not self.eat("pub"):
            return ""
        if self.kinds[self.i] != "(" or self.kinds[self.i + 1] not in ("crate", "super", "self", "in"):
            self._wrong_restriction()
            return "pub"
        first = self.i + 1
        self.skip_group()
        inside = "".join(self.texts[first : self.i - 1])
        return f"pub({'in ' + inside[2:] if self.kinds[first] == 'in' else inside})"

    def _wrong_restriction(self) -> None:
        """``pub(path)``: said of a field here, of an item where items are found."""
        at, kinds = self.i, self.kinds
        if kinds[at : at + 3] == ["(", IDENT, ")"] and kinds[at + 3] in (IDENT, *_ITEM_WORDS):
            self.i = at + 3
            if kinds[at + 3] == IDENT and kinds[at + 4] == ":":
                self.fault(RESTRICTION, Span(self.starts[at + 1], self.ends[at + 1]), RESTRICTIONS, "E0704")

    def _prelude(self, keyword: str) -> frozenset[str]:
        """Attributes, visibility and modifiers up to the keyword, which is taken too; the modifiers seen."""
        self.outer_attrs()
        self._visibility()
        seen: set[str] = set()
        while self.kinds[self.i] != keyword:
            kind = self.kinds[self.i]
            if kind in _MODIFIERS or (
                kind == IDENT and strip_mark(self.texts[self.i]) in ("default", "safe", "auto", "union")
            ):
                if kind == IDENT and strip_mark(self.texts[self.i]) == keyword:
                    break
                seen.add(strip_mark(self.texts[self.i]))
                self.i += 1
                if kind == "extern":
                    self.i -= 1
                    self.abi = self.eat_extern()
            else:
                self.expected(f"`{keyword}`")
        self.i += 1
        return frozenset(seen)

    abi: str | None = None

    # ------------------------------------------------------------ functions

    def fn_decl(self, patterns: list[PatId] | None = None) -> FnDecl:
        """A function header; with ``patterns``, the parameters' patterns are stored too."""
        self.abi = None
        modifiers = self._prelude("fn")
        self.ident()
        start = self.starts[self.i]
        params = self.generic_params()
        opened = self.expect("(")
        found: list[ParamRef] = []
        self_kind: str | None = None
        variadic = False
        while self.kinds[self.i] not in (")", EOF):
            enabled = self.outer_attrs()
            if self.eat("..."):
                variadic = True
                break
            kind = self._self_param(found, patterns) if not found else None
            if kind is not None:
                self_kind = kind
            else:
                self._param(found, patterns, enabled)
            if not self.eat(","):
                break
        if self.kinds[self.i] not in (")", EOF):
            self.expected("one of `)` or `,`")
        self.close(")", opened)
        ret = self.ty() if self.eat("->") else None
        generics = self.generics(params, start)
        is_unsafe, is_const, is_async = "unsafe" in modifiers, "const" in modifiers, "async" in modifiers
        return FnDecl(
            generics, tuple(found), ret, self_kind, is_const, is_unsafe, is_async, self.abi, variadic, self.store
        )

    def _self_param(self, found: list[ParamRef], patterns: list[PatId] | None) -> str | None:
        """``self`` in any of its forms; None (and nothing taken) if this is none."""
        at = self.i
        kinds = self.kinds
        start = self.starts[at]
        by_ref = kinds[at] == "&"
        lifetime = None
        if by_ref:
            at += 1
            if kinds[at] == LIFETIME:
                name = strip_mark(self.texts[at][1:]).removeprefix("r#")
                lifetime = LifetimeRef(name, Span(self.starts[at], self.ends[at]))
                at += 1
        mutable = kinds[at] == "mut"
        at += mutable
        if kinds[at] != "self" or kinds[at + 1] == "::":
            return None
        self.i = at + 1
        span = self.span_from(start)
        own = PathType(Path((PathSegment("Self", None, span),), span=span), span)
        ty: TypeRef = RefType(lifetime, mutable, own, span) if by_ref else own
        kind = "self" if not by_ref else "&mut self" if mutable else "&self"
        if not by_ref and self.eat(":"):
            ty = self.ty()
            kind = "typed"
        found.append(ParamRef("self", ty, self.span_from(start)))
        if patterns is not None:
            mode = BindingAnnotation.MUTABLE if mutable and not by_ref else BindingAnnotation.UNANNOTATED
            patterns.append(self.store.add_pat(BindPat("self", mode), Span(self.starts[at], self.ends[at])))
        return kind

    def _param(self, found: list[ParamRef], patterns: list[PatId] | None, enabled: bool) -> None:
        start = self.starts[self.i]
        marks = len(self.store.pats), len(self.store.exprs)
        pat = self.pat_no_alt()
        stored = self.store.pats[pat]
        name = strip_mark(stored.name) if isinstance(stored, BindPat) and stored.sub is None else None
        takes_apart = name is None and not isinstance(stored, WildPat)
        if patterns is None:
            del self.store.pats[marks[0] :], self.store.pat_spans[marks[0] :]
            del self.store.exprs[marks[1] :], self.store.expr_spans[marks[1] :]
        if self.kinds[self.i] != ":":
            if self.kinds[self.i] in (",", ")"):
                found_text = self.describe()
                message = f"expected one of `:`, `@`, or `|`, found {found_text}"
                raise ParseError(
                    SyntaxFault(
                        message, self.here(), "expected one of `:`, `@`, or `|`", help="give the parameter a type"
                    )
                )
            self.expected("one of `:`, `@`, or `|`")
        self.i += 1
        if self.eat("..."):
            return
        ty = self.ty()
        if enabled:
            found.append(ParamRef(name, ty, self.span_from(start), takes_apart))
            if patterns is not None:
                patterns.append(pat)

    # ------------------------------------------------------------ structs, enums, unions

    def struct_decl(self, keyword: str) -> AdtDecl:
        """``struct`` or ``union``."""
        if keyword == "union":
            self._prelude_word("union")
        else:
            self._prelude(keyword)
        name_span = self.here()
        name = self.ident()
        start = self.starts[self.i]
        params = self.generic_params()
        where = GenericsRef()
        if self.kinds[self.i] == "where":
            where = self.generics(params, start)
        fields, ctor = self._fields()
        if ctor == "tuple" and self.kinds[self.i] == "where":
            where = self.generics(params, start)
        generics = where if where.where or not params else self.generics(params, start)
        variant = VariantDecl(name, fields, ctor, None, name_span)
        return AdtDecl(generics, (variant,), self.store)

    def _prelude_word(self, word: str) -> None:
        self.outer_attrs()
        self._visibility()
        if not self.eat_word(word):
            self.expected(f"`{word}`")

    def _fields(self) -> tuple[tuple[FieldDecl, ...], str]:
        kind = self.kinds[self.i]
        if kind == "{":
            return self._record_fields(), "record"
        if kind == "(":
            return self._tuple_fields(), "tuple"
        return (), "unit"

    def _record_fields(self) -> tuple[FieldDecl, ...]:
        opened = self.expect("{")
        fields: list[FieldDecl] = []
        while self.kinds[self.i] not in ("}", EOF):
            before, depth = self.i, self.depth
            try:
                self._record_field_decl(fields)
            except ParseError as error:
                self.report(error.fault)
                self.depth = depth
                self.skip_element(before)
                if self.kinds[self.i] in (")", "]"):
                    break
        self.close("}", opened)
        return tuple(fields)

    def _record_field_decl(self, fields: list[FieldDecl]) -> None:
        enabled, attrs = self.outer_attrs(), self.pending_attrs
        visibility = self._visibility()
        span = self.here()
        name = self.ident()
        if self.kinds[self.i] != ":":
            self.expected("`:`")
        self.i += 1
        ty = self.ty()
        if self.eat("="):
            self.report(unsupported("default values on struct fields", self.here()))
            self.expr()
        if enabled:
            fields.append(FieldDecl(name, ty, visibility, span, attrs))
        if self.kinds[self.i] == ",":
            self.i += 1
        elif self.kinds[self.i] not in ("}", EOF):
            self._missing_comma()

    def _missing_comma(self) -> None:
        message = f"expected `,`, or `}}`, found {self.describe()}"
        end = self.last_end()
        if self.kinds[self.i] == IDENT or self.kinds[self.i] in ("pub", "#"):
            self.report(SyntaxFault(message, Span(end, end), "missing `,`", insert=(end, ",", "try adding a comma")))
            return
        raise ParseError(SyntaxFault(message, self.here(), "expected `,`, or `}`"))

    def _tuple_fields(self) -> tuple[FieldDecl, ...]:
        opened = self.expect("(")
        fields: list[FieldDecl] = []
        while self.kinds[self.i] != ")":
            enabled, attrs = self.outer_attrs(), self.pending_attrs
            span_start = self.starts[self.i]
            visibility = self._visibility()
            ty = self.ty()
            if enabled:
                fields.append(FieldDecl(str(len(fields)), ty, visibility, self.span_from(span_start), attrs))
            if not self.eat(","):
                break
        if self.kinds[self.i] not in (")", EOF):
            self.expected("one of `)` or `,`")
        self.close(")", opened)
        return tuple(fields)

    def enum_decl(self) -> AdtDecl:
        self._prelude("enum")
        self.ident()
        start = self.starts[self.i]
        params = self.generic_params()
        generics = self.generics(params, start)
        opened = self.expect("{")
        variants: list[VariantDecl] = []
        while self.kinds[self.i] not in ("}", EOF):
            before, depth = self.i, self.depth
            try:
                self._variant(variants)
            except ParseError as error:
                self.report(error.fault)
                self.depth = depth
                self.skip_element(before)
                if self.kinds[self.i] in (")", "]"):
                    break
        self.close("}", opened)
        return AdtDecl(generics, tuple(variants), self.store)

    def _variant(self, variants: list[VariantDecl]) -> None:
        enabled, attrs = self.outer_attrs(), self.pending_attrs
        visible = self.here()
        if self._visibility():
            self.fault("visibility qualifiers are not permitted here", visible, VARIANT_VISIBILITY, "E0449")
        span = self.here()
        name = self.ident()
        fields, ctor = self._fields()
        discriminant = None
        if self.eat("="):
            start = self.starts[self.i]
            discriminant = self.anon_const(self.expr(), "discriminant", start)
        if enabled:
            variants.append(VariantDecl(name, fields, ctor, discriminant, span, attrs))
        if self.kinds[self.i] == ",":
            self.i += 1
        elif self.kinds[self.i] not in ("}", EOF):
            self.expected(
                "one of `(`, `,`, `=`, `{`, or `}`" if not fields and discriminant is None else "one of `,`, `=` or `}`"
            )

    # ------------------------------------------------------------ traits, impls, aliases, constants

    def trait_decl(self) -> TraitDecl:
        modifiers = self._prelude("trait")
        self.ident()
        start = self.starts[self.i]
        params = self.generic_params()
        bounds: tuple[BoundRef, ...] = self.bounds() if self.eat(":") else ()
        is_alias = self.eat("=")
        if is_alias:
            bounds = self.bounds()
        generics = self.generics(params, start)
        return TraitDecl(generics, bounds, "unsafe" in modifiers, "auto" in modifiers, is_alias, self.store)

    def impl_decl(self) -> ImplDecl:
        modifiers = self._prelude("impl")
        start = self.starts[self.i]
        params = self.generic_params() if self._at_impl_generics() else ()
        if self.kinds[self.i] == "const" and self.kinds[self.i + 1] != "{":
            self.i += 1
        negative = self.kinds[self.i] == "!" and self.kinds[self.i + 1] not in ("{", "for")
        self.i += negative
        first = self.ty()
        trait_path: Path | None = None
        self_ty = first
        if self.eat("for"):
            if isinstance(first, PathType):
                trait_path = unmarked(first.path)
            else:
                self.fault("expected a trait, found type", first.span)
            self_ty = self.ty()
        generics = self.generics(params, start)
        return ImplDecl(generics, trait_path, self_ty, negative, "unsafe" in modifiers, self.store)

    def _at_impl_generics(self) -> bool:
        """``impl<T>`` rather than ``impl <T as Tr>::X``."""
        kinds = self.kinds
        at = self.i
        if kinds[at] != "<":
            return False
        following = kinds[at + 1]
        if following in (">", "#", "const"):
            return True
        return following in (LIFETIME, IDENT) and kinds[at + 2] in (">", ",", ":", "=")

    def alias_decl(self) -> TypeAliasDecl:
        self._prelude("type")
        self.ident()
        start = self.starts[self.i]
        params = self.generic_params()
        bounds: tuple[BoundRef, ...] = self.bounds() if self.eat(":") else ()
        generics = self.generics(params, start)
        ty = self.ty() if self.eat("=") else None
        if self.kinds[self.i] == "where":
            generics = self.generics(params, start)
        return TypeAliasDecl(generics, bounds, ty, self.store)

    def const_decl(self, keyword: str) -> ConstDecl:
        """``const`` or ``static`` up to its ``=``."""
        self.outer_attrs()
        self._visibility()
        while self.kinds[self.i] == "unsafe" or (
            self.kinds[self.i] == IDENT and strip_mark(self.texts[self.i]) in ("default", "safe")
        ):
            self.i += 1
        self.expect(keyword)
        mutable = self.eat("mut")
        if self.kinds[self.i] == "_":
            self.i += 1
        else:
            self.ident()
        start = self.starts[self.i]
        params = self.generic_params()
        if self.kinds[self.i] != ":":
            name_end = self.ends[self.i - 1]
            message = f"missing type for `{keyword}{' mut' if mutable else ''}` item"
            raise ParseError(SyntaxFault(message, Span(name_end, name_end), "provide a type for the item"))
        self.i += 1
        ty = self.ty()
        generics = self.generics(params, start)
        return ConstDecl(ty, mutable, generics, self.store)
