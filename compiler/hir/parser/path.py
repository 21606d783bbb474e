"""Paths and generic arguments.

What it is: the three styles of path of rustc's parser: in types (``Vec<T>``, ``Fn(A) -> B``), in expressions and
patterns (turbofish required), and plain module paths. Assumes: the cursor is at the first token of the path.
Guarantees: hygiene marks stay on the only segment of a single-segment path and are stripped everywhere else.

>>> # ``<T as Tr>::X`` -> Path(qself=T, segments=(Tr, X), n_trait_segments=1)
"""

from __future__ import annotations

import dataclasses
from abc import abstractmethod

from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir.nodes import (
    HYGIENE_MARK,
    AnonConst,
    AssocBinding,
    BoundRef,
    ConstArgRef,
    ExprId,
    GenericArgsRef,
    InferType,
    LifetimeRef,
    Path,
    PathSegment,
    PathType,
    TupleType,
    TypeRef,
    strip_mark,
)
from compiler.hir.parser.cursor import TokenCursor
from compiler.syntax.lexer import CHAR, CLOSE_GROUP, IDENT, LIFETIME, LITERALS, OPEN_GROUP

PATH_STARTS = frozenset((IDENT, "self", "Self", "super", "crate", "::", "$crate"))
_SEGMENT_WORDS = frozenset((IDENT, "self", "Self", "super", "crate"))


class PathParser(TokenCursor):
    @abstractmethod
    def ty(self, allow_plus: bool = True) -> TypeRef: ...

    @abstractmethod
    def bounds(self) -> tuple[BoundRef, ...]: ...

    @abstractmethod
    def literal_expr(self) -> ExprId: ...

    # ------------------------------------------------------------ paths

    def at_path(self) -> bool:
        kind = self.kinds[self.i]
        if kind in PATH_STARTS or kind in ("<", "<<"):
            return True
        return kind == OPEN_GROUP and self.texts[self.i] in ("path", "ty")

    def path(self, in_type: bool = False) -> Path:
        """A path; ``in_type``: generic arguments need no ``::`` and may be parenthesised."""
        at = self.i
        kind = self.kinds[at]
        start = self.starts[at]
        if kind == IDENT and not in_type and self.kinds[at + 1] != "::":
            self.i = at + 1
            span = Span(start, self.ends[at])
            return Path((PathSegment(self.texts[at], None, span),), span=span)
        if kind == OPEN_GROUP:
            return self._fragment_path(start, in_type)
        if kind in ("<", "<<"):
            return self._qualified_path(start, in_type)
        anchor, n_super, krate = self._anchor()
        segments: list[PathSegment] = []
        self._segments(segments, in_type)
        if len(segments) > 1 or anchor:
            segments = [_unmarked(segment) for segment in segments]
        return Path(tuple(segments), anchor, n_super, krate, span=self.span_from(start))

    def _anchor(self) -> tuple[str, int, str]:
        kinds = self.kinds
        kind = kinds[self.i]
        if kind == "::":
            self.i += 1
            return "::", 0, ""
        if kind == "$crate":
            krate = self.texts[self.i]
            self.i += 1
            self.expect("::")
            return "$crate", 0, krate
        if kinds[self.i + 1] != "::":
            return "", 0, ""
        if kind == "crate":
            self.i += 2
            return "crate", 0, ""
        n_super = 0
        is_self = kind == "self"
        if is_self:
            self.i += 2
        while kinds[self.i] == "super" and kinds[self.i + 1] == "::":
            n_super += 1
            self.i += 2
        return ("super" if n_super else "self" if is_self else ""), n_super, ""

    def _segments(self, segments: list[PathSegment], in_type: bool) -> None:
        """Segments joined by ``::`` from the cursor on."""
        kinds = self.kinds
        while True:
            at = self.i
            if kinds[at] not in _SEGMENT_WORDS:
                self.expected("identifier")
            self.i = at + 1
            name, start = self.texts[at], self.starts[at]
            args = None
            if in_type:
                args = self._type_args()
            elif kinds[self.i] == "::" and kinds[self.i + 1] in ("<", "<<"):
                self.i += 1
                args = self.generic_args()
            span = Span(start, self.ends[at])
            segments.append(PathSegment(name, args, span))
            if kinds[self.i] != "::" or kinds[self.i + 1] in ("{", "*"):
                return
            self.i += 1

    def _type_args(self) -> GenericArgsRef | None:
        kind = self.kinds[self.i]
        if kind in ("<", "<<"):
            return self.generic_args()
        if kind == "(":
            return self._parenthesized_args()
        if kind == "::" and self.kinds[self.i + 1] in ("<", "<<", "("):
            self.i += 1
            return self._type_args()
        return None

    def _qualified_path(self, start: int, in_type: bool) -> Path:
        self.expect_split("<")
        qself = self.ty()
        segments: list[PathSegment] = []
        anchor, n_super, krate = "", 0, ""
        if self.eat("as"):
            if self.kinds[self.i] == OPEN_GROUP:
                inner = self._fragment_path(self.starts[self.i], True)
                segments += inner.segments
                anchor, n_super, krate = inner.anchor, inner.n_super, inner.krate
            else:
                anchor, n_super, krate = self._anchor()
                self._segments(segments, True)
        n_trait = len(segments)
        self.expect_split(">")
        self.expect("::")
        self._segments(segments, in_type)
        plain = tuple(_unmarked(segment) for segment in segments)
        return Path(plain, anchor, n_super, krate, qself, n_trait, self.span_from(start))

    def _fragment_path(self, start: int, in_type: bool) -> Path:
        """A ``$p:path`` or ``$t:ty`` fragment in path position, maybe followed by more segments."""
        is_type = self.texts[self.i] == "ty"
        self.i += 1
        if not is_type:
            found = self.path(in_type or self._group_has_type_args())
            self.expect(CLOSE_GROUP)
            return found
        qself = self.ty()
        self.expect(CLOSE_GROUP)
        if self.kinds[self.i] != "::":
            if isinstance(qself, PathType):
                return qself.path
            return Path((), qself=qself, span=self.span_from(start))
        self.i += 1
        segments: list[PathSegment] = []
        self._segments(segments, in_type)
        return Path(tuple(map(_unmarked, segments)), qself=qself, span=self.span_from(start))

    def _group_has_type_args(self) -> bool:
        """Does the fragment at the cursor use type-style generic arguments (``A<B>`` without ``::``)?"""
        at = self.i
        while self.kinds[at] != CLOSE_GROUP and self.kinds[at] != "EOF":
            if self.kinds[at] == "<" and self.kinds[at - 1] == IDENT:
                return True
            at += 1
        return False

    # ------------------------------------------------------------ generic arguments

    def generic_args(self) -> GenericArgsRef:
        """``<...>`` with the cursor at ``<``."""
        start = self.starts[self.i]
        self.enter()
        self.expect_split("<")
        args: list[TypeRef | ConstArgRef | LifetimeRef] = []
        bindings: list[AssocBinding] = []
        while not self.begins(">"):
            self._generic_arg(args, bindings)
            if not self.eat(","):
                break
        if not self.split(">"):
            self.expected("one of `,` or `>`")
        self.depth -= 1
        return GenericArgsRef(tuple(args), tuple(bindings), False, self.span_from(start))

    def _generic_arg(self, args: list[TypeRef | ConstArgRef | LifetimeRef], bindings: list[AssocBinding]) -> None:
        at = self.i
        kind = self.kinds[at]
        if kind == LIFETIME and self.kinds[at + 1] != "+":
            earlier = next((arg for arg in args if not isinstance(arg, LifetimeRef)), None)
            if earlier is not None:
                self.fault("type provided when a lifetime was expected", earlier.span, "lifetimes come first", "E0747")
            args.append(LifetimeRef(self.lifetime(), Span(self.starts[at], self.ends[at])))
        elif (
            kind in LITERALS
            or kind in ("{", "-", "true", "false")
            or kind == CHAR
            or (kind == OPEN_GROUP and self.texts[at] in ("expr", "literal", "block"))
        ):
            args.append(self.const_arg("const argument"))
        elif (kind == IDENT and self.kinds[at + 1] in ("=", ":", "==")) or (
            kind == IDENT and self._binding_with_args(at)
        ):
            bindings.append(self._assoc_binding())
        else:
            args.append(self.ty())

    def _binding_with_args(self, at: int) -> bool:
        """``Item<'a> = T``: an identifier with arguments, then ``=`` or ``:``."""
        kinds = self.kinds
        if kinds[at + 1] != "<":
            return False
        depth = 0
        at += 1
        while True:
            kind = kinds[at]
            if kind in ("<", "<<"):
                depth += len(kind)
            elif kind in (">", ">>", ">=", ">>="):
                depth -= kind.count(">")
                if depth <= 0:
                    return depth == 0 and (kind.endswith("=") or kinds[at + 1] in ("=", ":"))
            elif kind in ("EOF", ";", "{"):
                return False
            at += 1

    def _assoc_binding(self) -> AssocBinding:
        start = self.starts[self.i]
        name = self.ident()
        args = self.generic_args() if self.kinds[self.i] == "<" else None
        if self.eat(":"):
            bounds = self.bounds()
            return AssocBinding(name, bounds=bounds, args=args, span=self.span_from(start))
        self.expect_split("=")
        kind = self.kinds[self.i]
        if kind in LITERALS or kind in ("{", "-", "true", "false"):
            const = self.const_arg("const argument")
            return AssocBinding(name, const=const, args=args, span=self.span_from(start))
        return AssocBinding(name, self.ty(), args=args, span=self.span_from(start))

    def _parenthesized_args(self) -> GenericArgsRef:
        """``(A, B) -> C`` of the ``Fn`` traits."""
        start = self.starts[self.i]
        opened = self.expect("(")
        elems: list[TypeRef] = []
        while self.kinds[self.i] != ")":
            elems.append(self.ty())
            if not self.eat(","):
                break
        self.close(")", opened)
        span = self.span_from(start)
        ret: TypeRef = TupleType((), Span(span.end, span.end))
        if self.eat("->"):
            ret = self.ty(allow_plus=False)
        binding = AssocBinding("Output", ret, span=span)
        return GenericArgsRef(tuple(elems), (binding,), True, self.span_from(start))

    # ------------------------------------------------------------ anonymous constants

    def const_arg(self, kind: str) -> ConstArgRef:
        """A literal, a negated literal or a block in constant-argument position."""
        start = self.starts[self.i]
        expr = self.block_expr() if self.kinds[self.i] == "{" else self.literal_expr()
        return self.anon_const(expr, kind, start)

    def array_length(self) -> ConstArgRef | InferType:
        """What follows the ``;`` of an array type or expression; ``_`` is for inference."""
        start = self.starts[self.i]
        if self.kinds[self.i] == "_" and self.kinds[self.i + 1] == "]":
            self.i += 1
            return InferType(self.span_from(start))
        return self.anon_const(self.expr(), "array length", start)

    def anon_const(self, expr: ExprId, kind: str, start: int) -> ConstArgRef:
        self.store.anon_consts.append(AnonConst(expr, kind))
        return ConstArgRef(len(self.store.anon_consts) - 1, self.span_from(start))

    def type_of_path(self, path: Path) -> TypeRef:
        """The type a path names; a bare ``$t:ty`` fragment is that type itself."""
        if not path.segments and path.qself is not None:
            return path.qself
        return PathType(unmarked(path), path.span)


def unmarked(path: Path) -> Path:
    """The path of something that is not a local, so that hygiene does not apply."""
    if len(path.segments) == 1 and HYGIENE_MARK in path.segments[0].name:
        return dataclasses.replace(path, segments=(_unmarked(path.segments[0]),))
    return path


def _unmarked(segment: PathSegment) -> PathSegment:
    if HYGIENE_MARK not in segment.name:
        return segment
    return dataclasses.replace(segment, name=strip_mark(segment.name))


UNIT_TYPE = TupleType((), EMPTY_SPAN)
