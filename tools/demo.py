"""``make demo``: the main job, end to end, through the language server as an editor drives it.

Starts ``oxide-lsp``, opens ``examples/saxpy.rs``, breaks it, shows the diagnostics, mends it, prints the PTX of a
hover, and runs and benchmarks the kernel with the commands behind the lenses: on the GPU if there is one, else on the
CPU emulator.

Example: ``python -m tools.demo``; exit status 0 when every step did what it should.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from bench.lsp_client import LspClient

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "saxpy.rs"
RIGHT, WRONG = "*y = a * x[i] + *y;", "*y = a * x + *y;"
PTX_LINES = 24


def title(text: str) -> None:
    print(f"\n=== {text} " + "=" * max(0, 76 - len(text)), flush=True)


class Editor:
    """One open document."""

    def __init__(self, client: LspClient, path: Path) -> None:
        self.client = client
        self.uri = path.as_uri()
        self.text = path.read_text(encoding="utf-8")
        self.version = 1
        document = {"uri": self.uri, "languageId": "rust", "version": 1, "text": self.text}
        client.notify("textDocument/didOpen", {"textDocument": document})

    def position_of(self, needle: str) -> dict[str, int]:
        before = self.text[: self.text.index(needle)]
        return {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}

    def replace(self, old: str, new: str) -> list[dict[str, Any]]:
        """Edit, and wait for the diagnostics of the new text."""
        start = self.position_of(old)
        end = {"line": start["line"], "character": start["character"] + len(old)}
        self.text = self.text.replace(old, new, 1)
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        change = {"range": {"start": start, "end": end}, "text": new}
        self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        return self.diagnostics()

    def diagnostics(self) -> list[dict[str, Any]]:
        return self.client.wait_diagnostics(self.uri, self.version)

    def hover(self, needle: str) -> str:
        position = {"textDocument": {"uri": self.uri}, "position": self.position_of(needle)}
        found = self.client.request("textDocument/hover", position)
        return str(found["contents"]["value"]) if found else ""

    def command(self, name: str, *arguments: Any) -> Any:
        params = {"command": name, "arguments": [self.uri, *arguments]}
        return self.client.request("workspace/executeCommand", params, timeout_s=180)


def show(found: list[dict[str, Any]]) -> None:
    for d in found:
        start = d["range"]["start"]
        data = d.get("data") or {}
        rendered = data.get("rendered") if isinstance(data, dict) else None
        print(rendered or f"{d.get('code')}: {d['message']} at {start['line'] + 1}:{start['character'] + 1}")


def show_result(result: Any) -> bool:
    if not isinstance(result, dict):
        print(result)
        return result is not None
    print(result.get("summary", ""))
    if result.get("detail"):
        print(result["detail"])
    return not result.get("error")


def main() -> int:
    """Run the demonstration."""
    began = time.perf_counter()
    with LspClient() as client:
        client.initialize(EXAMPLE.parent.as_uri())
        editor = Editor(client, EXAMPLE)
        title(f"open {EXAMPLE.name}")
        first = editor.diagnostics()
        print(f"{len(first)} diagnostics, {time.perf_counter() - began:.2f} s after the start of the server")
        title("an edit that breaks it: an index forgotten")
        edited = time.perf_counter()
        broken = editor.replace(RIGHT, WRONG)
        print(f"{(time.perf_counter() - edited) * 1e3:.0f} ms after the edit:\n")
        show(broken)
        title("mended; hover on the kernel's name")
        mended = editor.replace(WRONG, RIGHT)
        ptx = editor.hover("saxpy(a")
        while "pending" in ptx and time.perf_counter() - began < 60:  # the worker compiles while its author reads
            time.sleep(0.2)
            ptx = editor.hover("saxpy(a")
        lines = ptx[max(0, ptx.find("**PTX")) :].splitlines()
        print(
            "\n".join(lines[:PTX_LINES])
            + (f"\n... {len(lines) - PTX_LINES} more lines" if len(lines) > PTX_LINES else "")
        )
        title("the Run lens")
        ran = show_result(editor.command("oxide.runKernel", "saxpy"))
        title("the Benchmark lens")
        timed = show_result(editor.command("oxide.benchKernel", "saxpy"))
    worked = not first and bool(broken) and not mended and ".entry saxpy" in ptx and ran and timed
    title("done" if worked else "something did not work")
    return 0 if worked else 1


if __name__ == "__main__":
    sys.exit(main())
