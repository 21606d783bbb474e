"""The library computes what Rust's own computes, compiled by rustc and compiled by us.

What it is: `semantics.rs` records the results of the library's pure functions on pseudo-random inputs. Three recordings
must be equal: with Rust's own `core`, with our `core` under rustc, and as kernels of our compiler on the emulator.
What it assumes: rustc and a C linker (else the tests skip). What it guarantees: the first difference names its part.
"""

from __future__ import annotations

import ctypes
import shutil
from pathlib import Path

import numpy as np
import pytest
from rustc_sysroot import Sysroot, rustc

from compiler import driver, emulator

HERE = Path(__file__).parent
INTEGERS = ("bytes", "halves", "words", "doubles", "quads", "sizes")
PARTS = (
    *INTEGERS, "ranges", "adapters", "folds", "slices", "options", "results", "floats", "characters", "values", "drops",
    "strings",
)  # fmt: skip
EMULATED = tuple(part for part in PARTS if part not in ("halves", "sizes"))  # like `words` and `doubles`


def compile_natively(out: Path, arguments: list[str]) -> ctypes.CDLL:
    """The recording program as a shared library."""
    done = rustc([
        str(HERE / "semantics.rs"), "--edition=2021", "--crate-type=cdylib", "-Copt-level=1", "-Cpanic=abort",
        "-Coverflow-checks=off", "-Awarnings", "-o", str(out), *arguments,
    ])  # fmt: skip
    assert done.returncode == 0, done.stderr
    return ctypes.CDLL(str(out))


@pytest.fixture(scope="session")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    """The program with Rust's own library."""
    if shutil.which("rustc") is None or shutil.which("cc") is None:
        pytest.skip("no rustc or no linker on the path: the library is not compared with Rust's own")
    return compile_natively(tmp_path_factory.mktemp("theirs") / "theirs.so", [])


@pytest.fixture(scope="session")
def ours(linked: Sysroot, tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    """The program with our library, compiled by rustc."""
    assert linked.errors == []
    return compile_natively(tmp_path_factory.mktemp("ours") / "ours.so", [
        "--cfg=own", f"--sysroot={linked.directory}", "-L", str(linked.library_directory),
        "-Zcrate-attr=feature(coverage_attribute)", "-Clink-arg=-lc", "-Clink-arg=-lgcc", "-Clink-arg=-lm",
    ])  # fmt: skip


def recording(library: ctypes.CDLL, part: str, seed: int, turns: int) -> list[int]:
    """What a part records."""
    run = getattr(library, part)
    run.restype = ctypes.c_size_t
    run.argtypes = [ctypes.c_uint64, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_size_t]
    n_words = run(seed, turns, None, 0)
    words = (ctypes.c_uint64 * n_words)()
    run(seed, turns, ctypes.addressof(words), n_words)
    return list(words)


def difference(expected: list[int], found: list[int]) -> str:
    """Where two recordings part, with the line of `semantics_iter.rs` last marked; empty if they do not."""
    if expected == found:
        return ""
    at = next((i for i, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), -1)
    marks = [word - 0xFFFF_0000 for word in expected[:at] if 0xFFFF_0000 <= word < 0xFFFF_4000]
    lines = (HERE / "semantics_iter.rs").read_text().splitlines()
    line = lines[marks[-1] - 1].strip() if marks else ""
    return f"word {at} of {len(expected)}/{len(found)}: {expected[at]:#x}, found {found[at]:#x} {line}"


@pytest.mark.parametrize("part", PARTS)
def test_under_rustc(theirs: ctypes.CDLL, ours: ctypes.CDLL, part: str) -> None:
    for seed in range(1, 6):
        assert difference(recording(theirs, part, seed, 100), recording(ours, part, seed, 100)) == ""


@pytest.mark.parametrize("part", EMULATED)
def test_as_a_kernel(theirs: ctypes.CDLL, part: str) -> None:
    turns = 30
    expected = recording(theirs, part, 7, turns)
    words, n_words = np.zeros(len(expected) + 8, np.uint64), np.zeros(1, np.uint64)
    artifact = driver.compile_kernel(str(HERE / "semantics_kernels.rs"), f"record_{part}", "sm_90")
    args = (7, turns, words, len(words), n_words)
    report = emulator.launch(artifact, f"record_{part}", 1, 1, args, time_budget_s=60)
    assert report.trap is None, str(report.trap)
    assert difference(expected, words[: int(n_words[0])].tolist()) == ""
