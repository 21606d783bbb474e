"""Random Rust types: structs, enums, unions with every ``repr``, tuples, arrays, references, non-zero integers, cells.

Assumes nothing. Guarantees that the source compiles, is the same for a seed, and that ``subjects`` are the types to
compare.

Example: ``random_types(1, 10)`` gives ten definitions and about twenty type expressions.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

PRIMITIVES = (
    *("u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128"),
    *("usize", "f32", "f64", "bool", "bool", "char", "()"),
)
SPECIAL = (
    *("&'static u8", "&'static [u16]", "&'static mut u32", "*const u8", "*mut [u8]", "&'static str", "fn(u8) -> u8"),
    *("NonNull<u32>", "NonZeroU8", "NonZeroU32", "NonZeroI64", "NonZeroU128", "PhantomData<u64>", "Ordering", "Never"),
    *("Range<u32>", "(Never, u8)", "[u64; 0]", "Aligned0"),
)
WRAPPERS = ("Option<{}>", "MaybeUninit<{}>", "Cell<{}>", "ManuallyDrop<{}>", "Result<{}, u8>", "Option<Option<{}>>")


@dataclass(slots=True)
class RandomTypes:
    definitions: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)


def _field_type(rng: random.Random, known: list[str], depth: int = 0) -> str:
    pick = rng.random()
    if known and pick < 0.22:
        return rng.choice(known)
    if depth < 2 and pick < 0.46:
        inner = _field_type(rng, known, depth + 1)
        return rng.choice(
            [f"[{inner}; {rng.choice([0, 1, 2, 3, 4, 6, 8, 16])}]", f"({inner}, {_field_type(rng, known, 2)})",
             f"({inner}, {_field_type(rng, known, 2)}, {_field_type(rng, known, 2)})", f"({inner},)",
             rng.choice(WRAPPERS).format(inner), rng.choice(WRAPPERS).format(inner)]
        )  # fmt: skip
    if pick < 0.58:
        return rng.choice(SPECIAL)
    return rng.choice(PRIMITIVES)


def _repr(rng: random.Random, kind: str) -> str:
    pick = rng.random()
    if pick < 0.6:
        return ""
    if kind == "enum":
        name = rng.choice(["C", "u8", "i16", "u32", "i64", "C, u8", "align(8)", "align(16)", "isize"])
        return f"#[repr({name})]\n"
    options = ["C", "align(2)", "align(16)", "packed", "packed(2)", "C, packed", "C, align(8)", "packed(4)"]
    return f"#[repr({rng.choice(options)})]\n"


def _struct(rng: random.Random, name: str, known: list[str]) -> str:
    repr_ = _repr(rng, "struct")
    fields = [_field_type(rng, known) for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 7]))]
    if rng.random() < 0.5:
        return f"{repr_}struct {name}({', '.join(fields)});"
    return f"{repr_}struct {name} {{ {', '.join(f'f{i}: {t}' for i, t in enumerate(fields))} }}"


def _enum(rng: random.Random, name: str, known: list[str]) -> str:
    n = rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 8, 40])
    repr_ = _repr(rng, "enum") if n else ""
    payload = rng.random() < 0.75
    variants = []
    for i in range(n):
        fields = [_field_type(rng, known) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))] if payload and n < 40 else []
        text = f"V{i}" + (f"({', '.join(fields)})" if fields else "")
        if not payload and rng.random() < 0.2:
            text += f" = {i * 3 - (i * 0 if 'u' in repr_ or 'C' in repr_ else 1) + 2}"
        variants.append(text)
    if not payload and any("=" in v for v in variants):
        variants = [
            v.split(" =")[0] + f" = {i * rng.choice([1, 5])}" if i == 0 else v.split(" =")[0]
            for i, v in enumerate(variants)
        ]
        if n > 1:
            variants[-1] += f" = {rng.choice([100, 127, 126])}"
    if not any("(" in v for v in variants):
        repr_ = repr_.replace("C, u8", "u8")
    return f"{repr_}enum {name} {{ {', '.join(variants)} }}"


def _union(rng: random.Random, name: str, known: list[str]) -> str:
    repr_ = _repr(rng, "union")
    fields = [f"ManuallyDrop<{_field_type(rng, known)}>" for _ in range(rng.choice([1, 1, 2, 3]))]
    return f"{repr_}union {name} {{ {', '.join(f'f{i}: {t}' for i, t in enumerate(fields))} }}"


PRELUDE = """#[repr(align(4))] struct Aligned0;
enum Never {}
"""


def random_types(seed: int, n: int) -> RandomTypes:
    """``n`` definitions and the types to lay out."""
    rng = random.Random(seed)
    made = RandomTypes()
    aligned = {"Aligned0"}  # definitions that may not be inside packed ones
    for i in range(n):
        name = f"T{i}"
        known = [f"T{k}" for k in range(max(0, i - 12), i)]
        text = rng.choices([_struct, _enum, _union], [5, 5, 1])[0](rng, name, known)
        holds_aligned = not aligned.isdisjoint(re.findall(r"\w+", text))
        if holds_aligned and "packed" in text:
            text = re.sub(r"#\[repr\(.*?\)\]\n", "", text)
        if holds_aligned or "align(" in text:
            aligned.add(name)
        made.definitions.append(text)
        made.subjects.append(name)
        if rng.random() < 0.6:
            made.subjects.append(rng.choice(WRAPPERS).format(name))
        if rng.random() < 0.3:
            made.subjects.append(_field_type(rng, [name]))
    return made


def rust_source(types: RandomTypes) -> str:
    """A crate whose layout dumps are in the order of ``subjects``."""
    head = """#![feature(rustc_attrs, never_type, f16)]
#![allow(internal_features, dead_code)]
use core::{cell::Cell, cmp::Ordering, marker::PhantomData, mem::{ManuallyDrop, MaybeUninit}, num::*, ops::Range,
ptr::NonNull};
"""
    dumps = [f"#[rustc_layout(debug)] type D{i} = {t};" for i, t in enumerate(types.subjects)]
    return "\n".join([head, PRELUDE, *types.definitions, *dumps])
