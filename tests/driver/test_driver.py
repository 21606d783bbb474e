"""compile_kernel, compile_file, generic instances, launch plans."""

from __future__ import annotations

import numpy as np
import pytest

from compiler.driver import CompileError, CompileSession, compile_file, compile_kernel
from compiler.launch_plan import plan_launch

HEAD = b"use cuda_device::{kernel, launch_bounds, thread, DisjointSlice};\n"
COPY = (
    HEAD
    + b"""#[kernel] #[launch_bounds(128)]
pub fn copy<T: Copy>(x: &[T], mut y: DisjointSlice<T>) {
    let index = thread::index_1d();
    let i = index.get();
    if let Some(slot) = y.get_mut(index) { *slot = x[i]; }
}
"""
)


def test_an_artifact_is_plain_data():
    artifact = compile_kernel(COPY, "copy<f32>", "sm_90")
    assert artifact.symbol.startswith("copy_TID_") and artifact.symbol in artifact.ptx
    assert artifact.target == "sm_90" and artifact.launch.max_threads == 128 and artifact.line == 3
    assert [p.elem.dtype for p in artifact.params] == ["f32", "f32"]


def test_instances_are_chosen_by_types():
    a, b = (compile_kernel(COPY, f"copy<{ty}>", "sm_90").ptx for ty in ("u8", "f64"))
    assert "ld.global.b8" in a.replace("u8", "b8") and a != b


def test_a_generic_kernel_without_instances_says_what_to_write():
    with pytest.raises(CompileError, match="copy<f32>"):
        compile_kernel(COPY, "copy")


def test_compile_file_compiles_every_known_instance():
    text = COPY + b"fn main() { m.copy::<f32>(&s, c, &a, &mut b); m.copy::<u32>(&s, c, &a, &mut b); }"
    assert len({a.symbol for a in compile_file(text, "sm_80")}) == 2


def test_errors_carry_diagnostics_and_sources():
    with pytest.raises(CompileError) as error:
        compile_kernel(COPY.replace(b"x[i]", b"true"), "copy<f32>")
    assert error.value.diagnostics[0].code == "E0308"
    assert "*slot = true" in error.value.rendered()


def test_unsaved_texts_win_over_the_disk(tmp_path):
    path = tmp_path / "k.rs"
    path.write_bytes(b"")
    session = CompileSession(path.as_posix(), {path.as_posix(): COPY})
    assert [k.name for k in session.kernels()] == ["copy"]


def test_a_plan_respects_the_contract_and_the_seed():
    artifact = compile_kernel(COPY, "copy<f32>", "sm_90")
    plan = plan_launch(artifact, n=1000, seed=5)
    assert plan.block == (128, 1, 1) and plan.grid == (8, 1, 1)
    again = plan_launch(artifact, n=1000, seed=5)
    assert all(np.array_equal(a, b) for a, b in zip(plan.args, again.args, strict=True))
    assert np.count_nonzero(plan.args[0]) == 1000


CONSTANTS = """
use cuda_device::{DisjointSlice, kernel, thread};
const LIMIT: u8 = 9;
#[kernel]
pub fn k<const B: bool, const I: i8, const C: char, const N: u8>(mut out: DisjointSlice<u32>) {
    let i = thread::index_1d();
    if let Some(o) = out.get_mut(i) { *o = B as u32 + I as u32 + C as u32 + N as u32; }
}
"""


@pytest.mark.parametrize(
    ("given", "values"), [("false, -3, 'y', 4", (0, -3, 121, 4)), ("true, 3, 'x', LIMIT", (1, 3, 120, 9))]
)
def test_constants_of_an_instance_have_the_types_of_their_parameters(given: str, values: tuple[int, ...]) -> None:
    host = f"fn main() {{ let m = unknown_module(); m.k::<{given}>(&stream, config, &mut buffer); }}"
    for text, name in ((CONSTANTS, f"k<{given}>"), (CONSTANTS + host, "k")):
        session = CompileSession("/k.rs", {"/k.rs": text.encode()})
        assert tuple(int(a.value) for a in session.instance(name).args) == values
