"""``oxide run --check``: findings as text and JSON, exit status, what it says of a clean kernel and of a bad request."""

from __future__ import annotations

import json
from pathlib import Path

from compiler.cli import main

FILE = str(Path(__file__).parent / "observed" / "shared.rs")


def run(capsys, *words):
    status = main(["run", FILE, *words])
    return status, capsys.readouterr()


def test_a_race_is_shown_at_both_lines(capsys):
    launch = ("--kernel", "neighbour_unordered", "-n", "128", "--block", "64")
    status, printed = run(capsys, *launch, "--check", "races")
    assert status == 1
    assert "error[K0801]: thread (0, 0, 0) of block (0, 0, 0) reads and thread (1, 0, 0)" in printed.out
    assert "element 1 of `TILE`" in printed.out
    assert "missing: a barrier of the block" in printed.out
    assert "schedule: in-order" in printed.out


def test_json_has_threads_lines_and_the_launch(capsys):
    launch = ("--kernel", "neighbour_unordered", "-n", "128", "--block", "64", "--format", "json")
    status, printed = run(capsys, *launch, "--check", "races,init")
    result = json.loads(printed.out)
    assert status == 1
    assert sorted(f["code"] for f in result["findings"]) == ["K0801", "K0802"]
    race = next(f for f in result["findings"] if f["check"] == "races")
    assert race["other_line"] + 1 == race["line"]
    assert race["thread"] != race["other_thread"]
    assert race["launch_block"] == [64, 1, 1]


def test_a_clean_kernel_says_for_which_schedules(capsys):
    status, printed = run(capsys, "--kernel", "neighbour", "-n", "128", "--block", "64", "--check", "races,init")
    assert status == 0
    assert "0 findings (all schedules of these launches)" in printed.out


def test_an_unknown_check_is_misuse(capsys):
    status, printed = run(capsys, "--kernel", "neighbour", "--check", "rices")
    assert status == 2
    assert "no check `rices`" in printed.err


def test_an_access_outside_and_a_barrier_not_met_have_codes_of_their_own(capsys):
    launch = ("-n", "64", "--block", "64", "--format", "json")
    status, printed = run(capsys, "--kernel", "past_the_tile", *launch, "--check", "bounds")
    assert status == 1
    assert {f["code"] for f in json.loads(printed.out)["findings"]} == {"K0803"}
    meeting = FILE.replace("shared.rs", "meeting.rs")
    status = main(["run", meeting, "--kernel", "half_waits", *launch, "--check", "convergence"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert status == 1
    assert {f["code"] for f in found} == {"K0804"}
