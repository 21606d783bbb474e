"""The library: rustc accepts it, it computes what Rust's own computes, our front end and back end know it.

What it is: the tests of `compiler/library`. What it assumes: rustc for the comparisons (else they skip). What it
guarantees: a name, type or result that differs from Rust's is a failing test.
"""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pytest
from rustc_sysroot import Sysroot, rustc

from compiler.dialects.nvvm import row
from compiler.dialects.nvvm.table import intrinsic_rows
from compiler.library import LIBRARY_ROOT, library_crates
from compiler.transforms.import_mir.intrinsics import BINARY, HANDLERS
from compiler.transforms.lower_mir.intrinsics import supported

HERE = Path(__file__).parent

# Declared so that programs that name them resolve; reaching one is an `unsupported` diagnostic.
NOT_LOWERED = {
    "wgmma_mma_m64n64k16_f32_bf16", "wgmma_mma_m64n64k16_f32_f16", "wgmma_mma_m64n64k8_f32_tf32",
}  # fmt: skip
# Evaluated before code generation, from their type arguments alone.
TYPE_FACTS = {"size_of", "align_of", "needs_drop", "variant_count"}


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
    unknown = {
        name
        for name in own - TYPE_FACTS - NOT_LOWERED
        if name not in HANDLERS and name not in BINARY and not supported(name.partition(".")[0])
    }
    assert unknown == set()


def compile_semantics(out: Path, arguments: list[str]) -> Path:
    """The recording program as a shared library."""
    done = rustc([
        str(HERE / "semantics.rs"), "--edition=2021", "--crate-type=cdylib", "-Copt-level=1", "-Cpanic=abort",
        "-Coverflow-checks=off", "-Awarnings", "-o", str(out), *arguments,
    ])  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out


def recording(library: Path, seed: int) -> list[int]:
    """What the program records for a seed."""
    run = ctypes.CDLL(str(library)).run
    run.restype = ctypes.c_size_t
    run.argtypes = [ctypes.c_uint64, ctypes.c_void_p, ctypes.c_size_t]
    n_words = run(seed, None, 0)
    words = (ctypes.c_uint64 * n_words)()
    run(seed, ctypes.addressof(words), n_words)
    return list(words)


def test_results_equal_those_of_rusts_own_library(linked: Sysroot, tmp_path: Path) -> None:
    assert linked.errors == []
    theirs = compile_semantics(tmp_path / "theirs.so", [])
    ours = compile_semantics(tmp_path / "ours.so", [
        "--cfg=own", f"--sysroot={linked.directory}", "-L", str(linked.library_directory),
        "-Zcrate-attr=feature(coverage_attribute)", "-Clink-arg=-lc", "-Clink-arg=-lgcc", "-Clink-arg=-lm",
    ])  # fmt: skip
    for seed in range(1, 6):
        expected, found = recording(theirs, seed), recording(ours, seed)
        assert len(expected) > 400_000
        assert len(expected) == len(found)
        different = next((i for i, pair in enumerate(zip(expected, found, strict=True)) if pair[0] != pair[1]), None)
        assert different is None, f"seed {seed}, word {different}: {marked_line(expected, different or 0)}"


def marked_line(words: list[int], at: int) -> str:
    """The line of `semantics_iter.rs` last marked before a word."""
    marks = [w - 0xFFFF_0000 for w in words[:at] if 0xFFFF_0000 <= w < 0xFFFF_4000]
    lines = (HERE / "semantics_iter.rs").read_text().splitlines()
    return lines[marks[-1] - 1].strip() if marks else "integers"
