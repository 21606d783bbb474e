"""The command line's grammar: subcommands and options of ``oxide``.

Assumes nothing. Guarantees: misuse exits with status 2 and one line that says what is wrong; ``--help`` everywhere.

Example: ``parse_options(["check", "k.rs", "--format", "json"]).format == "json"``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

DEFAULT_N = 1 << 16  # elements of each slice of a generated launch
STAGES = ("ast", "hir", "mir", "dialect-mir", "dialect-llvm", "llvm", "llvm-opt", "ptx", "sass")


def dimensions(text: str) -> tuple[int, ...]:
    """``256``, ``16,16`` or ``16x16x1``."""
    try:
        parts = tuple(int(p) for p in text.replace("x", ",").split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not one to three numbers, like 256 or 16,16") from None
    if not 1 <= len(parts) <= 3:
        raise argparse.ArgumentTypeError(f"'{text}' has {len(parts)} dimensions, one to three exist")
    return parts


def element_count(text: str) -> int:
    """``1000``, ``64k``, ``4M``."""
    scale = {"k": 1 << 10, "m": 1 << 20}.get(text[-1:].lower(), 1)
    digits = text[:-1] if scale > 1 else text
    if not digits.isdigit() or int(digits) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a positive number of elements")
    return int(digits) * scale


def _kernel_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a Rust file")
    parser.add_argument("--kernel", default="", metavar="K", help="kernel name; name<types> for a generic kernel")
    parser.add_argument("--instance", default="", metavar="TYPES", help="generic arguments of the kernel, like f32,256")
    parser.add_argument(
        "--target", default="", metavar="sm_90", help="GPU architecture (default: this machine's, or sm_80)"
    )
    parser.add_argument("--no-fmad", action="store_true", help="do not fuse multiply and add")
    parser.add_argument("--opt-level", type=int, choices=(0, 1, 2, 3), default=2)
    parser.add_argument("--no-cache", action="store_true", help="compile even if the result is cached")
    parser.add_argument("--unchecked-indexing", action="store_true", help="drop bounds checks of a[i]")


def _launch_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=("gpu", "cpu"), default="", help="default: the GPU if there is one")
    parser.add_argument("-n", type=element_count, default=0, metavar="N", help="elements of each slice; 64k, 4M")
    parser.add_argument("--block", type=dimensions, metavar="X[,Y[,Z]]", help="threads of a block")
    parser.add_argument("--grid", type=dimensions, metavar="X[,Y[,Z]]", help="blocks of the grid")
    parser.add_argument("--seed", type=int, default=0, help="of the generated inputs")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _check(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = sub.add_parser("check", help="report errors and warnings")
    check.add_argument("files", nargs="+", metavar="FILE", help="Rust files, or folders of them")
    check.add_argument("--format", choices=("text", "json", "sarif"), default="text")
    check.add_argument("--all", action="store_true", help="check every function, also in files without kernels")
    for name, what in (("deny", "an error"), ("warn", "a warning"), ("allow", "not reported")):
        text = f"what is {what}: a family (convergence ...), family/undecided, undecided, or a code"
        check.add_argument(f"--{name}", action="append", default=[], metavar="FINDING", help=text)


def _emit(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    emit = sub.add_parser("emit", help="print a stage of the compilation")
    _kernel_options(emit)
    emit.add_argument("--stage", choices=STAGES, default="ptx")
    emit.add_argument("-o", "--output", metavar="OUT", help="write to a file")


def _opt(sub: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    opt = sub.add_parser("opt", help="run passes over a module in textual form")
    opt.add_argument("file", nargs="?", default="-", metavar="FILE", help="- is standard input")
    opt.add_argument("-p", "--passes", default="", metavar="pass,pass", help="in order")
    opt.add_argument("--no-verify", action="store_true", help="do not verify between passes")
    opt.add_argument("-o", "--output", metavar="OUT")


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    root = argparse.ArgumentParser(prog="oxide", description="GPU kernels in Rust: check, compile, run, benchmark")
    root.add_argument("--version", action="store_true", help="print the version")
    root.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    sub = root.add_subparsers(dest="command", metavar="COMMAND")
    _check(sub)
    _emit(sub)
    for name, text in (("run", "run a kernel on generated inputs"), ("bench", "time a kernel on generated inputs")):
        command = sub.add_parser(name, help=text)
        _kernel_options(command)
        _launch_options(command)
        if name == "run":
            command.add_argument(
                "--check",
                default="",
                metavar="races,init,bounds,convergence",
                help="run on the emulator under many schedules and report what it sees (or: all)",
            )
    doctor = sub.add_parser("doctor", help="what this machine can do, and what to install")
    doctor.add_argument("--format", choices=("text", "json"), default="text")
    explain = sub.add_parser("explain", help="explain an error code")
    explain.add_argument("code", nargs="?", metavar="CODE", help="E0382, K0903 ...; none lists all")
    _opt(sub)
    sub.add_parser("lsp", help="start the language server on standard input and output")
    return root


def parse_options(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse, or exit with status 2."""
    return parser().parse_args(argv)
