"""Generic parameters and where clauses.

>>> # ``<'a: 'b, T: A = B, const N: usize = 3>`` and ``where for<'x> T: F<&'x U>, 'a: 'b``
"""

from __future__ import annotations

from compiler.base.span import EMPTY_SPAN
from compiler.hir.nodes import (
    BoundRef,
    GenericParamRef,
    GenericsRef,
    PathExpr,
    WherePredicateRef,
)
from compiler.hir.parser.ty import TyParser
from compiler.syntax.lexer import EOF, IDENT, LIFETIME


class GenericsParser(TyParser):
    def generic_params(self) -> tuple[GenericParamRef, ...]:
        """``<...>`` after an item's name; () without it."""
        if not self.begins("<"):
            return ()
        self.expect_split("<")
        found: list[GenericParamRef] = []
        while not self.begins(">"):
            if self.outer_attrs():
                found.append(self._generic_param())
            else:
                self._generic_param()
            if not self.eat(","):
                break
        if not self.split(">"):
            self.expected("one of `,`, `:`, `=` or `>`")
        return tuple(found)

    def _generic_param(self) -> GenericParamRef:
        start = self.starts[self.i]
        if self.kinds[self.i] == LIFETIME:
            name = self.lifetime()
            bounds = self.bounds() if self.eat(":") else ()
            return GenericParamRef("lifetime", name, bounds, span=self.span_from(start))
        if self.eat("const"):
            return self._const_param(start)
        if self.kinds[self.i] != IDENT:
            self.expected("one of `>`, `const`, identifier or lifetime")
        name = self.ident()
        bounds = self.bounds() if self.eat(":") else ()
        default = self.ty() if self.split_eq() else None
        return GenericParamRef("type", name, bounds, default, span=self.span_from(start))

    def split_eq(self) -> bool:
        return self.kinds[self.i] in ("=", "==") and self.split("=")

    def _const_param(self, start: int) -> GenericParamRef:
        name = self.ident()
        self.expect(":")
        const_ty = self.ty()
        default = None
        if self.split_eq():
            default_start = self.starts[self.i]
            if self.kinds[self.i] == IDENT and self.kinds[self.i + 1] in (",", ">"):
                default = self.anon_const(
                    self.add(PathExpr(self.path()), default_start), "const argument", default_start
                )
            else:
                default = self.const_arg("const argument")
        return GenericParamRef("const", name, (), None, default, const_ty, self.span_from(start))

    def where_clause(self) -> tuple[WherePredicateRef, ...]:
        """``where ...`` up to what ends it; () without it."""
        if not self.eat("where"):
            return ()
        found: list[WherePredicateRef] = []
        while self.kinds[self.i] not in ("{", ";", "=", EOF):
            start = self.starts[self.i]
            if self.kinds[self.i] == LIFETIME:
                lifetime = self.eat_lifetime()
                self.expect(":")
                found.append(WherePredicateRef(None, lifetime, self.bounds(), span=self.span_from(start)))
            else:
                found.append(self._type_predicate(start))
            if not self.eat(","):
                break
        return tuple(found)

    def _type_predicate(self, start: int) -> WherePredicateRef:
        lifetimes = self.for_lifetimes()
        ty = self.ty()
        bounds: tuple[BoundRef, ...] = ()
        self.expect(":")
        bounds = self.bounds()
        return WherePredicateRef(ty, None, bounds, lifetimes, self.span_from(start))

    def generics(self, params: tuple[GenericParamRef, ...], start: int) -> GenericsRef:
        """Parameters read earlier and the where clause at the cursor."""
        where = self.where_clause()
        if not params and not where:
            return GenericsRef()
        return GenericsRef(params, where, self.span_from(start) if params else EMPTY_SPAN)
