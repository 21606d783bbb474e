"""What compiled code computes is what rustc's does: ``run/semantics.rs`` on the emulator against ``run/expected.txt``.

``UPDATE_EXPECT=1`` makes the expected values with the rustc of this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from compiler.codegen.sass import assemble, tool_path
from compiler.driver import CompileOptions, CompileSession
from compiler.emulator import launch

FOLDER = Path(__file__).parent / "run"
SOURCE = (FOLDER / "semantics.rs").read_text(encoding="utf-8")
NAMES = re.findall(r"^fn (\w+)\(s: u32\) -> u64", SOURCE, re.M)
N_SEEDS = 48
KERNEL = """
#[kernel]
pub fn run_{name}(mut out: DisjointSlice<u64>) {{
    let i = thread::index_1d();
    let at = i.get();
    if let Some(o) = out.get_mut(i) {{
        *o = {name}(at as u32);
    }}
}}
"""


def by_rustc(folder: Path) -> dict[str, list[int]]:
    """The values rustc's code prints."""
    lines = [f'for s in 0..{N_SEEDS}u32 {{ println!("{name} {{}}", {name}(s)); }}' for name in NAMES]
    main = folder / "main.rs"
    main.write_text(SOURCE + "fn main() {\n" + "\n".join(lines) + "\n}\n", encoding="utf-8")
    binary = folder / "main"
    command = ["rustc", "--edition", "2021", "-O", "-Awarnings", str(main), "-o", str(binary)]
    subprocess.run(command, check=True, capture_output=True)
    found: dict[str, list[int]] = {name: [] for name in NAMES}
    for line in subprocess.run([str(binary)], check=True, capture_output=True, text=True).stdout.splitlines():
        name, value = line.split()
        found[name].append(int(value))
    return found


def expected() -> dict[str, list[int]]:
    lines = (FOLDER / "expected.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: [int(word, 16) for word in line.split()[1:]] for line in lines}


@cache
def session() -> CompileSession:
    kernels = "".join(KERNEL.format(name=name) for name in NAMES)
    text = "use cuda_device::{kernel, thread, DisjointSlice};\n" + SOURCE + kernels
    return CompileSession("/semantics.rs", {"/semantics.rs": text.encode()})


@pytest.mark.rustc
def test_expected_values_are_rustcs(tmp_path):
    if shutil.which("rustc") is None:
        pytest.skip("rustc is not installed")
    found = by_rustc(tmp_path)
    if os.environ.get("UPDATE_EXPECT"):
        lines = [" ".join([name, *(f"{value:x}" for value in values)]) for name, values in found.items()]
        (FOLDER / "expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert found == expected()


@pytest.mark.parametrize("name", NAMES)
def test_computes_what_rustc_computes(name: str):
    # rustc fuses no multiply and add, so neither do we here
    options = CompileOptions("sm_80", contract=False, use_cache=False)
    artifact = session().compile(session().instance(f"run_{name}"), options)
    out = np.zeros(N_SEEDS, np.uint64)
    report = launch(artifact, artifact.symbol, 1, N_SEEDS, [out])
    assert report.trap is None
    assert [int(x) for x in out] == expected()[name]
    if tool_path("ptxas") is not None:
        assert assemble(artifact.ptx, "sm_80").status == "ok"
