"""The house rules of design.md, section 5, as tests over the source text."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FUNCTION_LIMIT, FILE_LIMIT = 80, 900
FUNCTION_BUDGET, FILE_BUDGET = 40, 500
TABLES = re.compile(r"(_table|_tables|tables|catalog|catalogue)\.py$")
FORBIDDEN_NAMES = re.compile(r"(Manager|Helper|Util|Utils|Data|(?<!Debug)Info)$")  # "debug info" is LLVM's name
OWNERS = {
    "tree_sitter": ("compiler/syntax/",),
    "tree_sitter_rust": ("compiler/syntax/",),
    "llvmlite": ("compiler/codegen/llvm_machine.py", "compiler/emulator/jit"),
    "cuda": ("compiler/runtime/",),
    "pygls": ("oxide_lsp/",),
    "lsprotocol": ("oxide_lsp/",),
}
VERBS = re.compile(r"^_?(compute|get|calculate|make|build|do|run|find|create|generate|process)_")


@cache
def sources() -> dict[str, tuple[str, ast.Module]]:
    found = {}
    for package in ("compiler", "oxide_lsp"):
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found[str(path.relative_to(ROOT))] = (text, ast.parse(text))
    return found


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_every_module_says_what_it_is():
    missing = [p for p, (_, tree) in sources().items() if not ast.get_docstring(tree)]
    assert not missing


def test_files_are_small_enough_to_read():
    lengths = {p: text.count("\n") for p, (text, _) in sources().items() if not TABLES.search(p)}
    assert not {p: n for p, n in lengths.items() if n > FILE_LIMIT}
    assert sum(n > FILE_BUDGET for n in lengths.values()) <= len(lengths) // 12


def test_functions_are_small_enough_to_read():
    lengths = {
        f"{p}:{f.lineno} {f.name}": length(f)
        for p, (_, tree) in sources().items()
        if not TABLES.search(p)
        for f in functions(tree)
    }
    assert not {p: n for p, n in lengths.items() if n > FUNCTION_LIMIT}
    assert sum(n > FUNCTION_BUDGET for n in lengths.values()) <= len(lengths) // 20


def test_names_are_the_fields_own():
    bad = [
        f"{p}: {n.name}"
        for p, (_, t) in sources().items()
        for n in ast.walk(t)
        if isinstance(n, ast.ClassDef) and FORBIDDEN_NAMES.search(n.name)
    ]
    assert not bad


def test_each_foreign_library_has_one_owner():
    bad = []
    for path, (_, tree) in sources().items():
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                allowed = OWNERS.get(name.split(".")[0])
                if allowed and not path.startswith(allowed):
                    bad.append(f"{path} imports {name}")
    assert not bad


def test_queries_are_named_by_their_result():
    bad = []
    for path, (_, tree) in sources().items():
        for function in functions(tree):
            marks = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
            if any(isinstance(d, ast.Name) and d.id == "query" for d in marks) and VERBS.match(function.name):
                bad.append(f"{path}: {function.name}")
    assert not bad


@pytest.mark.parametrize("pattern", [r"NotImplementedError", r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b"])
def test_nothing_is_left_to_do(pattern):
    assert not [p for p, (text, _) in sources().items() if re.search(pattern, text)]


def test_no_machine_paths_or_registry_hosts():
    pattern = re.compile(r"/work/|/home/\w|/root/|/Users/|pypi\.org|crates\.io|registry\.npmjs|files\.pythonhosted")
    files = [p for s in ("*.py", "*.md", "*.toml", "*.rs", "*.ts", "*.lua", "Makefile") for p in ROOT.rglob(s)]
    skipped = {"node_modules", ".venv", "out", "build", "tests"}
    bad = [
        str(p)
        for p in files
        if skipped.isdisjoint(p.relative_to(ROOT).parts) and pattern.search(p.read_text(encoding="utf-8"))
    ]
    assert not bad
