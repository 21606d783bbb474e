"""Which stable methods of Rust's `core` our library has: ``python -m bench.library [--missing]``.

The list is read from the documentation that comes with rustc (the `rust-docs` component): the pages of the types and traits a
kernel uses, without what is unstable, deprecated or an implementation of a trait. A method is there if our front end resolves
``<Type>::method``. Methods that allocate or format are not asked for. Example of the last line: ``1204 of 1210 methods``.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import sys
from pathlib import Path

_INTS = ["u8", "i8", "u16", "u32", "i32", "u64", "i64", "u128", "i128", "usize", "isize"]
_NON_ZERO = ["u8", "i32", "u64"]
_ATOMICS = ["AtomicBool bool", "AtomicU32 u32", "AtomicI32 i32", "AtomicU64 u64", "AtomicI64 i64", "AtomicUsize usize"]
# page (below html/core), the type as asked of the front end
PAGES: tuple[tuple[str, str], ...] = (
    *((f"primitive.{t}", t) for t in _INTS),
    ("primitive.f32", "f32"), ("primitive.f64", "f64"), ("primitive.bool", "bool"), ("primitive.char", "char"),
    ("primitive.slice", "[u8]"), ("primitive.array", "[u8; 4]"), ("primitive.pointer", "*mut u8"), ("primitive.str", "str"),
    ("option/enum.Option", "Option<u8>"), ("result/enum.Result", "Result<u8, i8>"), ("cmp/enum.Ordering", "core::cmp::Ordering"),
    ("cmp/trait.Ord", "<u8 as core::cmp::Ord>"), ("cmp/trait.PartialOrd", "<u8 as core::cmp::PartialOrd>"), ("cmp/struct.Reverse", "core::cmp::Reverse<u8>"),
    ("iter/trait.Iterator", "<core::ops::Range<u8> as Iterator>"), ("iter/trait.DoubleEndedIterator", "<core::ops::Range<u8> as DoubleEndedIterator>"),
    ("iter/trait.ExactSizeIterator", "<core::ops::Range<u8> as ExactSizeIterator>"), ("iter/struct.Peekable", "core::iter::Peekable<core::ops::Range<u8>>"),
    ("slice/struct.Iter", "core::slice::Iter<'static, u8>"), ("slice/struct.IterMut", "core::slice::IterMut<'static, u8>"), ("slice/struct.ChunksExact", "core::slice::ChunksExact<'static, u8>"),
    ("array/struct.IntoIter", "core::array::IntoIter<u8, 3>"), ("ops/struct.Range", "core::ops::Range<u8>"), ("ops/struct.RangeInclusive", "core::ops::RangeInclusive<u8>"), ("ops/struct.RangeFrom", "core::ops::RangeFrom<u8>"),
    ("ops/struct.RangeTo", "core::ops::RangeTo<u8>"), ("ops/enum.ControlFlow", "core::ops::ControlFlow<u8, u8>"), ("ops/enum.Bound", "core::ops::Bound<u8>"), ("ops/trait.RangeBounds", "<core::ops::Range<u8> as core::ops::RangeBounds<u8>>"),
    ("mem/union.MaybeUninit", "core::mem::MaybeUninit<u8>"), ("mem/struct.ManuallyDrop", "core::mem::ManuallyDrop<u8>"), ("mem/struct.Discriminant", "core::mem::Discriminant<u8>"),
    ("ptr/struct.NonNull", "core::ptr::NonNull<u8>"), *(("num/struct.NonZero", f"core::num::NonZero<{t}>") for t in _NON_ZERO), ("num/struct.Wrapping", "core::num::Wrapping<u32>"), ("num/struct.Saturating", "core::num::Saturating<u32>"),
    ("cell/struct.Cell", "core::cell::Cell<u8>"), ("cell/struct.RefCell", "core::cell::RefCell<u8>"), ("cell/struct.UnsafeCell", "core::cell::UnsafeCell<u8>"), ("cell/struct.OnceCell", "core::cell::OnceCell<u8>"), ("cell/struct.Ref", "core::cell::Ref<'static, u8>"), ("cell/struct.RefMut", "core::cell::RefMut<'static, u8>"),
    *((f"sync/atomic/struct.{a.split()[0]}", f"core::sync::atomic::{a.split()[0]}") for a in _ATOMICS), ("sync/atomic/struct.AtomicPtr", "core::sync::atomic::AtomicPtr<u8>"), ("time/struct.Duration", "core::time::Duration"),
    ("hash/trait.Hasher", "<core::hash::SipHasher as core::hash::Hasher>"),
)  # fmt: skip
# pages of modules, whose functions are asked for
MODULES = (
    "mem",
    "ptr",
    "iter",
    "slice",
    "array",
    "char",
    "cmp",
    "convert",
    "hint",
    "sync/atomic",
    "num",
    "option",
    "any",
    "marker",
    "ops",
    "cell",
    "hash",
    "ascii",
    "str",
)
_HOST = re.compile(
    r"^(to_vec|to_owned|into_vec|into_string|sort|sort_by|sort_by_key|sort_by_cached_key|repeat|concat|join|connect|to_ascii_(upper|lower)case|utf8_chunks"
    r"|escape_.*|encode_.*|type_name.*|into_boxed.*|collect_into|display|to_string|parse|from_str|from_ascii.*|type_id|provide|caller)$"
)
_SECTION = re.compile(
    r'<section id="(?:ty)?method\.([a-z0-9_]+)(?:-\d+)?" class="method">(.*?)</section>(.*?)(?=<section id=|</summary>)',
    re.S,
)
_FUNCTION = re.compile(r'<dt><a class="fn" href="fn\.([a-z0-9_]+)\.html".*?</a>(.*?)</dt>', re.S)


def documentation() -> Path:
    """The folder of `core`'s pages."""
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
    return Path(sysroot, "share/doc/rust/html/core")


def methods(page: str, ty: str) -> dict[str, bool]:
    """Stable methods of a page, and whether each is ``const`` there."""
    found: dict[str, bool] = {}
    blocks = re.split(r'(?=<section id="impl-)', page)
    for block in blocks:
        header = re.search(r'<h3 class="code-header">(.*?)</h3>', block, re.S)
        target = (
            html.unescape(re.sub("<[^>]+>", "", header.group(1))) if header and block.startswith("<section") else ""
        )
        if " for " in target or _other_type(target, ty):
            continue
        for name, text, after in _SECTION.findall(block):
            if "stab unstable" not in after and "stab deprecated" not in after and not _HOST.match(name):
                found[name] = "const:" in text or ("const since" in text)
    return found


def _other_type(target: str, ty: str) -> bool:
    """Whether an inherent implementation is of other type arguments than ours."""
    if target.startswith(("impl NonZero<", "impl Wrapping<", "impl Saturating<")):
        return target.removeprefix("impl ") not in ty
    if target.startswith(("impl [", "impl<const N: usize> [")):
        return "u8" not in target
    return any(
        x in target
        for x in (
            "Option<Option",
            "Option<&",
            "Option<Result",
            "Result<Option",
            "Result<&",
            "Result<Result",
            "MaybeUninit<[",
            "[[T",
            "*const T",
            "Cell<[",
            "NonNull<[",
            "[MaybeUninit",
            "Bound<&",
            "*mut [",
            "&'",
            "Bound<&T",
        )
    )


def functions(page: str) -> list[str]:
    """Stable functions of a module's page."""
    return [
        n
        for n, rest in _FUNCTION.findall(page)
        if "stab unstable" not in rest and "stab deprecated" not in rest and not _HOST.match(n)
    ]


def asked(folder: Path) -> list[tuple[str, bool]]:
    """Every path to resolve, and whether it is a ``const fn``."""
    found: list[tuple[str, bool]] = []
    for name, ty in PAGES:
        file = folder / f"{name}.html"
        if file.is_file():
            prefix = ty if ty.startswith("<") else f"<{ty}>"
            found += [(f"{prefix}::{m}", const) for m, const in methods(file.read_text(encoding="utf-8"), ty).items()]
    for module in MODULES:
        file = folder / module / "index.html"
        if file.is_file():
            found += [
                (f"core::{module.replace('/', '::')}::{f}", False) for f in functions(file.read_text(encoding="utf-8"))
            ]
    return found


def unresolved(paths: list[str]) -> dict[int, str]:
    """Paths that our front end does not find, by place, with the message."""
    from compiler import driver
    from compiler.semantics.checks import file_diagnostics

    file = "/library.rs"
    text = "fn probe() {\n" + "".join(f"    let _ = {p};\n" for p in paths) + "}\nfn main() {}\n"
    session = driver.CompileSession(file, {file: text.encode()})
    found: dict[int, str] = {}
    for d in file_diagnostics(session.db, file, True):
        if d.code in ("E0599", "E0425", "E0433", "E0412", "E0405", "E0576", "E0223", "E0277", "E0432"):
            line = text.encode()[: d.primary.span.start].count(b"\n") - 1
            found.setdefault(line, f"{d.code} {d.message}")
    return found


def not_const(paths: list[str]) -> set[int]:
    """Paths whose function is not ``const`` in our library."""
    from compiler import driver
    from compiler.resolve.lowering import signature
    from compiler.ty.infer import infer
    from compiler.ty.types import FnDefTy

    file = "/library.rs"
    text = "".join(f"fn probe{i}() {{ let _ = {p}; }}\n" for i, p in enumerate(paths)) + "fn main() {}\n"
    session = driver.CompileSession(file, {file: text.encode()})
    from compiler.semantics.definitions import file_definitions

    found: set[int] = set()
    for def_id in file_definitions(session.db, file):
        if not def_id.name.startswith("probe"):
            continue
        for ty in infer(session.db, def_id).expr_types.values():
            if isinstance(ty, FnDefTy):
                fn = signature(session.db, ty.def_id)
                if not getattr(fn, "is_const", True):
                    found.add(int(def_id.name.removeprefix("probe")))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.library", description=__doc__)
    parser.add_argument("--const", action="store_true", help="also list functions that are const in Rust's core only")
    options = parser.parse_args()
    wanted = asked(documentation())
    paths = [p for p, _ in wanted]
    missing = unresolved(paths)
    for i, why in missing.items():
        print(f"{paths[i]}: {why}")
    if options.const:
        present = [p for i, (p, const) in enumerate(wanted) if const and i not in missing]
        for i in sorted(not_const(present)):
            print(f"{present[i]}: not const")
    print(f"{len(paths) - len(missing)} of {len(paths)} methods and functions")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
