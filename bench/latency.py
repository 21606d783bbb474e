"""Latency of the language server, measured from outside over its pipes.

    python -m bench.latency [--lines 1000 10000] [--edits 40] [--seed 1]

Prints, for generated kernel files of each length: process start to the answer of ``initialize``, start to first
diagnostics and to the complete report (the first may come before races are decided), edit to either (p50 / p95; edits
inside a function body, half of them breaking it), hover, hover with PTX (cold and repeated), edit to the PTX view of
the edited kernel, memory (proportional set size), the same file opened again by a new server, and start to the report
of one that has a type error. The processor time beside a figure is what the server and its processes used: on a busy
machine it says more than the clock. ``--cache FOLDER``: where results are stored, the user's own folder if left out;
a new folder measures a machine on which nothing is stored.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.kernel_source import generate
from bench.lsp_client import LspClient
from oxide_lsp.features.virtual_document import View
from oxide_lsp.from_proto import path_of


def _percentile(samples: list[float], p: float) -> float:
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(p * len(ordered)))]


def _body_lines(text: str) -> list[int]:
    """Lines inside kernels where a statement can be put in."""
    return [i for i, line in enumerate(text.split("\n")) if line.startswith("        let ") and line.endswith(";")]


def _type(client: LspClient, uri: str, version: int, line: int, text: str) -> None:
    """Put a line of text in, or with "" take the line out."""
    start = {"line": line, "character": 0}
    end = start if text else {"line": line + 1, "character": 0}
    change = {"range": {"start": start, "end": end}, "text": text}
    document = {"uri": uri, "version": version}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})


def _edits(client: LspClient, uri: str, text: str, count: int, seed: int) -> tuple[list[float], list[float]]:
    """Type a statement into a random body, then take it out again; milliseconds from each change to its diagnostics,
    and to all of them."""
    rng = random.Random(seed)
    lines, version = _body_lines(text), 1
    samples, complete = list[float](), list[float]()
    for n in range(count):
        at = rng.choice(lines)
        broken = n % 2 == 1
        for new_text in (f"        let probe_{n}: u32 = {'true' if broken else n};\n", ""):
            version += 1
            began = time.perf_counter()
            _type(client, uri, version, at, new_text)
            found = client.wait_diagnostics(uri, version)
            samples.append((time.perf_counter() - began) * 1e3)
            _pull(client, uri)
            complete.append((time.perf_counter() - began) * 1e3)
            errors = [d for d in found if d.get("severity") == 1]
            if bool(errors) != (broken and bool(new_text)):
                raise SystemExit(f"edit {n}: wrong diagnostics {errors}")
    return samples, complete


def _pull(client: LspClient, uri: str) -> None:
    """Ask for everything there is to say of the file, as a client that pulls does."""
    client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})


def _hover(client: LspClient, uri: str, line: int, character: int) -> tuple[float, str]:
    began = time.perf_counter()
    result = client.request(
        "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
    )
    value = result["contents"]["value"] if result else ""
    return (time.perf_counter() - began) * 1e3, value


def _hover_ptx(client: LspClient, uri: str, text: str) -> tuple[float, float, bool]:
    """(first hover that shows PTX, repeated hover, whether PTX was shown) on the last kernel's name."""
    lines = text.split("\n")
    line = max(i for i, content in enumerate(lines) if content.startswith("    pub fn "))
    began = time.perf_counter()
    shown = False
    while not shown and time.perf_counter() - began < 30:
        _, value = _hover(client, uri, line, 12)
        shown = "ld.param" in value or ".entry" in value
        if not shown:
            time.sleep(0.01)
    first = (time.perf_counter() - began) * 1e3
    again, _ = _hover(client, uri, line, 12)
    return first, again, shown


def _opened(what: str, uri: str, text: str, cache: str | None) -> list[dict[str, Any]]:
    """Print how long a new server takes to report on a file; the report."""
    with LspClient(cache=cache) as client:
        client.initialize(uri.rpartition("/")[0])
        document = {"uri": uri, "languageId": "rust", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        found = client.wait_diagnostics(uri, 1, 300.0)
        took_ms = (time.perf_counter() - client.started) * 1e3
        print(f"  {what:34}{took_ms:8.0f} ms   ({client.cpu_seconds():.2f} s)")
    return found


def _edits_to_ptx(client: LspClient, uri: str, text: str, version: int, count: int, seed: int) -> list[float]:
    """Type a statement into a random kernel and ask for that kernel's PTX: milliseconds from the change to the text."""
    rng = random.Random(seed)
    lines = text.split("\n")
    samples = list[float]()
    for n in range(count):
        at = rng.choice(_body_lines(text))
        head = next(line for line in reversed(lines[:at]) if line.startswith("    pub fn "))
        kernel = head.removeprefix("    pub fn ").partition("(")[0]
        began = time.perf_counter()
        _type(client, uri, version + 2 * n, at, f"        let shown_{n}: u32 = {n};\n")
        made = client.request("oxide/content", {"uri": View(path_of(uri), kernel, "ptx").uri})["text"]
        samples.append((time.perf_counter() - began) * 1e3)
        if f".entry {kernel}" not in made or "below: the code as it was" in made:
            raise SystemExit(f"no PTX of `{kernel}` after edit {n}: {made[:300]}")
        _type(client, uri, version + 2 * n + 1, at, "")
    return samples


def _mistaken(text: str, seed: int) -> str:
    """With one type error."""
    lines = text.split("\n")
    lines.insert(random.Random(seed).choice(_body_lines(text)), "        let probe: u32 = true;")
    return "\n".join(lines)


def measure(n_lines: int, edits: int, seed: int, cache: str | None) -> None:
    """One file length in a fresh server process."""
    text = generate(n_lines, seed)
    with tempfile.TemporaryDirectory() as folder, LspClient(cache=cache) as client:
        path = Path(folder) / "kernels.rs"
        path.write_text(text, "utf-8")
        uri = path.as_uri()
        client.initialize(Path(folder).as_uri())
        start_ms = (time.perf_counter() - client.started) * 1e3
        document = {"uri": uri, "languageId": "rust", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        errors = [d for d in client.wait_diagnostics(uri, 1, 300.0) if d.get("severity") == 1]
        first_ms = (time.perf_counter() - client.started) * 1e3
        first_cpu = client.cpu_seconds()
        _pull(client, uri)
        complete_ms = (time.perf_counter() - client.started) * 1e3
        complete_cpu = client.cpu_seconds()
        if errors:
            raise SystemExit(f"the generated file has errors: {errors[:3]}")
        samples, complete = _edits(client, uri, text, edits, seed)
        edit_cpu = (client.cpu_seconds() - complete_cpu) / max(1, len(samples)) * 1e3
        ptx_ms, again_ms, shown = _hover_ptx(client, uri, text)
        to_ptx = _edits_to_ptx(client, uri, text, 2 * edits + 2, edits, seed)
        print(f"{text.count(chr(10))} lines, {text.count('#[kernel]')} kernels")
        print(f"  process start to initialized      {start_ms:8.0f} ms")
        print(f"  process start to first diagnostics{first_ms:8.0f} ms   ({first_cpu:.2f} s)")
        print(f"  process start to complete report  {complete_ms:8.0f} ms   ({complete_cpu:.2f} s)")
        for what, of in (("diagnostics", samples), ("complete   ", complete)):
            print(
                f"  edit to {what} p50 / p95     {statistics.median(of):8.1f} / "
                f"{_percentile(of, 0.95):.1f} ms   ({edit_cpu:.0f} ms of processor time an edit)"
            )
        print(
            f"  hover PTX, cold / repeated        {ptx_ms:8.0f} / {again_ms:.1f} ms"
            + ("" if shown else "  (no PTX shown)")
        )
        print(
            f"  edit to its kernel's PTX p50 / p95{statistics.median(to_ptx):8.1f} / {_percentile(to_ptx, 0.95):.1f} ms"
        )
        memory = {name: size >> 20 for name, size in client.resident_bytes().items()}
        print(f"  memory                            {sum(memory.values()):8} MB   {memory}")
        client.process.kill()
        _opened("the same file opened again", uri, text, cache)
        mistake = (Path(folder) / "mistake.rs").as_uri()
        found = _opened("process start to a mistake shown", mistake, _mistaken(text, seed), cache)
        if [d.get("code") for d in found] != ["E0308"]:
            raise SystemExit(f"a mistake is not reported: {found[:3]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache")
    args = parser.parse_args()
    for n_lines in args.lines:
        measure(n_lines, args.edits, args.seed, args.cache)


if __name__ == "__main__":
    main()
