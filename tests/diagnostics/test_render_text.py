"""Diagnostics as text, JSON and SARIF."""

from __future__ import annotations

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion
from compiler.diagnostics.render_json import report_json, report_sarif
from compiler.diagnostics.render_text import TextRenderer

SOURCE = b"""fn main() {
    let x: u32 = true;
    foo(a, b,
        c);
}
"""


def at(text: bytes, message: str = "") -> Label:
    start = SOURCE.index(text)
    return Label(Span(start, start + len(text)), message, None, "k.rs")


def rendered(diagnostic: Diagnostic, source: bytes = SOURCE, colour: bool = False) -> str:
    return TextRenderer(lambda _file: source, colour).render(diagnostic)


MISMATCH = Diagnostic(
    Severity.ERROR,
    "E0308",
    "mismatched types",
    at(b"true", "expected `u32`, found `bool`"),
    (at(b"u32", "expected due to this"), at(b"let", "in this statement")),
    (SubDiagnostic("note", "first line\nsecond line"), SubDiagnostic("help", "and a help")),
    (Suggestion("convert it", (Edit(Span(33, 33), ".into()", None, "k.rs"),)),),
)


def test_several_labels_on_a_line_hang_from_the_right():
    assert (
        rendered(MISMATCH)
        == """error[E0308]: mismatched types
 --> k.rs:2:18
  |
2 |     let x: u32 = true;
  |     ---    ---   ^^^^ expected `u32`, found `bool`
  |     |      |
  |     |      expected due to this
  |     in this statement
  |
  = note: first line
          second line
  = help: and a help
help: convert it
  |
2 |     let x: u32 = true.into();
  |                      +++++++
"""
    )


def test_a_label_over_several_lines_has_a_bar_in_the_margin():
    start, end = SOURCE.index(b"foo"), SOURCE.index(b"c);") + 2
    text = rendered(Diagnostic(Severity.WARNING, "w", "too long", Label(Span(start, end), "this call", None, "k.rs")))
    assert (
        text
        == """warning[w]: too long
 --> k.rs:3:5
  |
3 | /     foo(a, b,
4 | |         c);
  | |__________^ this call
"""
    )


def test_a_replacement_is_shown_as_a_difference():
    start = SOURCE.index(b"true")
    edit = Edit(Span(start, start + 4), "1", None, "k.rs")
    text = rendered(Diagnostic(Severity.ERROR, "E0308", "m", at(b"true"), suggestions=(Suggestion("write", (edit,)),)))
    assert "2 -     let x: u32 = true;\n2 +     let x: u32 = 1;\n" in text


def test_tabs_and_wide_characters_keep_columns():
    source = "\tlet 名 = x;".encode()
    start = source.index(b"x")
    text = rendered(Diagnostic(Severity.ERROR, "E0425", "m", Label(Span(start, start + 1), "", None, "k.rs")), source)
    line, marks = text.splitlines()[3:5]
    assert line == "1 |     let 名 = x;"
    assert marks.index("^") == line.index("x") + 1  # one wide character before it


def test_a_span_past_the_end_does_not_raise():
    assert "-->" in rendered(Diagnostic(Severity.ERROR, "E0001", "m", Label(Span(5000, 5001), "", None, "k.rs")))


def test_colours_only_when_asked():
    assert "\x1b[" not in rendered(MISMATCH)
    assert "\x1b[1;31merror[E0308]" in rendered(MISMATCH, colour=True)


def test_json_counts_from_one():
    kernel = {"name": "k", "file": "k.rs", "line": 1, "tier": 1}
    report = report_json([MISMATCH], [kernel], lambda _f: SOURCE)
    first = report["diagnostics"][0]
    assert (first["file"], first["line"], first["column"], first["end_line"], first["end_column"]) == (
        "k.rs",
        2,
        18,
        2,
        22,
    )
    assert (first["severity"], first["code"], first["message"]) == ("error", "E0308", "mismatched types")
    assert [r["message"] for r in first["related"]] == ["expected due to this", "in this statement"]
    assert report["kernels"][0]["name"] == "k"


def test_sarif_has_rules_and_results():
    log = report_sarif([MISMATCH], lambda _f: SOURCE, "1.0")
    run = log["runs"][0]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "mismatched types"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_long_lines_are_cut_around_the_label():
    source = b"x" * 5000 + b" wrong " + b"y" * 5000
    start = source.index(b"wrong")
    text = rendered(
        Diagnostic(Severity.ERROR, "E0425", "m", Label(Span(start, start + 5), "here", None, "k.rs")), source
    )
    line, marks = text.splitlines()[3:5]
    assert len(line) < 200 and "..." in line
    assert line[marks.index("^") : marks.index("^") + 5] == "wrong"
