"""The library: rustc accepts it, it computes what Rust's own computes, our front end and back end know it.

What it is: the tests of `compiler/library`. What it assumes: rustc for the comparisons (else they skip). What it
guarantees: a name, type or result that differs from Rust's is a failing test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rustc_sysroot import Sysroot

from compiler.dialects.nvvm import row
from compiler.dialects.nvvm.table import intrinsic_rows
from compiler.library import LIBRARY_ROOT, library_crates
from compiler.transforms.import_mir.intrinsics import BINARY, HANDLERS
from compiler.transforms.lower_mir.intrinsics import supported

# Declared so that programs that name them resolve; reaching one is an `unsupported` diagnostic.
NOT_LOWERED = {
    "wgmma_mma_m64n64k16_f32_bf16", "wgmma_mma_m64n64k16_f32_f16", "wgmma_mma_m64n64k8_f32_tf32",
}  # fmt: skip
# Evaluated before code generation, from their type arguments alone.
TYPE_FACTS = {"offset_of", "size_of", "align_of", "needs_drop", "variant_count", "type_id", "type_name"}


def sources() -> list[Path]:
    """Every `.rs` file of the library."""
    return sorted(LIBRARY_ROOT.rglob("*.rs"))


def declared(pattern: str) -> set[str]:
    """First groups of a pattern over the whole library."""
    return {m[1] for path in sources() for m in re.finditer(pattern, path.read_text())}


def test_crates_come_before_what_needs_them() -> None:
    seen: set[str] = set()
    for crate in library_crates():
        assert crate.root_path.is_file()
        assert seen.issuperset(crate.deps)
        seen.add(crate.name)


def test_rustc_accepts_every_crate(checked: Sysroot) -> None:
    assert checked.errors == []


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(LIBRARY_ROOT)))
def test_files_say_what_they_are(path: Path) -> None:
    text = path.read_text()
    for phrase in ("//! ", "//! What it is:", "//! What it assumes:", "//! What it guarantees:", "//! ```text"):
        assert phrase in text, phrase
    if path.parent.name != "cuda_intrinsics":
        assert text.count("\n") <= 900


def test_every_catalogued_intrinsic_is_declared() -> None:
    keys = declared(r'#\[oxide::intrinsic = "(\w+::\w+)"\]')
    assert {key.replace("::", ".") for key in keys} == set(intrinsic_rows())


def test_code_generation_knows_every_other_intrinsic() -> None:
    own = declared(r'#\[oxide::intrinsic = "((?:oxide::)?[a-z_0-9]+(?:\.\w+)?)"\]')
    own = {name.removeprefix("oxide::") for name in own if row(name) is None}
    own |= declared(r"#\[rustc_intrinsic\]\s*(?:#\[\w+\]\s*)*pub (?:const )?(?:unsafe )?fn (\w+)")
    parts_of_mir = re.findall(r"fn (\w+)", (LIBRARY_ROOT / "core" / "intrinsics" / "mir.rs").read_text())
    own -= set(parts_of_mir)  # read by MIR building, never called
    unknown = {
        name
        for name in own - TYPE_FACTS - NOT_LOWERED
        if name not in HANDLERS and name not in BINARY and not supported(name.partition(".")[0])
    }
    assert unknown == set()
