"""MIR as the borrow checker sees it is rustc's, statement by statement, on the functions and closures of tests/mir/data.

``rustc_mir.tsv`` keeps a digest of rustc's MIR of each in canonical form, so that no rustc is needed to compare;
with one, the digests are checked (and rewritten with ``UPDATE_EXPECT=1``). ``KNOWN`` lists the functions that differ
on purpose or harmlessly, with the reason; everything else must be equal.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from mir_support import database
from rustc_mir import canonical, have_rustc, our_bodies, rustc_dumps

from compiler.mir.pretty import pretty_body
from compiler.mir.validate import validate

DATA = Path(__file__).parent / "data"
SOURCES = sorted(DATA.glob("*.rs"))
DIGESTS = DATA / "rustc_mir.tsv"
KNOWN = {
    "division by a literal needs no check": {"divassign"},
    "strings are compared without a reborrow": {"match_str"},
    "a reference of the very lifetime expected is copied": {"b20", "t15", "bytes", "strs"},
    "the discriminant of a constant is not computed by hand": {"u7"},
    "notation of constants and of calls that cannot return": {"floats", "consts", "u13"},
    "not supported: calls of `dyn Fn`": {"c23"},
    "a range is tested before the constants after it": {"g9"},
}
EXCUSED = set().union(*KNOWN.values())


def digest(dump: str) -> str:
    return hashlib.sha256("\n".join(canonical(dump)).encode()).hexdigest()[:16]


def recorded() -> dict[str, dict[str, str]]:
    """File name to function name to digest."""
    out: dict[str, dict[str, str]] = {}
    for line in DIGESTS.read_text().splitlines():
        file, name, value = line.split("\t")
        out.setdefault(file, {})[name] = value
    return out


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_built_mir_equals_rustcs(source: Path) -> None:
    wanted = recorded()[source.name]
    db = database(source.read_text())
    different = []
    for name, body in our_bodies(db, sorted(wanted)).items():
        assert not validate(body), name
        ours = pretty_body(body, db)
        if name not in EXCUSED and digest(ours[ours.rindex("\nfn ") :] if "\nfn " in ours else ours) != wanted[name]:
            different.append(name)
    assert not different


def test_enough_functions_are_compared() -> None:
    names = {name for names in recorded().values() for name in names}
    assert len(names - EXCUSED) >= 300
    assert names >= EXCUSED, "an excused function is gone"


@pytest.mark.rustc
@pytest.mark.skipif(not have_rustc(), reason="no rustc on this machine")
def test_digests_are_rustcs() -> None:
    lines = []
    for source in SOURCES:
        dumps = rustc_dumps(source.read_text())
        lines += [f"{source.name}\t{name}\t{digest(dump)}" for name, dump in sorted(dumps.items())]
    text = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE_EXPECT"):
        DIGESTS.write_text(text)
    assert DIGESTS.read_text() == text
