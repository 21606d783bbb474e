"""Runs emitted safety cases on a GPU: under compute-sanitizer, and again and again comparing outputs.

What it is: a script of the standard library alone; ``python3 bench/safety_gpu_runner.py FOLDER`` after ``python -m
bench.safety_gpu FOLDER`` made the folder. Assumes: a CUDA driver; ``compute-sanitizer`` on PATH (without it only
outputs are compared). Guarantees: every case runs in a process of its own with a time limit, so that a kernel that
hangs or faults is a row of the table and no more.

Example row: ``tile without barrier   alarm  shared  racecheck 12  synccheck 0  outputs differ``.
"""

from __future__ import annotations

import base64
import ctypes
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

RUNS = 20
LIMIT_S = 60
AT_ONCE = 6


class Driver:
    """The little of the CUDA driver that a launch needs, through ctypes."""

    def __init__(self) -> None:
        self.cuda = ctypes.CDLL("libcuda.so.1")
        self.call("cuInit", 0)
        device, self.context = ctypes.c_int(), ctypes.c_void_p()
        self.call("cuDeviceGet", ctypes.byref(device), 0)
        self.call("cuDevicePrimaryCtxRetain", ctypes.byref(self.context), device)
        self.call("cuCtxSetCurrent", self.context)

    def call(self, name: str, *arguments: Any) -> None:
        status = getattr(self.cuda, name)(*arguments)
        if status != 0:
            text = ctypes.c_char_p()
            self.cuda.cuGetErrorName(status, ctypes.byref(text))
            raise RuntimeError(f"{name}: {(text.value or b'').decode()} ({status})")

    def load(self, ptx: bytes, symbol: str) -> tuple[ctypes.c_void_p, ctypes.c_void_p]:
        module, function = ctypes.c_void_p(), ctypes.c_void_p()
        self.call("cuModuleLoadData", ctypes.byref(module), ptx + b"\0")
        self.call("cuModuleGetFunction", ctypes.byref(function), module, symbol.encode())
        return module, function


def run_case(folder: Path, name: str, runs: int) -> None:
    """Child process: launch ``runs`` times on fresh inputs and print the distinct outputs as hex digests."""
    import hashlib

    case = json.loads((folder / f"{name}.json").read_text())
    driver = Driver()
    digests = []
    for _ in range(runs):
        module, function = driver.load((folder / f"{name}.ptx").read_bytes(), case["symbol"])
        outputs = _launch(driver, function, case)
        digests.append(hashlib.blake2b(b"".join(outputs), digest_size=8).hexdigest())
        driver.call("cuModuleUnload", module)
    print("OUTPUTS " + " ".join(digests), flush=True)


def _launch(driver: Driver, function: ctypes.c_void_p, case: dict[str, Any]) -> list[bytes]:
    values: list[Any] = []
    buffers: list[tuple[ctypes.c_uint64, int, bool]] = []
    for slot in case["slots"]:
        data = base64.b64decode(slot["data"])
        if not slot["buffer"]:
            values.append(ctypes.create_string_buffer(data, max(8, len(data))))
            continue
        address = ctypes.c_uint64()
        driver.call("cuMemAlloc_v2", ctypes.byref(address), ctypes.c_size_t(max(16, len(data))))
        driver.call("cuMemcpyHtoD_v2", address, data, ctypes.c_size_t(len(data)))
        buffers.append((address, len(data), slot["writable"]))
        values.append(address)
    pointers = (ctypes.c_void_p * max(1, len(values)))(*(ctypes.addressof(v) for v in values))
    shape = [*case["grid"], *case["block"], case["shared"]]
    if case["cooperative"]:
        driver.call("cuLaunchCooperativeKernel", function, *shape, None, pointers)
    else:
        driver.call("cuLaunchKernel", function, *shape, None, pointers, None)
    driver.call("cuCtxSynchronize")
    outputs = []
    for address, size, writable in buffers:
        back = ctypes.create_string_buffer(max(1, size))
        driver.call("cuMemcpyDtoH_v2", back, address, ctypes.c_size_t(size))
        driver.call("cuMemFree_v2", address)
        if writable:
            outputs.append(back.raw[:size])
    return outputs


# ---------------------------------------------------------------- parent


def _child(folder: Path, name: str, runs: int, tool: str) -> str:
    """Output of one child, or why there is none."""
    command = [sys.executable, __file__, str(folder), "--case", name, "--runs", str(runs)]
    if tool:
        command = ["compute-sanitizer", "--tool", tool, "--print-limit", "1000", *command]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return "HANGS"
    return done.stdout + done.stderr


def _tool_count(text: str) -> str:
    """How many hazards or errors compute-sanitizer summed up."""
    if "HANGS" in text:
        return "hangs"
    match = re.search(r"RACECHECK SUMMARY: (\d+) hazard|ERROR SUMMARY: (\d+) error", text)
    return next((group for group in match.groups() if group), "?") if match else "?"


def _outputs(text: str, expected: str) -> str:
    match = re.search(r"OUTPUTS ([0-9a-f ]+)", text)
    if match is None:
        return "hangs" if "HANGS" in text else "fails"
    digests = set(match[1].split())
    if len(digests) > 1:
        return "differ"
    return "same" if not expected or digests == {expected} else "unexpected"


def judge_case(folder: Path, case: dict[str, Any], sanitizer: bool) -> dict[str, str]:
    name = case["name"]
    row = {"racecheck": "-", "synccheck": "-"}
    row["outputs"] = _outputs(_child(folder, name, RUNS, ""), case["expected"])
    for tool in ("racecheck", "synccheck") if sanitizer else ():
        row[tool] = _tool_count(_child(folder, name, 1, tool))
    row["agrees"] = _agreement(case, row)
    return row


def _agreement(case: dict[str, Any], row: dict[str, str]) -> str:
    """Whether the GPU's tools say what the analysis said; "-" where none of them can see such a defect."""
    shown = row["racecheck"] not in ("0", "-", "?") or row["synccheck"] not in ("0", "-", "?")
    shown = shown or row["outputs"] in ("differ", "hangs", "fails")
    if case["verdict"] == "alarm":
        return "yes" if shown else "no" if case["space"] in ("shared", "barrier") else "-"
    return "no" if shown or row["outputs"] == "unexpected" else "yes"


def main() -> int:
    folder = Path(sys.argv[1])
    if "--case" in sys.argv:
        run_case(folder, sys.argv[sys.argv.index("--case") + 1], int(sys.argv[sys.argv.index("--runs") + 1]))
        return 0
    cases = json.loads((folder / "cases.json").read_text())
    sanitizer = shutil.which("compute-sanitizer") is not None
    if not sanitizer:
        print("compute-sanitizer is not on PATH: outputs only")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        rows = list(pool.map(lambda case: judge_case(folder, case, sanitizer), cases))
    print(f"{'case':<54}{'verdict':<9}{'space':<10}{'racecheck':>10}{'synccheck':>10}  {'outputs':<11}agrees")
    for case, row in zip(cases, rows, strict=True):
        head = f"{case['title'][:52]:<54}{case['verdict']:<9}{case['space']:<10}"
        print(f"{head}{row['racecheck']:>10}{row['synccheck']:>10}  {row['outputs']:<11}{row['agrees']}")
    for verdict in ("alarm", "proved"):
        own = [row for case, row in zip(cases, rows, strict=True) if case["verdict"] == verdict]
        counts = {word: sum(row["agrees"] == word for row in own) for word in ("yes", "no", "-")}
        words = f"agrees {counts['yes']}, contradicts {counts['no']}, cannot be seen {counts['-']}"
        print(f"{verdict}: {len(own)} cases, {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
