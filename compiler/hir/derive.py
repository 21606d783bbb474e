"""Built-in derives: the impl, as Rust text.

What it is: rustc_builtin_macros' derives (bounds: each type parameter gets the trait, and each field type that is a
projection of a parameter), written with absolute ``::core`` paths. Assumes: the item is a struct, enum or union that
parses.
Guarantees: pure; text that lowers like any file; ``None`` for a derive that is not built in.

>>> expand_derive("Copy", DefKind.STRUCT, b"struct P<T>(T);").text
b'impl<T: ::core::marker::Copy> ::core::marker::Copy for P<T> {}\\n'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.hir.lower_signature import lower_signature
from compiler.hir.nodes import (
    HYGIENE_MARK,
    AdtDecl,
    FieldDecl,
    GenericParamRef,
    PathType,
    TypeRef,
    VariantDecl,
)
from compiler.hir.type_refs import type_refs
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import IDENT, KEYWORDS, lex

_TRAIT_PATHS = {
    "Clone": "::core::clone::Clone",
    "Copy": "::core::marker::Copy",
    "Debug": "::core::fmt::Debug",
    "Default": "::core::default::Default",
    "Eq": "::core::cmp::Eq",
    "Hash": "::core::hash::Hash",
    "Ord": "::core::cmp::Ord",
    "PartialEq": "::core::cmp::PartialEq",
    "PartialOrd": "::core::cmp::PartialOrd",
    "ConstParamTy": "::core::marker::ConstParamTy_",
    "DeviceCopy": "::cuda_core::DeviceCopy",
}
_MARK = rb"(?:" + HYGIENE_MARK.encode() + rb"\w+)?"  # of a name that a macro wrote
_DERIVES_COPY = re.compile(rb"#\s*\[\s*derive" + _MARK + rb"\s*\([^)]*\bCopy\b")
_PACKED = re.compile(rb"#\s*\[\s*repr" + _MARK + rb"\s*\([^)]*\bpacked\b")
_SOME_EQUAL = "::core::option::Option::Some(::core::cmp::Ordering::Equal)"


@dataclass(frozen=True, slots=True)
class Derived:
    """``text``: the impls. ``faults``: relative to the item."""

    text: bytes
    faults: tuple[SyntaxFault, ...] = ()


@lru_cache(maxsize=4096)
def expand_derive(trait_name: str, kind: DefKind, header: bytes) -> Derived | None:
    """The impl of ``trait_name`` (last path segment) for the item with this header; None if it is not a built-in
    derive."""
    if trait_name not in _TRAIT_PATHS:
        return None
    decl = lower_signature(kind, header).signature
    assert isinstance(decl, AdtDecl)
    return _Deriver(trait_name, kind, header, decl).derive()


class _Deriver:
    def __init__(self, trait_name: str, kind: DefKind, header: bytes, decl: AdtDecl) -> None:
        self.trait_name = trait_name
        self.path = _TRAIT_PATHS[trait_name]
        self.kind = kind
        self.header = header
        self.decl = decl
        self.name = self._type_name()
        self.type_params = [p.name for p in decl.generics.params if p.kind == "type"]
        self.packed = bool(_PACKED.search(header))
        self.faults: list[SyntaxFault] = []

    def _type_name(self) -> str:
        tokens = lex(self.header.decode("latin-1"))
        at = 0
        while at < len(tokens):
            if tokens.texts[at] == self.kind.value and tokens.kinds[at + 1] == IDENT:
                return _raw(tokens.texts[at + 1])
            at += 1
        return "_"

    def derive(self) -> Derived:
        bodies: dict[str, Callable[[], str | None]] = {
            "Clone": self._clone,
            "Debug": self._debug,
            "Default": self._default,
            "Hash": self._hash,
            "Ord": self._ord,
            "PartialEq": self._partial_eq,
            "PartialOrd": self._partial_ord,
        }
        if self.trait_name == "DeviceCopy" and self.kind is DefKind.ENUM:
            message = (
                "`#[derive(DeviceCopy)]` cannot be applied to enums: zeroed or device-written bytes may not be a valid "
                "discriminant"
            )
            return Derived(b"", (SyntaxFault(message, self._name_span()),))
        if self.kind is DefKind.UNION and self.trait_name not in ("Clone", "Copy", "Eq", "DeviceCopy"):
            return Derived(b"", (SyntaxFault("this trait cannot be derived for unions", self._name_span()),))
        make = bodies.get(self.trait_name)
        body = make() if make is not None else ""
        if body is None:
            return Derived(b"", tuple(self.faults))
        text = self._impl(self.path, body, unsafe=self.trait_name == "DeviceCopy")
        if self.trait_name == "PartialEq":
            text += self._impl("::core::marker::StructuralPartialEq", "", bound="")
        return Derived(text.encode("utf-8"), tuple(self.faults))

    def _name_span(self) -> Span:
        variants = self.decl.variants
        if self.kind is not DefKind.ENUM and variants:
            return variants[0].span
        return Span(0, len(self.header))

    # ------------------------------------------------------------ the impl around the body

    def _slice(self, start: int, end: int) -> str:
        return self.header[start:end].decode("utf-8", "replace")

    def _param(self, param: GenericParamRef, bound: str) -> str:
        name = f"'{param.name}" if param.kind == "lifetime" else param.name
        if param.kind == "const":
            assert param.const_ty is not None
            return f"const {name}: {self._slice(*param.const_ty.span)}"
        bounds = [self._slice(*b.span) for b in param.bounds]
        if param.kind == "type" and bound:
            bounds.append(bound)
        return f"{name}: {' + '.join(bounds)}" if bounds else name

    def _impl(self, trait: str, body: str, bound: str | None = None, unsafe: bool = False) -> str:
        """``impl<params> trait for Name<args> where .. { body }``."""
        bound = self.path if bound is None else bound
        generics = self.decl.generics
        params = ", ".join(self._param(p, bound) for p in generics.params)
        args = ", ".join(f"'{p.name}" if p.kind == "lifetime" else p.name for p in generics.params)
        where = [self._slice(*w.span) for w in generics.where]
        if bound:
            where += [f"{self._slice(*ty.span)}: {bound}" for ty in self._projections()]
        head = "unsafe impl" if unsafe else "impl"
        text = (
            f"{head}<{params}> {trait} for {self.name}<{args}>"
            if generics.params
            else f"{head} {trait} for {self.name}"
        )
        if where:
            text += " where " + ", ".join(where)
        return text + (f" {{\n{body}}}\n" if body else " {}\n")

    def _projections(self) -> list[TypeRef]:
        """Projections of a type parameter (``T::Item``) in the fields' types: they need the bound themselves, wherever
        they stand (rustc's ``find_type_parameters``)."""
        fields = (field for variant in self.decl.variants for field in variant.fields)
        written = {self._slice(*ty.span): ty for field in fields for ty in type_refs(field.ty) if self._projects(ty)}
        return list(written.values())

    def _projects(self, ty: TypeRef) -> bool:
        return (
            isinstance(ty, PathType)
            and ty.path.qself is None
            and len(ty.path.segments) > 1
            and ty.path.segments[0].name in self.type_params
        )

    # ------------------------------------------------------------ pieces

    def _pattern(self, variant: VariantDecl, prefix: str) -> str:
        """``Self::V { a: prefix0, b: prefix1 }``; works for every kind of constructor."""
        fields = ", ".join(f"{_raw(f.name)}: {prefix}{i}" for i, f in enumerate(variant.fields))
        return f"Self::{_raw(variant.name)} {{ {fields} }}"

    def _place(self, base: str, field: FieldDecl) -> str:
        place = f"{base}.{_raw(field.name)}"
        return f"({{ {place} }})" if self.packed else place

    def _is_fieldless(self) -> bool:
        return all(not variant.fields for variant in self.decl.variants)

    def _discriminants(self, first: str, second: str | None = None) -> str:
        text = f"let {first}_tag = ::core::intrinsics::discriminant_value({first});\n"
        return text + (f"let {second}_tag = ::core::intrinsics::discriminant_value({second});\n" if second else "")

    def _own_fields(self) -> tuple[FieldDecl, ...]:
        return self.decl.variants[0].fields

    # ------------------------------------------------------------ traits

    def _clone(self) -> str:
        head = "#[inline]\nfn clone(&self) -> Self "
        simple = _DERIVES_COPY.search(self.header) and not self.type_params
        if self.kind is DefKind.UNION or simple:
            return head + "{ *self }\n"
        if self.kind is DefKind.STRUCT:
            fields = ", ".join(
                f"{_raw(f.name)}: ::core::clone::Clone::clone(&{self._place('self', f)})" for f in self._own_fields()
            )
            return head + f"{{ {self.name} {{ {fields} }} }}\n"
        if not self.decl.variants:
            return head + "{ match *self {} }\n"
        arms = []
        for variant in self.decl.variants:
            made = ", ".join(f"{_raw(f.name)}: ::core::clone::Clone::clone(a{i})" for i, f in enumerate(variant.fields))
            arms.append(f"{self._pattern(variant, 'a')} => Self::{_raw(variant.name)} {{ {made} }},\n")
        return head + "{ match self {\n" + "".join(arms) + "} }\n"

    def _debug(self) -> str:
        head = "fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result "
        if self.kind is not DefKind.ENUM or not self.decl.variants:
            return head + f'{{ ::core::fmt::Formatter::write_str(f, "{self.name}") }}\n'
        arms = "".join(f'Self::{_raw(v.name)} {{ .. }} => "{v.name}",\n' for v in self.decl.variants)
        return head + f"{{ ::core::fmt::Formatter::write_str(f, match self {{\n{arms}}}) }}\n"

    def _default(self) -> str | None:
        head = "#[inline]\nfn default() -> Self "
        variant = self._default_variant()
        if variant is None:
            return None
        fields = ", ".join(f"{_raw(f.name)}: ::core::default::Default::default()" for f in variant.fields)
        constructor = self.name if self.kind is DefKind.STRUCT else f"Self::{_raw(variant.name)}"
        return head + f"{{ {constructor} {{ {fields} }} }}\n"

    def _default_variant(self) -> VariantDecl | None:
        if self.kind is DefKind.STRUCT:
            return self.decl.variants[0]
        marked = [v for v in self.decl.variants if any(a.path == "default" for a in v.attrs)]
        if len(marked) == 1 and self.kind is DefKind.ENUM and not marked[0].fields:
            return marked[0]
        if not marked:
            message = "`#[derive(Default)]` on enum with no `#[default]`"
        elif len(marked) > 1:
            message = "multiple declared defaults"
        else:
            message = "the `#[default]` attribute may only be used on unit enum variants"
        code = "syntax" if marked else "E0665"
        self.faults.append(SyntaxFault(message, marked[-1].span if marked else self._name_span(), code=code))
        return None

    def _hash(self) -> str:
        head = "fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) "
        if self.kind is not DefKind.ENUM:
            calls = "".join(
                f"::core::hash::Hash::hash(&{self._place('self', f)}, state);\n" for f in self._own_fields()
            )
            return head + f"{{\n{calls}}}\n"
        text = "let this = self;\n" + self._discriminants("this") + "::core::hash::Hash::hash(&this_tag, state);\n"
        if not self._is_fieldless():
            arms = []
            for variant in (v for v in self.decl.variants if v.fields):
                calls = "".join(f"::core::hash::Hash::hash(a{i}, state); " for i in range(len(variant.fields)))
                arms.append(f"{self._pattern(variant, 'a')} => {{ {calls}}}\n")
            text += "match self {\n" + "".join(arms) + "_ => {}\n}\n"
        return head + f"{{\n{text}}}\n"

    def _partial_eq(self) -> str:
        head = "#[inline]\nfn eq(&self, other: &Self) -> bool "
        if self.kind is not DefKind.ENUM:
            tests = [f"{self._place('self', f)} == {self._place('other', f)}" for f in self._own_fields()]
            return head + f"{{ {' && '.join(tests) or 'true'} }}\n"
        if not self.decl.variants:
            return head + "{ match *self {} }\n"
        tags = "let this = self;\n" + self._discriminants("this", "other")
        if self._is_fieldless():
            return (
                head + f"{{\n{tags}this_tag == other_tag\n}}\n" if len(self.decl.variants) > 1 else head + "{ true }\n"
            )
        arms = []
        for variant in (v for v in self.decl.variants if v.fields):
            tests = [f"*a{i} == *b{i}" for i in range(len(variant.fields))]
            arms.append(f"({self._pattern(variant, 'a')}, {self._pattern(variant, 'b')}) => {' && '.join(tests)},\n")
        if len(arms) == len(self.decl.variants) == 1:
            return head + f"{{ match (self, other) {{\n{arms[0]}}} }}\n"
        return head + f"{{\n{tags}this_tag == other_tag && match (self, other) {{\n{''.join(arms)}_ => true,\n}}\n}}\n"

    def _ord(self) -> str:
        return self._comparison(
            "fn cmp(&self, other: &Self) -> ::core::cmp::Ordering ",
            "::core::cmp::Ord::cmp",
            "::core::cmp::Ordering::Equal",
        )

    def _partial_ord(self) -> str:
        head = "fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> "
        return self._comparison(head, "::core::cmp::PartialOrd::partial_cmp", _SOME_EQUAL)

    def _comparison(self, head: str, function: str, equal: str) -> str:
        """Lexicographic over the fields; between variants, by discriminant."""
        head = "#[inline]\n" + head
        if self.kind is not DefKind.ENUM:
            pairs = [(f"&{self._place('self', f)}", f"&{self._place('other', f)}") for f in self._own_fields()]
            return head + f"{{ {_chain(pairs, function, equal)} }}\n"
        if not self.decl.variants:
            return head + "{ match *self {} }\n"
        tags = "let this = self;\n" + self._discriminants("this", "other")
        by_tag = f"{function}(&this_tag, &other_tag)"
        if self._is_fieldless():
            return head + f"{{\n{tags}{by_tag}\n}}\n"
        arms = []
        for variant in (v for v in self.decl.variants if v.fields):
            pairs = [(f"a{i}", f"b{i}") for i in range(len(variant.fields))]
            pattern = f"({self._pattern(variant, 'a')}, {self._pattern(variant, 'b')})"
            arms.append(f"{pattern} => {_chain(pairs, function, equal)},\n")
        rest = f"_ => {by_tag},\n" if len(self.decl.variants) > 1 else ""
        return head + f"{{\n{tags}match (self, other) {{\n{''.join(arms)}{rest}}}\n}}\n"


def _chain(pairs: list[tuple[str, str]], function: str, equal: str) -> str:
    if not pairs:
        return equal
    (a, b), rest = pairs[0], pairs[1:]
    call = f"{function}({a}, {b})"
    if not rest:
        return call
    return f"match {call} {{ {equal} => {_chain(rest, function, equal)}, unequal => unequal }}"


def _raw(name: str) -> str:
    return f"r#{name}" if name in KEYWORDS else name
