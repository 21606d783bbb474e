"""Syntactic types and bounds.

What it is: rustc's ``parse_ty`` and ``parse_generic_bounds``. Assumes: the cursor is at the first token.
Guarantees: ``(T)`` is ``T``; spans cover the type as written.

>>> # ``&'a mut [T; N]`` -> RefType('a, True, ArrayType(T, N))
"""

from __future__ import annotations

from abc import abstractmethod

from compiler.base.span import Span
from compiler.hir.nodes import (
    ArrayType,
    BoundRef,
    DynTraitType,
    ErrorType,
    FnPtrType,
    ImplTraitType,
    InferType,
    LifetimeRef,
    NeverType,
    Path,
    PtrType,
    RefType,
    SliceType,
    TupleType,
    TypeRef,
)
from compiler.hir.parser.path import PATH_STARTS, PathParser, unmarked
from compiler.syntax.lexer import CLOSE_GROUP, IDENT, LIFETIME, OPEN_GROUP, STR

_BOUND_STARTS = PATH_STARTS | {"?", "~", "for", "(", LIFETIME, "const", "async", "[", "<", "<<", OPEN_GROUP, "use"}

_UNWINDING = ("C", "aapcs", "cdecl", "fastcall", "stdcall", "system", "sysv64", "thiscall", "vectorcall", "win64")
_ODD_ABIS = "Rust rust-call rust-cold rust-invalid rust-preserve-none rust-tail custom efiapi unadjusted swift Swift"
_ODD_ABIS += " gpu-kernel ptx-kernel cmse-nonsecure-call cmse-nonsecure-entry avr-interrupt avr-non-blocking-interrupt"
_ODD_ABIS += " msp430-interrupt riscv-interrupt-m riscv-interrupt-s x86-interrupt"
ABIS = frozenset((*_UNWINDING, *(f"{name}-unwind" for name in _UNWINDING), *_ODD_ABIS.split()))


class TyParser(PathParser):
    @abstractmethod
    def macro_type(self, path: Path, start: int) -> TypeRef: ...

    @abstractmethod
    def outer_attrs(self) -> bool: ...

    def ty(self, allow_plus: bool = True) -> TypeRef:
        self.enter()
        found = self._ty(allow_plus)
        self.depth -= 1
        return found

    def _ty(self, allow_plus: bool) -> TypeRef:
        at = self.i
        kind = self.kinds[at]
        start = self.starts[at]
        if kind in PATH_STARTS:
            return self._path_type(start, allow_plus)
        if kind in ("&", "&&", "*"):
            return self._before_plus(self._pointer(start) if kind == "*" else self._reference(start), allow_plus)
        if kind == "[":
            return self._array_or_slice(start)
        if kind == "(":
            return self._tuple(start)
        if kind in ("<", "<<"):
            return self._path_type(start, allow_plus)
        if kind == "_":
            self.i = at + 1
            return InferType(self.span_from(start))
        if kind == "!":
            self.i = at + 1
            return NeverType(self.span_from(start))
        if kind == OPEN_GROUP:
            return self._type_fragment(start)
        if kind in ("impl", "dyn"):
            self.i = at + 1
            bounds = self.bounds(allow_plus)
            span = self.span_from(start)
            self._check_object_bounds(kind, bounds, span)
            return ImplTraitType(bounds, span) if kind == "impl" else DynTraitType(bounds, span)
        if kind in ("fn", "unsafe", "extern", "for"):
            return self._before_plus(self._fn_pointer(start), allow_plus)
        if kind in ("...", "typeof"):
            return self._no_type(kind, start)
        self.expected("type")

    def _no_type(self, kind: str, start: int) -> TypeRef:
        """``...`` and ``typeof(..)``, which no type may be."""
        self.i += 1
        if kind == "typeof":
            self.skip_group()
        span = self.span_from(start)
        if kind == "...":
            self.fault("C-variadic type `...` may not be nested inside another type", span, code="E0743")
        else:
            self.fault("`typeof` is a reserved keyword but unimplemented", span, "reserved keyword", "E0516")
        return ErrorType(span)

    def _before_plus(self, found: TypeRef, allow_plus: bool) -> TypeRef:
        """``&T + B``: what the bounds belong to needs parentheses."""
        if allow_plus and self.kinds[self.i] == "+":
            self.i += 1
            self.bounds()
            help_ = "write parentheses around the trait object"
            if isinstance(found, RefType | PtrType) and isinstance(found.ty, DynTraitType | ImplTraitType):
                self.fault("ambiguous `+` in a type", found.span, help=help_)
            else:
                self.fault("expected a path on the left-hand side of `+`", found.span, "", "E0178", help_)
        return found

    def _check_object_bounds(self, kind: str, bounds: tuple[BoundRef, ...], span: Span) -> None:
        lifetimes = [b for b in bounds if b.path is None]
        if not bounds:
            self.fault("at least one trait must be specified", span)
        elif kind == "dyn" and len(lifetimes) == len(bounds):
            self.fault("at least one trait is required for an object type", span, code="E0224")
        elif kind == "dyn" and len(lifetimes) > 1:
            self.fault("only a single explicit lifetime bound is permitted", lifetimes[1].span, code="E0226")

    def _path_type(self, start: int, allow_plus: bool) -> TypeRef:
        path = self.path(in_type=True)
        if self.kinds[self.i] == "!" and self.kinds[self.i + 1] in ("(", "[", "{"):
            return self.macro_type(path, start)
        return self.type_of_path(path)

    def _type_fragment(self, start: int) -> TypeRef:
        if self.texts[self.i] == "ty":
            self.i += 1
            found = self.ty()
            self.expect(CLOSE_GROUP)
            if self.kinds[self.i] == "::":
                self.i = self._group_start(self.i - 1)
                return self.type_of_path(self.path(in_type=True))
            return found
        if self.texts[self.i] == "path":
            return self._path_type(start, True)
        self.expected("type")

    def _group_start(self, close_at: int) -> int:
        depth = 0
        at = close_at
        while True:
            if self.kinds[at] == CLOSE_GROUP:
                depth += 1
            elif self.kinds[at] == OPEN_GROUP:
                depth -= 1
                if depth == 0:
                    return at
            at -= 1

    def _reference(self, start: int) -> TypeRef:
        double = self.kinds[self.i] == "&&"
        self.i += 1
        lifetime = self.eat_lifetime()
        mutable = self.eat("mut")
        inner = self.ty(allow_plus=False)
        span = self.span_from(start)
        if double:
            return RefType(None, False, RefType(lifetime, mutable, inner, Span(start + 1, span.end)), span)
        return RefType(lifetime, mutable, inner, span)

    def eat_lifetime(self) -> LifetimeRef | None:
        at = self.i
        if self.kinds[at] != LIFETIME:
            return None
        return LifetimeRef(self.lifetime(), Span(self.starts[at], self.ends[at]))

    def _pointer(self, start: int) -> TypeRef:
        self.i += 1
        mutable = self.eat("mut")
        if not mutable and not self.eat("const"):
            self.expected("`mut` or `const` keyword in raw pointer type")
        inner = self.ty(allow_plus=False)
        return PtrType(mutable, inner, self.span_from(start))

    def _array_or_slice(self, start: int) -> TypeRef:
        opened = self.expect("[")
        elem = self.ty()
        if self.kinds[self.i] == ";":
            self.i += 1
            saved, self.no_struct = self.no_struct, False
            length = self.array_length()
            self.no_struct = saved
            self.close("]", opened)
            return ArrayType(elem, length, self.span_from(start))
        if self.kinds[self.i] != "]":
            self.expected("one of `;` or `]`")
        self.i += 1
        return SliceType(elem, self.span_from(start))

    def _tuple(self, start: int) -> TypeRef:
        opened = self.expect("(")
        elems: list[TypeRef] = []
        comma = True
        while self.kinds[self.i] != ")":
            elems.append(self.ty())
            comma = self.eat(",")
            if not comma:
                break
        if self.kinds[self.i] not in (")", "EOF"):
            self.expected("one of `)` or `,`")
        self.close(")", opened)
        if len(elems) == 1 and not comma:
            return elems[0]
        return TupleType(tuple(elems), self.span_from(start))

    def _fn_pointer(self, start: int) -> TypeRef:
        lifetimes = self.for_lifetimes()
        if self.kinds[self.i] not in ("fn", "unsafe", "extern"):
            path = unmarked(self.path(in_type=True))
            bound = BoundRef(path, for_lifetimes=lifetimes, span=path.span)
            return DynTraitType((bound,), self.span_from(start))
        is_unsafe = self.eat("unsafe")
        abi = self.eat_extern()
        self.expect("fn")
        opened = self.expect("(")
        params: list[TypeRef] = []
        while self.kinds[self.i] != ")":
            self.outer_attrs()
            if self.eat("..."):
                break
            self._fn_pointer_pattern()
            params.append(self.ty())
            if not self.eat(","):
                break
        self.close(")", opened)
        ret = self.ty(allow_plus=False) if self.eat("->") else None
        return FnPtrType(tuple(params), ret, is_unsafe, abi, lifetimes, self.span_from(start))

    def _fn_pointer_pattern(self) -> None:
        """The name before a parameter's type, which may not be any other pattern."""
        at = self.i
        marks = self.kinds[at] in ("mut", "&")
        if self.kinds[at + marks] in (IDENT, "_", "self") and self.kinds[at + marks + 1] == ":":
            self.i = at + marks + 2
            if marks:
                text = "patterns aren't allowed in function pointer types"
                self.fault(text, Span(self.starts[at], self.ends[at + 1]), code="E0561")

    def eat_extern(self) -> str | None:
        """``extern "C"``: the ABI; None without ``extern``."""
        if not self.eat("extern"):
            return None
        if self.kinds[self.i] != STR:
            return "C"
        self.i += 1
        written = self.texts[self.i - 1]
        abi = written[written.index('"') + 1 : written.rindex('"')] if written.count('"') > 1 else "C"
        if abi not in ABIS:
            self.fault(
                f"invalid ABI: found `{abi}`",
                Span(self.starts[self.i - 1], self.ends[self.i - 1]),
                "invalid ABI",
                code="E0703",
            )
        return abi

    # ------------------------------------------------------------ bounds

    def for_lifetimes(self) -> tuple[LifetimeRef, ...]:
        """``for<'a, 'b>``; () without it."""
        if self.kinds[self.i] != "for" or self.kinds[self.i + 1] not in ("<", "<<"):
            return ()
        self.i += 1
        self.expect_split("<")
        found: list[LifetimeRef] = []
        while not self.begins(">"):
            self.outer_attrs()
            lifetime = self.eat_lifetime()
            if lifetime is None:
                self.expected("lifetime")
            found.append(lifetime)
            if not self.eat(","):
                break
        self.expect_split(">")
        return tuple(found)

    def bounds(self, allow_plus: bool = True) -> tuple[BoundRef, ...]:
        """``A + 'b + ?Sized``; may be empty."""
        found: list[BoundRef] = []
        while self.kinds[self.i] in _BOUND_STARTS:
            bound = self._bound()
            if bound is not None:
                found.append(bound)
            if self.kinds[self.i] == "+" and not allow_plus and len(found) == 1:
                break
            if not self.split("+"):
                break
        return tuple(found)

    def _bound(self) -> BoundRef | None:
        at = self.i
        start = self.starts[at]
        kind = self.kinds[at]
        if kind == "(":
            self.i += 1
            inner = self._bound()
            self.close(")", at)
            return inner
        lifetime = self.eat_lifetime()
        if lifetime is not None:
            return BoundRef(lifetime=lifetime, span=lifetime.span)
        if kind == "use":
            self.i += 1
            return BoundRef(captures=self.generic_args(), span=self.span_from(start))
        lifetimes = self.for_lifetimes()
        maybe = self._bound_modifiers()
        lifetimes = lifetimes or self.for_lifetimes()
        path = unmarked(self.path(in_type=True))
        return BoundRef(path, None, maybe, lifetimes, self.span_from(start))

    def _bound_modifiers(self) -> bool:
        """``?``, ``~const``, ``const``, ``[const]``, ``async``: constness is not tracked."""
        if self.eat("?"):
            return True
        if self.kinds[self.i] == "[" and self.kinds[self.i + 1] == "const":
            self.i += 2
            self.expect("]")
        else:
            self.eat("~")
            _ = self.eat("const") or self.eat("async")
        return False
