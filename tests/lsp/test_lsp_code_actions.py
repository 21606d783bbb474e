"""Quick fixes: offered where their diagnostic is, applied they make it go away."""

from __future__ import annotations

import sys

import pytest
from lsp_client import applied, editor, push_only
from lsprotocol import types

from compiler.semantics.api import Applicability, Diagnostic, Edit, Label, Severity, Span, Suggestion
from oxide_lsp.features import quick_fixes

SERVER = (sys.executable, "-m", "oxide_lsp")
KERNEL = """use cuda_device::*;
#[kernel]
pub fn k(mut y: DisjointSlice<u32>, n: u32) {
    let é = 1u32;
    BODY
    if let Some(e) = y.get_mut(thread::index_1d()) { *e = n + é; }
}
"""

# body with one fault, the action's title (a part of it)
FIXABLE = [
    ("let total = n + é; let _ = totl;", "similar name exists: `total`"),
    ("let z: Optoin<u32> = None; let _ = z;", "exists: `option`"),
    ("let extra = n;", "prefix it with an underscore"),
    ("let mut same = n; let _ = same;", "remove this `mut`"),
    ("n.wrapping_add(1);", "use `let _ = ...`"),
]


def place(found: types.Diagnostic) -> types.Range:
    return types.Range(found.range.start, found.range.start)


@pytest.mark.parametrize(("body", "title"), FIXABLE)
@pytest.mark.parametrize("capabilities", [None, push_only()], ids=["versions", "plain"])
async def test_a_fix_makes_its_diagnostic_go_away(kernel_uri, body, title, capabilities):
    text = KERNEL.replace("BODY", body)
    async with editor(command=SERVER) if capabilities is None else editor(capabilities, command=SERVER) as ed:
        ed.open(kernel_uri, text)
        line = next(i for i, each in enumerate(text.splitlines()) if body in each)
        where = types.Range(types.Position(line, 0), types.Position(line, 200))
        actions = await ed.actions(kernel_uri, where)
        fitting = [a for a in actions if title in a.title.lower()]
        assert fitting, [a.title for a in actions]
        assert fitting[0].kind == types.CodeActionKind.QuickFix and fitting[0].diagnostics
        assert (fitting[0].edit.document_changes is None) == (capabilities is not None)
        fixed = applied(text, fitting[0].edit, kernel_uri)
        ed.replace(kernel_uri, fixed)
        assert not await ed.actions(kernel_uri, where), fixed


async def test_what_is_unused_is_shown_faded(kernel_uri):
    async with editor(command=SERVER) as ed:
        ed.open(kernel_uri, KERNEL.replace("BODY", "let extra = n;"))
        (found,) = (await ed.pull(kernel_uri)).items
        assert found.code == "unused_variables" and found.severity == types.DiagnosticSeverity.Warning
        assert found.tags == [types.DiagnosticTag.Unnecessary] or found.tags == (types.DiagnosticTag.Unnecessary,)


BORROWS = """use cuda_device::*;
pub struct Part { n: u32 }
impl Part {
    pub fn new(n: u32) -> Part { Part { n } }
    pub fn get(&self) -> &u32 { &self.n }
    pub fn count(&self) -> u32 { self.n }
    pub fn grow(&mut self) { self.n += 1; }
}
pub fn keep<T>(_kept: T) {}
pub fn show(n: &u32) -> u32 { *n }
#[kernel]
pub fn k(mut y: DisjointSlice<u32>, n: u32) {
    let mut part = Part::new(n);
    let mut parts = [n; 4];
    part.n += parts[0];
    BODY
    if let Some(e) = y.get_mut(thread::index_1d()) { *e = n; }
}
"""

# code, what the title says, lines of the body
BORROW_FIXES = [
    ("E0716", "`let` binding", "let r = Part::new(n).get();\n    keep(*r);"),
    ("E0499", "split_at_mut", "let a = &mut parts[0];\n    let b = &mut parts[2];\n    *a += *b;"),
    ("E0382", "reborrowing", "let r = &mut parts[1];\n    keep(r);\n    *r += 1;"),
    ("E0382", "moving this use", "keep(part);\n    let m = part.count();\n    keep(m);"),
    ("E0505", "moving this use", "let r = part.get();\n    keep(part);\n    show(r);"),
    ("E0502", "moving this use", "let r = &part.n;\n    part.grow();\n    show(r);"),
    ("E0506", "moving this use", "let r = &part.n;\n    part.n = 3;\n    show(r);"),
]


async def test_fixes_of_borrow_errors_make_them_go_away(kernel_uri):
    everywhere = types.Range(types.Position(0, 0), types.Position(40, 0))
    async with editor(command=SERVER) as ed:
        ed.open(kernel_uri, BORROWS.replace("BODY", ""))
        for code, title, body in BORROW_FIXES:
            text = BORROWS.replace("BODY", body)
            ed.replace(kernel_uri, text)
            actions = await ed.actions(kernel_uri, everywhere)
            fitting = [a for a in actions if title in a.title and a.diagnostics[0].code == code]
            assert fitting, (code, [a.title for a in actions])
            fixed = applied(text, fitting[0].edit, kernel_uri)
            ed.replace(kernel_uri, fixed)
            left = [d.code for d in (await ed.pull(kernel_uri)).items if d.severity == types.DiagnosticSeverity.Error]
            assert not left, (code, left, fixed)


async def test_no_action_away_from_a_fault_or_of_another_kind(kernel_uri):
    text = KERNEL.replace("BODY", FIXABLE[0][0])
    async with editor(command=SERVER) as ed:
        ed.open(kernel_uri, text)
        start, everywhere = types.Position(0, 0), types.Range(types.Position(0, 0), types.Position(20, 0))
        assert not await ed.actions(kernel_uri, types.Range(start, start))
        assert not await ed.actions(kernel_uri, everywhere, ["refactor"])
        assert await ed.actions(kernel_uri, everywhere, ["quickfix"])


def suggested(start: int, end: int, text: str, sure: bool) -> Diagnostic:
    how = Applicability.MACHINE_APPLICABLE if sure else Applicability.MAYBE_INCORRECT
    suggestion = Suggestion("replace", (Edit(Span(start, end), text),), how)
    return Diagnostic(Severity.ERROR, "E0000", "m", Label(Span(start, end)), suggestions=(suggestion,))


def test_all_sure_fixes_never_overlap():
    found = [
        suggested(0, 4, "a", True),
        suggested(2, 6, "b", True),
        suggested(8, 8, "c", True),
        suggested(8, 8, "d", True),
    ]
    found.append(suggested(10, 12, "e", False))
    whole = quick_fixes.all_sure(found, "/k.rs")
    assert whole is not None and [(e.span.start, e.text) for e in whole.edits] == [(0, "a"), (8, "c")]
    assert quick_fixes.all_sure(found[-1:], "/k.rs") is None


def test_sure_fixes_come_first_and_only_those_of_the_place():
    found = [suggested(0, 4, "a", False), suggested(3, 6, "b", True), suggested(50, 60, "c", True)]
    assert [fix.edits[0].text for fix in quick_fixes.fixes(found, "/k.rs", Span(4, 4))] == ["b", "a"]
