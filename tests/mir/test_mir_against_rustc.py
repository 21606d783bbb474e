"""MIR as built is compared with rustc's, statement by statement, on tests/mir/data/functions.rs.

``KNOWN`` lists the functions that differ on purpose or harmlessly, with the reason; everything else must be equal.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from mir_support import database, fn_id
from rustc_mir import canonical, have_rustc, rustc_dumps

from compiler.mir.build import mir_built
from compiler.mir.pretty import pretty_body
from compiler.mir.validate import validate

SOURCE = Path(__file__).parent / "data" / "functions.rs"
KNOWN = {
    "promoted here, by a later pass in rustc": {"promo", "promo2"},
    "division by a literal needs no check": {"divassign"},
    "storage of a temporary of type `!`": {"drop_loop", "labels", "never", "whilelet", "whiles", "tempdrop6"},
    "unit argument tuples are constants": {"cl3", "cl4", "cl5"},
    "lengths are compared without copies": {"match_slice", "match_slice2"},
    "strings are compared without a reborrow": {"match_str"},
    "order of storage markers": {"tempdrop2", "tempdrop3", "tempdrop4", "tempdrop5"},
    "false edges after guards": {"guards", "match_tuple_guard"},
    "arms of `?` in the other order": {"opt", "res"},
    "shared references are not reborrowed": {"refs"},
    "notation": {"floats", "strs", "consts", "twophase"},
}


@pytest.mark.rustc
@pytest.mark.skipif(not have_rustc(), reason="no rustc on this machine")
def test_built_mir_equals_rustcs() -> None:
    text = SOURCE.read_text()
    theirs = rustc_dumps(text)
    db = database(text)
    excused = set().union(*KNOWN.values())
    different = []
    for name, dump in sorted(theirs.items()):
        body = mir_built(db, fn_id(name))
        assert not validate(body), name
        ours = pretty_body(body, db)
        if name not in excused and canonical(ours[ours.rindex("fn ") :]) != canonical(dump):
            different.append(name)
    assert not different
    assert len(theirs) - len(excused) > 70
