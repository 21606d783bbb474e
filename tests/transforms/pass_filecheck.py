"""FileCheck over passes: ``// RUN: pass,pass`` on the first line of a ``.mlir`` file, CHECK lines anywhere."""

from __future__ import annotations

import io
from pathlib import Path

from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import Options
from filecheck.parser import Parser

from compiler.codegen.llvm_text import llvm_text
from compiler.dialects import oxide_context
from compiler.ir import parse_module, print_module, verify
from compiler.transforms.pipeline import PipelineOptions, run_passes


def run_text(text: str, passes: list[str]) -> str:
    """The module after the passes; the pseudo pass ``llvm-text`` prints LLVM IR."""
    module = parse_module(text, oxide_context())
    verify(module)
    names = [name for name in passes if name and name != "llvm-text"]
    module = run_passes(module, names, PipelineOptions(verify_each=True))
    if "llvm-text" in passes:
        return llvm_text(module)
    printed = print_module(module)
    assert print_module(parse_module(printed, oxide_context())) == printed
    return printed


def filecheck(path: Path) -> None:
    """Run the file's passes and match its CHECK lines."""
    source = path.read_text(encoding="utf-8")
    first, _, _ = source.partition("\n")
    passes = first.removeprefix("// RUN:").strip().split(",")
    check(run_text(source, passes), path)


def check(output: str, path: Path) -> None:
    options = Options(match_filename=str(path), input_file="-")
    matcher = Matcher(options, FInput(str(path), output), Parser.from_opts(options))
    errors = io.StringIO()
    matcher.stderr = errors
    assert matcher.run() == 0, f"{errors.getvalue()}\n---- output ----\n{output}"
