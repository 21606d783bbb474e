"""The ``oxide`` command.

Exit status: 0 clean, 1 errors in the checked code (or a kernel that failed), 2 misuse (unknown option, no such file
or kernel).

Assumes: standard output may be a pipe. Guarantees: JSON and SARIF go to standard output alone; progress goes to
standard error and only to a terminal; no traceback for the user's mistakes.

Example: ``oxide check kernel.rs --format json``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler.options import DEFAULT_N, parse_options

if TYPE_CHECKING:
    from compiler.diagnostics.families import SeverityRules
    from compiler.diagnostics.model import Diagnostic
    from compiler.driver import CompileSession
    from compiler.semantics.api import KernelSummary
    from compiler.semantics.host import AnalysisHost
    from compiler.trial import TrialResult

OK, FAILED, MISUSE = 0, 1, 2


class Misuse(Exception):
    """What was asked for makes no sense; the message is one line."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    options = parse_options(argv)
    if options.version:
        print(f"oxide {version()}")
        return OK
    command = COMMANDS.get(options.command)
    if command is None:
        parse_options(["--help"])
        return MISUSE
    try:
        return command(options)
    except Misuse as error:
        print(f"oxide: {error}", file=sys.stderr)
        return MISUSE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("oxide: interrupted", file=sys.stderr)
        return 130


def version() -> str:
    """The installed version."""
    from importlib import metadata

    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version("oxide-kernels")
    return "0.1.0"


def _colour(options: argparse.Namespace, stream: Any) -> bool:
    if options.color != "auto":
        return bool(options.color == "always")
    return bool(stream.isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


@contextlib.contextmanager
def progress(text: str) -> Iterator[None]:
    """A line on a terminal while something takes long."""
    shown = sys.stderr.isatty()
    if shown:
        print(f"\r\x1b[2K{text} ...", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)


# ---------------------------------------------------------------- check


def _rust_files(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += [p.as_posix() for p in sorted(path.rglob("*.rs")) if "target" not in p.parts]
        elif path.is_file():
            found.append(name)
        else:
            raise Misuse(f"no such file: {name}")
    return found


def _checked(host: AnalysisHost, file: str, check_all: bool) -> tuple[list[Diagnostic], list[KernelSummary]]:
    analysis = host.analysis()
    if not check_all and not analysis.has_kernels(file):
        return [], []
    return list(analysis.diagnostics(file).diagnostics), list(analysis.kernels(file))


def _severity_rules(options: argparse.Namespace) -> SeverityRules:
    from compiler.diagnostics.families import SeverityRules

    try:
        return SeverityRules.parse(options.deny, options.warn, options.allow)
    except ValueError as error:
        raise Misuse(str(error)) from None


def _replayed(host: AnalysisHost, file: str, found: list[Diagnostic]) -> list[Diagnostic]:
    """Races count as certain once the emulator has seen them."""
    from compiler.replayed import is_replayable

    if not any(map(is_replayable, found)):
        return found
    from compiler.driver import CompileError, CompileSession
    from compiler.replay import replayed_races
    from compiler.replayed import key_of, settle

    try:
        results = replayed_races(CompileSession(file, {file: host.text(file)}))
    except CompileError:
        results = {}
    return [settle(d, results.get(key_of(d))) for d in found]


def check(options: argparse.Namespace) -> int:
    """``oxide check``."""
    from compiler.diagnostics.families import UNDOCUMENTED_UNSAFE
    from compiler.diagnostics.render_json import report_json, report_sarif
    from compiler.semantics.checks import has_errors
    from compiler.semantics.host import AnalysisHost

    host = AnalysisHost(options.all)
    rules = _severity_rules(options)
    found: list[Diagnostic] = []
    kernels: list[KernelSummary] = []
    shown_as: dict[str, str] = {}
    for name in _rust_files(options.files):
        file = Path(name).absolute().as_posix()
        shown_as[file] = name
        with progress(f"checking {name}"):
            diagnostics, summaries = _checked(host, file, options.all)
            if summaries and UNDOCUMENTED_UNSAFE in rules.exact:
                diagnostics += host.analysis().undocumented_unsafe(file)
            diagnostics = _replayed(host, file, diagnostics)
        found += rules.apply(diagnostics)
        kernels += summaries
    renamed = [_renamed(d, shown_as) for d in found]

    def source(name: str) -> bytes:
        return host.text(Path(name).absolute().as_posix())

    if options.format == "json":
        listed = [_kernel_json(host, k, shown_as) for k in kernels]
        print(json.dumps(report_json(renamed, listed, source), indent=1))
    elif options.format == "sarif":
        print(json.dumps(report_sarif(renamed, source, version()), indent=1))
    else:
        _print_diagnostics(renamed, source, _colour(options, sys.stdout), len(kernels))
    return FAILED if has_errors(found) else OK


def _kernel_json(host: AnalysisHost, k: KernelSummary, shown_as: dict[str, str]) -> dict[str, Any]:
    """A kernel with its safety tier, why it is in it, and how far its `unsafe` blocks keep what they promise."""
    out: dict[str, Any] = {"name": k.name, "file": shown_as.get(k.file, k.file), "line": k.line, "tier": k.tier}
    safety = host.analysis().safety(k.file, k.name)
    if safety is not None:

        def line(file: str, offset: int) -> int:
            return host.text(file).count(b"\n", 0, offset) + 1

        out["tier"] = safety.tier
        out["reasons"] = [
            {"tier": x.tier, "text": x.text, "file": shown_as.get(x.file, x.file), "line": line(x.file, x.span.start)}
            for x in safety.reasons
        ]
        out["unsafe"] = [
            {
                "file": shown_as.get(b.file, b.file),
                "line": line(b.file, b.span.start),
                "status": b.status,
                "obligations": list(b.obligations),
                "documented": b.documented,
            }
            for b in safety.unsafe_blocks
        ]
    return out


def _renamed(d: Diagnostic, names: dict[str, str]) -> Diagnostic:
    """File names as the user gave them."""
    from dataclasses import replace

    def label(x: Any) -> Any:
        return replace(x, file=names.get(x.file, x.file)) if x.file is not None else x

    return replace(
        d,
        primary=label(d.primary),
        secondary=tuple(label(x) for x in d.secondary),
        children=tuple(replace(c, labels=tuple(label(x) for x in c.labels)) for c in d.children),
        suggestions=tuple(replace(s, edits=tuple(label(e) for e in s.edits)) for s in d.suggestions),
    )


def _print_diagnostics(
    found: list[Diagnostic], source: Callable[[str], bytes], colour: bool, n_kernels: int, clean: str | None = None
) -> None:
    from compiler.diagnostics.model import Severity
    from compiler.diagnostics.render_text import TextRenderer

    renderer = TextRenderer(source, colour)
    for diagnostic in found:
        print(renderer.render(diagnostic))
    n_errors = sum(d.severity is Severity.ERROR for d in found)
    n_warnings = sum(d.severity is Severity.WARNING for d in found)
    if n_errors or n_warnings:
        codes = sorted({d.code for d in found if d.code[:1] in "EK" and d.code[1:].isdigit()})
        counts = [f"{n} {what}{'s' * (n != 1)}" for n, what in ((n_errors, "error"), (n_warnings, "warning")) if n]
        print(f"{' and '.join(counts)} emitted" + (f"; for more try `oxide explain {codes[0]}`" if codes else ""))
    elif clean is None:
        print(f"no errors in {n_kernels} kernel{'s' * (n_kernels != 1)}")


# ---------------------------------------------------------------- emit, run, bench


def _compile_options(options: argparse.Namespace) -> Any:
    from compiler.codegen.target import Target, TargetError
    from compiler.driver import CompileOptions

    if options.target:
        try:
            Target.parse(options.target)
        except TargetError as error:
            raise Misuse(str(error)) from None
    return CompileOptions(
        options.target,
        options.opt_level,
        not options.no_fmad,
        use_cache=not options.no_cache,
        unchecked_indexing=options.unchecked_indexing,
    )


def _session(options: argparse.Namespace) -> CompileSession:
    from compiler.driver import CompileSession

    if not Path(options.file).is_file():
        raise Misuse(f"no such file: {options.file}")
    session = CompileSession(options.file)
    names = [k.name for k in session.kernels()]
    if options.instance:
        options.kernel = f"{options.kernel or (names[0] if len(names) == 1 else '')}<{options.instance}>"
    wanted = options.kernel.partition("<")[0].removesuffix("::")
    if options.kernel and wanted not in names:
        raise Misuse(f"no kernel `{wanted}` in {options.file}; it has: {', '.join(names) or 'none'}")
    needs_one = getattr(options, "stage", "ptx") not in ("ast", "hir")
    if needs_one and not options.kernel and len(names) != 1:
        raise Misuse(f"which kernel? {options.file} has: {', '.join(names) or 'none'} (--kernel K)")
    return session


def _report_failure(options: argparse.Namespace, error: Any) -> int:
    from compiler.diagnostics.render_text import TextRenderer

    renderer = TextRenderer(lambda file: error.sources.get(file, b""), _colour(options, sys.stderr))
    for diagnostic in error.diagnostics:
        print(renderer.render(diagnostic), file=sys.stderr)
    if not error.diagnostics:
        print(f"error: {error.message}", file=sys.stderr)
    return FAILED


def emit(options: argparse.Namespace) -> int:
    """``oxide emit``."""
    from compiler import driver

    try:
        with progress(f"compiling {options.file}"):
            text = driver.emit(_session(options), options.stage, options.kernel, _compile_options(options))
    except driver.CompileError as error:
        return _report_failure(options, error)
    _write(options.output, text)
    return OK


def _write(output: str | None, text: str) -> None:
    if output:
        Path(output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _trial(options: argparse.Namespace, bench: bool) -> int:
    from compiler import driver
    from compiler.trial import bench_kernel, run_kernel

    try:
        session = _session(options)
        with progress(f"compiling {options.file}"):
            instance, checked = session.instance(options.kernel), not bench and options.check
            compiled = session.compile_for_emulator if checked else session.compile
            artifact = compiled(instance, _compile_options(options))
    except driver.CompileError as error:
        return _report_failure(options, error)
    if checked:
        return _dynamic_check(options, session, artifact)
    options.n = options.n or DEFAULT_N
    with progress(f"{'timing' if bench else 'running'} {artifact.name}"):
        attempt = bench_kernel if bench else run_kernel
        result = attempt(artifact, options.device, options.n, options.seed, options.block, options.grid)
    if options.format == "json":
        print(json.dumps(asdict(result), indent=1))
    else:
        _print_trial(result, bench)
    return FAILED if result.error else OK


def _dynamic_check(options: argparse.Namespace, session: CompileSession, artifact: Any) -> int:
    """``oxide run --check``."""
    from compiler.dynamic_check import DEFAULT_CHECK_N, check_kernel, defect_diagnostic
    from compiler.emulator.findings import families

    try:
        checks = families(options.check)
    except ValueError as error:
        raise Misuse(str(error)) from None
    n = options.n or DEFAULT_CHECK_N
    with progress(f"checking {artifact.name}"):
        result = check_kernel(artifact, checks, n, options.seed, options.block, options.grid)
    if options.format == "json":
        print(json.dumps(asdict(result), indent=1))
        return FAILED if result.findings or result.error else OK
    shown = {session.file: options.file}
    found = [_renamed(defect_diagnostic(d, session.file, session.text), shown) for d in result.findings]
    _print_diagnostics(found, lambda _: session.text(session.file), _colour(options, sys.stdout), 1, "")
    for launch in result.launches:
        print(f"  ran {launch}")
    scope = "all schedules of these launches" if result.complete else f"{result.n_schedules} schedules tried"
    verdict = result.error or f"{len(found)} finding{'s' * (len(found) != 1)}"
    print(f"{artifact.name}: {', '.join(checks)}: {verdict} ({scope})")
    return FAILED if result.findings or result.error else OK


def _print_trial(result: TrialResult, bench: bool) -> None:
    for line in result.printed:
        print(line, end="" if line.endswith("\n") else "\n")
    where = f"{result.device_name} ({result.device})"
    shape = f"grid {result.grid}, block {result.block}, n {result.n}"
    if result.error:
        print(f"{result.kernel} on {where}: {shape}\nerror: {result.error}")
        return
    print(f"{result.kernel} on {where}: {shape}: {seconds_text(result.seconds)}")
    for name, values in result.measurement.items() if bench else ():
        if isinstance(values, dict):
            spread = f"p20 {seconds_text(values['p20'])}, p80 {seconds_text(values['p80'])}"
            print(f"  {name}: median {seconds_text(values['median'])}, {spread}, {values['n']} samples")
        else:
            print(f"  {name}: {values}")
    for output in result.outputs:
        first = ", ".join(f"{x:g}" if isinstance(x, float) else str(x) for x in output.first)
        print(f"  {output.name}: {output.dtype}{list(output.shape)} = [{first}, ...]  checksum {output.checksum}")
    for warning in result.warnings:
        print(f"  note: {warning}")


def seconds_text(seconds: float) -> str:
    """``12.3 us`` and so on."""
    for scale, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


# ---------------------------------------------------------------- doctor, explain, opt, lsp


def doctor(options: argparse.Namespace) -> int:
    """``oxide doctor``."""
    from compiler.runtime.doctor import facts

    found = facts()
    if options.format == "json":
        print(json.dumps([asdict(f) for f in found], indent=1))
        return OK
    for fact in found:
        mark = "ok" if fact.ok else "--"
        print(f"{mark}  {fact.name:<12} {fact.value}" + (f"  ({fact.needed_for})" if fact.needed_for else ""))
        if fact.advice:
            print(f"{'':17}{fact.advice}")
    return OK


def explain(options: argparse.Namespace) -> int:
    """``oxide explain``."""
    from compiler.diagnostics.codes import codes, explanation, title_of

    if options.code is None:
        for code in codes():
            print(f"{code:<28} {title_of(code) or ''}")
        return OK
    page = explanation(options.code)
    if page is None:
        raise Misuse(f"no page for `{options.code}`; `oxide explain` lists all codes")
    print(page.strip())
    return OK


def opt(options: argparse.Namespace) -> int:
    """``oxide opt``."""
    from compiler.dialects import oxide_context
    from compiler.ir.errors import IRError
    from compiler.ir.parser import parse_module
    from compiler.ir.printer import print_module
    from compiler.transforms.pipeline import PipelineOptions, run_passes

    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
    except OSError as error:
        raise Misuse(f"cannot read {options.file}: {error.strerror}") from None
    names = [name for name in options.passes.split(",") if name]
    try:
        module = run_passes(
            parse_module(text, oxide_context()), names, PipelineOptions(verify_each=not options.no_verify)
        )
    except IRError as error:
        print(f"error: {error}", file=sys.stderr)
        return FAILED
    _write(options.output, print_module(module))
    return OK


def lsp(options: argparse.Namespace) -> int:
    """``oxide lsp``."""
    from importlib import import_module

    status = import_module("oxide_lsp.launch").main([])
    return int(status or 0)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": check,
    "emit": emit,
    "run": lambda options: _trial(options, False),
    "bench": lambda options: _trial(options, True),
    "doctor": doctor,
    "explain": explain,
    "opt": opt,
    "lsp": lsp,
}

if __name__ == "__main__":
    sys.exit(main())
