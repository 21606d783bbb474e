"""The packaged extension in the real VS Code: its extension host, and its workbench in a browser."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from editor_source import BROKEN_LINE, ROOT

pytestmark = pytest.mark.editors

HERE = pathlib.Path(__file__).parent / "vscode"
EXTENSION = ROOT / "vscode-extension"
EDITORS = pathlib.Path(os.environ.get("OXIDE_EDITORS", "/nonexistent"))
NODE = EDITORS / "node24/bin/node"
SERVER = EDITORS / "vscode/node_modules/code-server/lib/vscode/out/server-main.js"
PLAYWRIGHT = EDITORS / "ui/node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SETTINGS = {
    "workbench.startupEditor": "none",
    "chat.disableAIFeatures": True,
    "security.workspace.trust.enabled": False,
    "editor.inlayHints.enabled": "on",
    "editor.codeLens": True,
    "editor.minimap.enabled": False,
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "telemetry.telemetryLevel": "off",
}


def missing() -> str:
    """What is not installed, or ""."""
    needed = {"node": NODE, "VS Code server": SERVER, "playwright-core": PLAYWRIGHT / "playwright-core"}
    absent = [name for name, path in needed.items() if not path.exists()]
    absent += [] if CHROMIUM else ["chromium"]
    absent += [] if list(EXTENSION.glob("*.vsix")) else ["the packaged extension (npm run package)"]
    return ", ".join(absent)


needs_vscode = pytest.mark.skipif(bool(missing()), reason=f"not installed, see tests/editors/README.md: {missing()}")


class VsCode:
    """One VS Code server with the packaged extension installed."""

    def __init__(self, work: pathlib.Path, folder: pathlib.Path, launcher: pathlib.Path, *flags: str) -> None:
        self.folder = folder
        user = work / "user" / "User"
        user.mkdir(parents=True)
        (work / "home").mkdir()
        (user / "settings.json").write_text(json.dumps(SETTINGS))
        for machine in (work / "user" / "Machine", work / "data" / "Machine"):  # settings of scope machine live there
            machine.mkdir(parents=True)
            (machine / "settings.json").write_text(json.dumps({"oxide.server.path": str(launcher)}))
        vsix = max(EXTENSION.glob("*.vsix"), key=lambda path: path.stat().st_mtime)
        common = ["--user-data-dir", str(work / "user"), "--extensions-dir", str(work / "ext")]
        common.append("--accept-server-license-terms")
        install = [str(NODE), str(SERVER), *common, "--install-extension", str(vsix), "--force"]
        subprocess.run(install, check=True, capture_output=True, timeout=120)
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.env = {**os.environ, "HOME": str(work / "home"), "OXIDE_TEST_ROOT": str(ROOT)}
        serve = [
            str(NODE),
            str(SERVER),
            *common,
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--telemetry-level",
            "off",
        ]
        serve += ["--without-connection-token", "--server-data-dir", str(work / "data"), *flags]
        self.log = (work / "server.log").open("wb")
        host = {
            "TEST_FILE": str(folder / "k.rs"),
            "TEST_RESULT": str(work / "result.json"),
            "TEST_BROKEN_LINE": BROKEN_LINE,
        }
        self.process = subprocess.Popen(serve, env={**self.env, **host}, stdout=self.log, stderr=self.log)
        self.result = work / "result.json"
        _wait_for(self.url + "/version")

    def node(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "NODE_PATH": str(PLAYWRIGHT), "CHROMIUM": str(CHROMIUM)}
        command = [str(NODE), str(HERE / script), *arguments]
        return subprocess.run(command, check=False, env=env, capture_output=True, text=True, timeout=200)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")


@pytest.fixture
def launcher(tmp_path: pathlib.Path, server_command: list[str]) -> pathlib.Path:
    """A command that starts the server from this checkout."""
    script = tmp_path / "oxide-lsp"
    words = " ".join(f"'{word}'" for word in server_command)
    script.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec {words} \"$@\"\n")
    script.chmod(0o755)
    return script


@pytest.fixture
def start(tmp_path: pathlib.Path, crate: pathlib.Path, launcher: pathlib.Path) -> Iterator[object]:
    started: list[VsCode] = []

    def make(*flags: str) -> VsCode:
        started.append(VsCode(tmp_path / "vscode", crate, launcher, *flags))
        return started[-1]

    yield make
    for server in started:
        server.close()


@needs_vscode
def test_the_extension_host_shows_what_the_server_says(start):
    # without the flag this VS Code ignores the page's test payload
    vscode = start("--enable-smoke-test-driver")
    extension = next((vscode.result.parent / "ext").glob("oxide.oxide-kernels-*"))
    done = vscode.node("open_host.js", vscode.url, str(vscode.folder), str(extension), str(HERE / "host_tests.js"))
    assert vscode.result.exists(), done.stdout + done.stderr
    out = json.loads(vscode.result.read_text())
    assert out.get("ok"), json.dumps(out, indent=1)
    column = len(BROKEN_LINE[: BROKEN_LINE.index("true")].encode("utf-16-le")) // 2
    assert out["diagnostics"] == [[5, column, "E0308", "oxide"]]
    assert ".entry saxpy" in out["hover"]
    assert "saxpy" in out["symbols"] and out["tokens"] > 0
    assert out["before"] == "▶ Run" and out["run"]["state"] == "done" and out["after"].startswith("▶ Run · ")
    assert out["view"]["language"] == "ptx" and ".entry saxpy" in out["view"]["text"]
    assert out["stale"].endswith("· stale")


@needs_vscode
def test_what_a_person_sees(start, tmp_path):
    vscode = start()
    shot = pathlib.Path(os.environ.get("OXIDE_SCREENSHOT", tmp_path / "editor.png"))
    done = vscode.node("ui_tests.js", f"{vscode.url}/?folder={vscode.folder}", str(shot))
    out = json.loads(done.stdout.strip().splitlines()[-1])
    assert out.get("ok"), json.dumps(out, indent=1) + done.stderr
    assert out["lenses"] == ["▶ Run", "◔ Benchmark"]
    assert out["result"].startswith("▶ Run · ") and "✗" not in out["result"]
    assert ".entry" in out["hover"]
    assert any("mismatched types" in row for row in out["problems"])
    assert out["stale"].endswith("stale")
    assert "of line 9" in out["lineHover"]
    assert any("Oxide" in row for row in out["palette"])
