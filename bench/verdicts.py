"""``python -m bench.verdicts``: the recorded codes of ``tests/spec/programs`` against the rustc that is installed.

What it is: each program is compiled by ``rustc --error-format=json``, and its error codes on the line of the mistake
are compared with those in the file. Assumes rustc on PATH. Guarantees: exit status 1 if a record is not rustc's.

Example: ``python -m bench.verdicts types``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parents[1] / "tests" / "spec" / "programs"


def rustc_codes(source: str, line: int, folder: Path) -> list[str]:
    """Codes of the errors that rustc reports on a line (1-based), each once."""
    file = folder / "program.rs"
    file.write_text(source)
    command = ["rustc", "--edition", "2024", "--crate-type", "lib", "--error-format=json", "-o", "/dev/null", str(file)]
    output = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder).stderr
    found: set[str] = set()
    for message in map(json.loads, filter(lambda text: text.startswith("{"), output.splitlines())):
        if message["level"] == "error" and any(s["is_primary"] and s["line_start"] == line for s in message["spans"]):
            found.add(message["code"]["code"] if message["code"] else "")
    return sorted(found)


def main(argv: list[str]) -> int:
    """Print what differs and how many agree."""
    n_programs = n_agree = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(PROGRAMS.glob("*.txt")):
            if argv and path.stem not in argv:
                continue
            head, _, programs = path.read_text("utf-8").partition("\n---\n")
            for entry in programs.splitlines():
                codes, _, program = entry.partition("\t")
                recorded = [code for code in codes.split(",") if code]
                found = rustc_codes(f"{head}\n{program}\n", head.count("\n") + 2, Path(folder))
                n_programs += 1
                n_agree += found == recorded
                if found != recorded:
                    print(f"{path.stem}: recorded {codes}, rustc {','.join(found)}: {program}")
    print(f"{n_programs} programs, {n_agree} recorded as rustc has them")
    return int(n_agree != n_programs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
