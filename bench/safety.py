"""The judge of GPU safety: ``python -m bench.safety`` compares the static analyses with what running kernels shows.

What it is: (a) seeded mutants of race-free kernels, split by kernel into a development and a held-back half; (b) ports
of labelled kernel shapes; (c) every alarm in upstream's examples (``OXIDE_CORPUS``); (d) rewrites that must not change
a verdict; (e) time per kernel. Labels come from the emulator and from replayed witnesses, never from the analyses.
Unsound verdicts (a race or a divergent barrier was seen, the analysis proved there is none) are counted apart.

Example: ``python -m bench.safety --mutants 600 --list unsound`` prints the table and each unsound mutant.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.safety_cases import Case, Launch, cases
from bench.safety_metamorphic import rewrites
from bench.safety_mutants import Mutant, mutants
from bench.safety_oracle import Observation, observe
from bench.safety_verdicts import ALARM, PROVED, UNDECIDED, StaticVerdict, verdict
from compiler.driver import CompileError, CompileSession
from compiler.replay import replay
from compiler.replayed import ReplayOutcome

WORDS = (PROVED, ALARM, UNDECIDED)


@dataclass(slots=True)
class Judged:
    """One kernel with both answers. ``label`` after replay of the witnesses."""

    name: str
    half: str
    operator: str
    where: str
    static: StaticVerdict
    seen: Observation
    label: str
    replays: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def unsound(self) -> bool:
        """Something was seen that was proved absent."""
        race = self.label == "race" and self.static.races == PROVED
        return race or (self.label == "divergent" and self.static.convergence == PROVED)

    @property
    def false_alarm(self) -> bool:
        return self.label == "clean" and self.static.worst == ALARM

    @property
    def answer(self) -> str:
        """The word of the family the label is about; of both when nothing was seen."""
        if self.label == "race":
            return self.static.races
        return self.static.convergence if self.label == "divergent" else self.static.worst


class Sessions:
    """One compile session a file; texts come and go."""

    def __init__(self) -> None:
        self._open: dict[str, CompileSession] = {}

    def of(self, file: str, text: str) -> CompileSession:
        session = self._open.get(file)
        if session is None:
            session = self._open[file] = CompileSession(file)
        session.set_text(Path(file).absolute().as_posix(), text.encode())
        return session


def half_of(case: Case) -> str:
    """Development or held back, by the kernel's name alone."""
    return "held back" if zlib.crc32(case.name.encode()) % 2 else "development"


def chosen(all_mutants: list[Mutant], most: int) -> list[Mutant]:
    """About ``most`` of the mutants: every operator of every kernel first once, then twice, and so on."""
    ranked: dict[tuple[str, str, str], int] = {}
    order = []
    for i, mutant in enumerate(all_mutants):
        key = (mutant.case.file, mutant.case.name, mutant.operator)
        ranked[key] = ranked.get(key, -1) + 1
        order.append((ranked[key], i))
    keep = sorted(i for _, i in sorted(order)[:most])
    return [all_mutants[i] for i in keep]


def roomy(launches: Iterable[Launch], other_blocks: bool) -> tuple[Launch, ...]:
    """The launches, the same with longer slices (an index that moved stays inside), and other block sizes."""
    out = list(launches)
    for launch in list(out):
        values = {name: _longer(value) for name, value in launch.values.items()}
        out.append(Launch(launch.grid, launch.block, values, launch.shared))
        if other_blocks and len(launch.block) == 1:
            for n in (2 * launch.block[0], max(1, launch.block[0] // 2)):
                out.append(Launch((2 * launch.grid[0],), (n,), values, launch.shared))
    return tuple(out)


def _longer(value: str) -> str:
    """Lengths of 16 and more are slices'."""
    size, colon, content = value.partition(":")
    length, slash, width = size.partition("/")
    if not length.isdigit() or int(length) < 16 or content == "perm":
        return value
    return f"{2 * int(length) + 8}{slash}{width}{colon}{content}"


# ---------------------------------------------------------------- judging


def judge(
    session: CompileSession, case: Case, launches: tuple[Launch, ...], name: str, operator: str = ""
) -> Judged | None:
    """Both answers about one kernel; None when it does not compile."""
    started = time.perf_counter()
    try:
        static = verdict(session, case.name)
    except CompileError:
        return None
    seen = observe(session, case.name, launches)
    judged = Judged(name, half_of(case), operator, f"{Path(case.file).name}", static, seen, seen.label)
    for witness in static.witnesses:
        outcome = replay(session, witness)
        kind = "certain" if witness.certain else "potential"
        judged.replays.append(f"{kind}: {outcome.outcome.value} {outcome.reason}".strip())
        if outcome.outcome is ReplayOutcome.CONFIRMED and judged.label != "divergent":
            judged.label = "race"
    if static.races == UNDECIDED and any(
        replay(session, c).outcome is ReplayOutcome.CONFIRMED for c in static.candidates
    ):
        static.races = ALARM  # as the editor and `oxide check` show it
    judged.seconds = time.perf_counter() - started
    return judged


def judge_mutants(most: int, only: str) -> list[Judged]:
    sessions, found, n_stillborn = Sessions(), [], 0
    every = [m for case in cases("safety_kernels") if only in case.name for m in mutants(case)]
    for i, mutant in enumerate(chosen(every, most)):
        session = sessions.of(mutant.case.file, mutant.text)
        launches = roomy(mutant.case.launches, mutant.operator == "drop contract")
        judged = judge(session, mutant.case, launches, mutant.name, mutant.operator)
        if judged is None:
            n_stillborn += 1
        else:
            judged.where += f":{mutant.line} `{mutant.before.strip()[:50]}` -> `{mutant.after.strip()[:60]}`"
            found.append(judged)
        _progress(f"{i + 1} of {min(most, len(every))} mutants")
    print(f"{len(every)} mutants, {len(found)} judged, {n_stillborn} do not compile")
    return found


def judge_cases(folder: str, only: str) -> list[Judged]:
    sessions, found = Sessions(), []
    for case in cases(folder):
        if only in case.name:
            judged = judge(sessions.of(case.file, case.text), case, case.launches, case.name)
            if judged is None:
                print(f"  {case.name} does not compile")
                continue
            expected = case.label or "clean"
            if judged.label != expected:
                print(f"  {case.name}: labelled {expected}, seen {judged.label}")
            judged.operator = expected
            found.append(judged)
            _progress(case.name)
    return found


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)


# ---------------------------------------------------------------- tables


def table(found: list[Judged]) -> None:
    """Labels against answers, unsound verdicts apart."""
    print(f"  {'label':<12}{'kernels':>8}{'proved':>8}{'alarm':>8}{'undecided':>11}")
    for label in ("race", "divergent", "stuck", "clean", "broken"):
        group = [j for j in found if j.label == label]
        counts = Counter(j.answer for j in group)
        if group:
            row = "".join(f"{counts[w]:>{n}}" for w, n in zip(WORDS, (8, 8, 11), strict=True))
            print(f"  {label:<12}{len(group):>8}{row}")
    unsound = [j for j in found if j.unsound]
    bad = [j for j in found if j.label in ("race", "divergent")]
    alarms = Counter(word.split(" ", 2)[1] for j in found for word in j.replays if word.startswith("certain"))
    replayable = alarms["confirmed"] + alarms["not"]
    undecided = sum(j.static.worst == UNDECIDED for j in found)
    crashes = sum(bool(j.static.crashes) for j in found)
    print(f"  analyses crashed on {crashes}")
    print(f"  unsound (seen, yet proved): {len(unsound)} of {len(bad)}")
    print(f"  undecided: {undecided} of {len(found)} ({undecided / max(1, len(found)):.1%})")
    confirmed = alarms["confirmed"]
    print(f"  certain alarms confirmed by replay: {confirmed} of {replayable} ({confirmed / max(1, replayable):.1%})")


def by_operator(found: list[Judged]) -> None:
    names = dict.fromkeys(j.operator for j in found)
    print(f"  {'operator':<24}{'mutants':>8}{'bad':>6}{'caught':>8}{'unsound':>9}{'undecided':>11}")
    for name in names:
        group = [j for j in found if j.operator == name]
        bad = [j for j in group if j.label in ("race", "divergent")]
        caught = sum(j.answer == ALARM for j in bad)
        undecided = sum(j.static.worst == UNDECIDED for j in group)
        unsound = sum(j.unsound for j in group)
        print(f"  {name:<24}{len(group):>8}{len(bad):>6}{caught:>8}{unsound:>9}{undecided:>11}")


def times(found: list[Judged]) -> None:
    seconds = sorted(j.static.seconds for j in found)
    if seconds:
        at = [seconds[min(len(seconds) - 1, int(q * len(seconds)))] * 1e3 for q in (0.5, 0.95)]
        worst = seconds[-1] * 1e3
        print(f"  static analyses, CPU time a kernel: median {at[0]:.0f} ms, p95 {at[1]:.0f} ms, most {worst:.0f} ms")


LISTS: dict[str, Callable[[Judged], bool]] = {
    "unsound": lambda j: j.unsound,
    "false": lambda j: j.false_alarm,
    "undecided": lambda j: j.static.worst == UNDECIDED,
    "unconfirmed": lambda j: any("certain: not seen" in word for word in j.replays),
    "crashed": lambda j: bool(j.static.crashes),
    "broken": lambda j: j.label == "broken",
    "all": lambda j: True,
}


def listing(found: list[Judged], wanted: str) -> None:
    for name in wanted.split(",") if wanted else ():
        print(f"-- {name}")
        for j in filter(LISTS[name], found):
            print(f"{j.name} [{j.where}] label {j.label}, races {j.static.races}, convergence {j.static.convergence}")
            for text in [*j.static.reasons, *j.static.messages, *j.replays, j.seen.problem]:
                if text:
                    print(f"    {text[:200]}")
            for scheduled in j.seen.found[:2]:
                print(f"    saw: {str(scheduled.finding)[:200]}")


# ---------------------------------------------------------------- parts


def metamorphic(only: str) -> int:
    """Rewrites that must keep the verdict; returns how many did not."""
    sessions, n, changed = Sessions(), 0, 0
    for case in [*cases("safety_kernels"), *cases("safety_ports")]:
        if only not in case.name:
            continue
        session = sessions.of(case.file, case.text)
        before = verdict(session, case.name)
        for name, text in rewrites(case):
            try:
                after = verdict(sessions.of(case.file, text), case.name)
            except CompileError as error:
                print(f"  {case.name}, {name}: does not compile: {error}")
                continue
            n += 1
            if (before.races, before.convergence) != (after.races, after.convergence):
                changed += 1
                print(
                    f"  {case.name}, {name}: races {before.races} -> {after.races}, "
                    f"convergence {before.convergence} -> {after.convergence} {after.reasons[:1]}"
                )
        sessions.of(case.file, case.text)
    print(f"  {n} rewrites, {changed} changed a verdict")
    return changed


def upstream() -> int:
    """Alarms and errors in upstream's examples, each listed; returns how many errors."""
    from bench.safety_corpus import corpus_verdicts

    n_errors = 0
    counts: Counter[str] = Counter()
    for kernel, found in corpus_verdicts():
        counts[found.races] += 1
        for witness in found.witnesses:
            n_errors += witness.certain
            print(f"  {kernel}: {'race' if witness.certain else 'potential race'} on `{witness.memory.name}`")
        for message in found.messages:
            n_errors += 1
            print(f"  {kernel}: {message}")
    print(f"  races: {dict(counts)}; {n_errors} errors")
    return n_errors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mutants", type=int, default=600, help="about how many mutants (0: none)")
    parser.add_argument("--parts", default="kernels,mutants,ports,metamorphic,corpus")
    parser.add_argument("--only", default="", help="kernels whose name contains this")
    parser.add_argument("--half", choices=("development", "held back"), default="")
    parser.add_argument("--list", default="", metavar=",".join(LISTS), help="print the kernels of these kinds")
    parser.add_argument("--json", default="", help="write every judged kernel to a file")
    options = parser.parse_args()
    parts, found = options.parts.split(","), []
    for part, make in (
        ("kernels", lambda: judge_cases("safety_kernels", options.only)),
        ("mutants", lambda: judge_mutants(options.mutants, options.only)),
        ("ports", lambda: judge_cases("safety_ports", options.only)),
    ):
        if part in parts:
            print(f"== {part}")
            group = [j for j in make() if options.half in ("", j.half)]
            _report(part, group, options.list)
            found += group
    if "metamorphic" in parts:
        print("== metamorphic")
        metamorphic(options.only)
    if "corpus" in parts:
        print("== upstream's examples")
        upstream()
    if options.json:
        rows = [
            {"name": j.name, "half": j.half, "operator": j.operator, "label": j.label, "races": j.static.races,
             "convergence": j.static.convergence, "replays": j.replays, "seconds": j.static.seconds}
            for j in found
        ]  # fmt: skip
        Path(options.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 1 if any(j.unsound for j in found) else 0


def _report(part: str, group: list[Judged], wanted: str) -> None:
    if part == "mutants":
        for half in ("development", "held back"):
            print(f" {half} half")
            table([j for j in group if j.half == half])
        by_operator(group)
    else:
        table(group)
    times(group)
    listing(group, wanted)


if __name__ == "__main__":
    sys.exit(main())
