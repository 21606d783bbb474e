"""What NLL finds out of a function is what rustc does: loans, region values, outlives constraints.

``data/nll.rs`` has the functions, right and wrong ones. ``data/nll.tsv`` keeps a digest of rustc's facts of each, so
that no rustc is needed to compare; with one, the facts themselves are compared, and the digests rewritten with
``UPDATE_EXPECT=1``.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "mir"))

from mir_support import database  # noqa: E402
from nll_facts import Facts, our_facts, rustc_facts  # noqa: E402
from rustc_mir import have_rustc  # noqa: E402

SOURCE = (HERE / "data" / "nll.rs").read_text()
DIGESTS = HERE / "data" / "nll.tsv"
FUNCTIONS = re.findall(r"^pub fn ([ef]\d+)", SOURCE, re.M)


def digest(facts: Facts) -> str:
    return hashlib.sha256("\n".join(facts.lines()).encode()).hexdigest()[:16]


def test_facts_equal_rustcs() -> None:
    wanted = dict(line.split("\t") for line in DIGESTS.read_text().splitlines())
    assert sorted(wanted) == sorted(FUNCTIONS)
    db = database(SOURCE)
    assert {name: digest(our_facts(db, name)) for name in FUNCTIONS} == wanted


@pytest.mark.rustc
@pytest.mark.skipif(not have_rustc(), reason="no rustc")
def test_facts_equal_those_of_the_rustc_here() -> None:
    theirs = rustc_facts(SOURCE, FUNCTIONS)
    assert sorted(theirs) == sorted(FUNCTIONS)
    assert sum(len(facts.loans) for facts in theirs.values()) > 60
    if os.environ.get("UPDATE_EXPECT"):
        DIGESTS.write_text("".join(f"{name}\t{digest(theirs[name])}\n" for name in FUNCTIONS))
    db = database(SOURCE)
    for name in FUNCTIONS:
        assert our_facts(db, name).lines() == theirs[name].lines(), name
