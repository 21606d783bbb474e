"""The sysroots of the rustc oracle, built once for a test run."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from rustc_sysroot import Sysroot, build


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Sysroot:
    """Every crate type- and borrow-checked by rustc."""
    if shutil.which("rustc") is None:
        pytest.skip("no rustc on the path: the library is not compared with it")
    return build(tmp_path_factory.mktemp("checked"))


@pytest.fixture(scope="session")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Sysroot:
    """`core` and `std` compiled to machine code by rustc."""
    if shutil.which("rustc") is None or shutil.which("cc") is None:
        pytest.skip("no rustc or no linker on the path: the library is not compared with Rust's own")
    return build(tmp_path_factory.mktemp("linked"), emit="link", only="core,std")
