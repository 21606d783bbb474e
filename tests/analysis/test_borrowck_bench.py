"""How ``bench.borrowck`` cuts disagreements down: no candidate that is not a program, no verdict on one."""

from __future__ import annotations

from bench.borrowck_answers import BORROWCK, HEADER, split
from bench.borrowck_generated import _smaller

BRANCHES = """\
pub fn f<'a>(a: u32) -> u32 {
    if a > 3 {
        a
    } else {
        a - 1
    }
}
"""


def test_a_branch_keeps_both_its_braces() -> None:
    candidates = _smaller(BRANCHES)
    assert candidates
    assert all(text.count("{") == text.count("}") for text in candidates)
    assert not any("} else" in text and "if" not in text for text in candidates)


def test_an_error_without_code_is_the_borrow_checkers_only_by_its_words() -> None:
    first = HEADER.count("\n") + 1
    found = split([BRANCHES], [(first + 1, "", "expected one of `;` or `}`"), (first + 2, "", "lifetime may not live")])
    assert found == [{(2, "syntax"), (3, "")}]
    assert "syntax" not in BORROWCK
