"""``python -m bench.impls [-v]``: which traits the library's types implement, against rustc's ``core``.

What it is: every type of a list with every trait of a list is one line of a program; a line that rustc accepts and our
front end does not is an implementation that is missing, and one that only we accept is one too many. Assumes rustc on
PATH. Guarantees: types and traits that our library does not have at all are not counted (what is unknown is accepted).

Example of the last line: ``9810 pairs, 11 missing, 0 too many``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

_COMPARED = "Clone Copy PartialEq Eq PartialOrd Ord core::hash::Hash Default Send Sync Unpin"
_FORMATS = "Debug Display LowerHex UpperHex Binary Octal LowerExp Pointer"
_ITERATION = "Iterator DoubleEndedIterator ExactSizeIterator core::iter::FusedIterator IntoIterator"
_OPERATORS = "Add Sub Mul Div Rem BitAnd BitOr BitXor Shl Shr"
TRAITS = (
    *_COMPARED.split(), *(f"core::fmt::{name}" for name in _FORMATS.split()), *_ITERATION.split(),
    "core::ops::Neg", "core::ops::Not", *(f"core::ops::{n}{a}" for n in _OPERATORS.split() for a in ("", "Assign")),
    "core::iter::Sum", "core::iter::Product", "core::str::FromStr", "core::ops::Deref", "core::ops::DerefMut",
    "AsRef<[u8]>", "AsMut<[u8]>", "core::borrow::Borrow<[u8]>", "From<u8>", "From<bool>", "From<char>", "Into<u64>",
    "Into<f64>", "TryFrom<u64>", "TryFrom<i8>", "TryInto<u8>", "core::ops::RangeBounds<usize>", "core::hash::Hasher",
    "core::iter::FromIterator<u8>", "Extend<u8>", "core::iter::Sum<u32>", "PartialEq<[u8]>", "PartialEq<[u8; 3]>",
    "PartialEq<str>", "core::slice::SliceIndex<[u8]>", "core::ops::Index<usize>", "core::ops::IndexMut<usize>",
    "core::ops::Index<core::ops::Range<usize>>", "core::ops::Add<u32>", "core::ops::Shl<u8>",
    "core::ops::AddAssign<u32>",
)  # fmt: skip
_WORDS, _TEST, _RANGE = "core::slice::Iter<'static, u8>", "fn(&u8) -> bool", "core::ops::Range<u8>"
_PLAIN = (
    "u8|i8|u16|i32|u32|u64|i64|u128|i128|usize|isize|f32|f64|bool|char|()|str|[u8]|[u8; 3]|[u32; 40]|&'static u8|"
    "&'static mut u8|&'static str|&'static [u8]|*const u8|*mut u8|(u8, u16)|(f32, f32)|fn()|fn(u32) -> u32|unsafe fn()|"
    "(u8, u16, u32, u64, i8, i16, i32, i64, bool, char, u8, u8)|Option<u8>|Option<f32>|Result<u8, i8>"
)
_CORE = (
    "cmp::Ordering cmp::Reverse<u8> num::Wrapping<u32> num::Wrapping<i8> num::Saturating<u32> num::Saturating<i32> "
    "num::NonZeroU32 num::NonZeroI64 num::ParseIntError num::TryFromIntError num::IntErrorKind ops::Range<usize> "
    "ops::RangeInclusive<u8> ops::RangeFrom<usize> ops::RangeTo<usize> ops::RangeFull ops::Bound<usize> "
    "ops::ControlFlow<u8,u8> ops::Range<char> mem::MaybeUninit<u8> mem::ManuallyDrop<u8> mem::Discriminant<Option<u8>> "
    "ptr::NonNull<u8> cell::Cell<u8> cell::RefCell<u8> cell::UnsafeCell<u8> cell::OnceCell<u8> marker::PhantomData<u8> "
    "marker::PhantomPinned sync::atomic::AtomicU32 sync::atomic::AtomicBool sync::atomic::Ordering convert::Infallible "
    "str::Utf8Error array::TryFromSliceError char::CharTryFromError array::IntoIter<u8,3> slice::IterMut<'static,u8> "
    "slice::Chunks<'static,u8> slice::ChunksExactMut<'static,u8> slice::RChunks<'static,u8> slice::Windows<'static,u8> "
    "str::Chars<'static> str::CharIndices<'static> str::Bytes<'static> str::Lines<'static> str::Split<'static,char> "
    "iter::Once<u8> iter::Empty<u8> iter::Repeat<u8> iter::RepeatN<u8> option::IntoIter<u8> option::Iter<'static,u8>"
)
_ADAPTERS = (
    f"Map<{_WORDS}, fn(&u8) -> u8>", f"Filter<{_RANGE}, {_TEST}>", f"FilterMap<{_RANGE}, fn(u8) -> Option<u8>>",
    f"Enumerate<{_WORDS}>", f"Zip<{_WORDS}, {_RANGE}>", f"Chain<{_RANGE}, {_RANGE}>", f"Rev<{_RANGE}>",
    f"Cycle<{_RANGE}>",
    f"Peekable<{_RANGE}>", f"Skip<{_WORDS}>", f"Take<{_RANGE}>", f"StepBy<{_RANGE}>", f"SkipWhile<{_RANGE}, {_TEST}>",
    f"TakeWhile<{_RANGE}, {_TEST}>", f"Inspect<{_RANGE}, fn(&u8)>", f"FlatMap<{_RANGE}, {_RANGE}, fn(u8) -> {_RANGE}>",
    f"Flatten<core::option::IntoIter<{_RANGE}>>", f"Copied<{_WORDS}>", f"Cloned<{_WORDS}>", f"Fuse<{_RANGE}>",
    "FromFn<fn() -> Option<u8>>", "RepeatWith<fn() -> u8>", "OnceWith<fn() -> u8>", "Take<core::iter::Repeat<u8>>",
)  # fmt: skip
_SLICES = ("Split", "SplitMut", "RSplit", "SplitN", "SplitInclusive")
TYPES = (
    *_PLAIN.split("|"),
    *(f"core::{name}" for name in _CORE.split()), _WORDS, _RANGE,
    *(f"core::iter::{name}" for name in _ADAPTERS), *(f"core::slice::{name}<'static, u8, {_TEST}>" for name in _SLICES),
)  # fmt: skip


def program() -> tuple[str, list[tuple[str, str]], int]:
    """The source, the pairs of its lines, and the line of the first (0-based)."""
    bounds = [f"fn is{i}<T: ?Sized + {t}>() {{}}" for i, t in enumerate(TRAITS)]
    pairs = [(ty, trait) for ty in TYPES for trait in TRAITS]
    lines = [f"fn f{i}() {{ is{i % len(TRAITS)}::<{ty}>() }}" for i, (ty, _) in enumerate(pairs)]
    return "\n".join(["#![allow(deprecated)]", *bounds, *lines, ""]), pairs, 1 + len(bounds)


def refused_by_rustc(source: str, first: int) -> set[int]:
    """Indices of the pairs whose line has an error."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "impls.rs"
        file.write_text(source)
        command = ["rustc", "--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--error-format=short"]
        command += ["-o", str(Path(folder) / "x.rmeta"), str(file)]
        output = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return {int(line) - 1 - first for line in re.findall(r"impls\.rs:(\d+):\d+: error", output)}


def refused_by_us(source: str, first: int) -> set[int]:
    """The same, by our front end."""
    from compiler.base.span import LineTable
    from compiler.semantics.host import AnalysisHost

    host, text = AnalysisHost(check_all=True), source.encode()
    host.set_file("/bench/impls.rs", text)
    table = LineTable(text)
    found = host.analysis().diagnostics("/bench/impls.rs").diagnostics
    return {table.line_col(d.primary.span.start)[0] - first for d in found if d.severity.value == "error"}


def main(argv: list[str]) -> int:
    """Print what differs (``-v``: each pair) and how many."""
    source, pairs, first = program()
    theirs, ours = ({i for i in refused(source, first) if i >= 0} for refused in (refused_by_rustc, refused_by_us))
    for sign, indices in (("-", ours - theirs), ("+", theirs - ours)):
        for i in sorted(indices) if "-v" in argv else ():
            print(f"{sign} {pairs[i][0]}: {pairs[i][1]}")
    print(f"{len(pairs)} pairs, {len(ours - theirs)} missing, {len(theirs - ours)} too many")
    return int(ours != theirs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
