"""The ``oxide`` command: exit status, formats, messages."""

from __future__ import annotations

import json

import pytest

from compiler import cli

GOOD = """use cuda_device::{kernel, thread, DisjointSlice};
#[kernel]
pub fn scale(a: f32, x: &[f32], mut y: DisjointSlice<f32>) {
    let index = thread::index_1d();
    let i = index.get();
    if let Some(slot) = y.get_mut(index) { *slot = a * x[i]; }
}
"""


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.rs"
    path.write_text(GOOD)
    return str(path)


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.rs"
    path.write_text(GOOD.replace("a * x[i]", "true"))
    return str(path)


def test_check_of_a_clean_file(good, capsys):
    assert cli.main(["check", good]) == 0
    assert capsys.readouterr().out == "no errors in 1 kernel\n"


def test_check_reports_and_fails(bad, capsys):
    assert cli.main(["check", bad]) == 1
    out = capsys.readouterr().out
    assert "error[E0308]: mismatched types" in out and f"--> {bad}:6:" in out and "1 error emitted" in out


def test_check_as_json(bad, capsys):
    assert cli.main(["check", bad, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"diagnostics", "kernels"}
    (d,) = report["diagnostics"]
    assert (d["file"], d["line"], d["severity"], d["code"]) == (bad, 6, "error", "E0308")
    assert {"column", "end_line", "end_column", "message", "related"} <= set(d)
    assert report["kernels"][0]["name"] == "scale" and report["kernels"][0]["line"] == 3


def test_check_as_sarif(bad, capsys):
    assert cli.main(["check", bad, "--format", "sarif"]) == 1
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["ruleId"] == "E0308"


def test_files_without_kernels_are_left_alone(tmp_path, capsys):
    path = tmp_path / "host.rs"
    path.write_text("fn main() { let x: u32 = true; }")
    assert cli.main(["check", str(path)]) == 0
    assert cli.main(["check", "--all", str(path)]) == 1


@pytest.mark.parametrize("stage", ["ast", "hir", "mir", "dialect-mir", "dialect-llvm", "llvm", "llvm-opt", "ptx"])
def test_emit(good, stage, capsys):
    assert cli.main(["emit", good, "--stage", stage, "--target", "sm_90"]) == 0
    out = capsys.readouterr().out
    assert "scale" in out
    if stage == "ptx":
        assert ".entry scale(" in out and ".target sm_90" in out


def test_emit_to_a_file(good, tmp_path):
    target = tmp_path / "k.ptx"
    assert cli.main(["emit", good, "-o", str(target), "--target", "sm_80"]) == 0
    assert ".target sm_80" in target.read_text()


def test_emit_of_a_broken_kernel_shows_the_errors(bad, capsys):
    assert cli.main(["emit", bad]) == 1
    assert "error[E0308]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["emit", "no-such-file.rs"], ["check", "no-such-file.rs"], ["explain", "E9999"]],
)
def test_misuse_is_status_2_and_one_line(arguments, capsys):
    assert cli.main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_unknown_kernel_and_unknown_target(good, capsys):
    assert cli.main(["emit", good, "--kernel", "nope"]) == 2
    assert "it has: scale" in capsys.readouterr().err
    assert cli.main(["emit", good, "--target", "sm_12"]) == 2
    assert "unknown target 'sm_12'" in capsys.readouterr().err


def test_unknown_options_exit_with_2(good):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["check", good, "--nonsense"])
    assert exit_.value.code == 2


def test_run_on_the_emulator(good, capsys):
    assert cli.main(["run", good, "--device", "cpu", "-n", "1000", "--seed", "3", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["device"] == "cpu" and result["grid"] == [4, 1, 1] and result["block"] == [256, 1, 1]
    assert result["outputs"][0]["name"] == "y"


def test_run_of_a_bad_geometry_says_so(good, capsys):
    assert cli.main(["run", good, "--device", "cpu", "--block", "2048"]) == 1
    assert "at most 1024 threads" in capsys.readouterr().out


def test_bench_on_the_emulator(good, capsys):
    assert cli.main(["bench", good, "--device", "cpu", "-n", "256"]) == 0
    out = capsys.readouterr().out
    assert "median" in out and "say nothing about the GPU" in out


def test_explain_and_doctor(capsys):
    assert cli.main(["explain", "e0308"]) == 0
    assert capsys.readouterr().out.startswith("# E0308: mismatched types")
    assert cli.main(["doctor"]) == 0
    assert "llvmlite" in capsys.readouterr().out


def test_opt_runs_passes(good, tmp_path, capsys):
    module = tmp_path / "m.mlir"
    assert cli.main(["emit", good, "--stage", "dialect-mir", "-o", str(module)]) == 0
    assert cli.main(["opt", str(module), "-p", "mem2reg,cleanup"]) == 0
    assert "mir.func" in capsys.readouterr().out
    assert cli.main(["opt", str(module), "-p", "nonsense"]) == 1


def test_an_instance_of_a_generic_kernel(tmp_path, capsys):
    path = tmp_path / "generic.rs"
    path.write_text(
        GOOD.replace("scale(a: f32,", "scale<T: Copy>(a: T,").replace("f32", "T").replace("a * x[i]", "x[i]")
    )
    assert cli.main(["emit", str(path), "--instance", "f64", "--target", "sm_80"]) == 0
    assert ".entry scale_TID_" in capsys.readouterr().out
