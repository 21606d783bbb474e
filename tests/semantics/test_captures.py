"""What ``impl Trait`` results capture before edition 2024, and from there on (:mod:`compiler.ty.captures`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.base.span import LineTable
from compiler.semantics.host import AnalysisHost

SOURCE = """fn plain<T>(x: &T) -> impl Sized { 1u8 }
fn named<'q, T>(x: &'q T) -> impl Sized + 'q { x }
fn hidden<'q, T>(x: &'q T) -> impl Sized { x } // 2021: E0700
fn closure(x: &u8) -> impl Fn() -> u8 { move || *x } // 2021: E0700
fn mentioned(x: &[u8]) -> impl Iterator<Item = &u8> { x.iter() }
struct R<'a>(&'a u8);
impl<'a> R<'a> {
    fn f(&self) -> impl Sized { 1u8 }
    fn g(&self) -> impl Sized { self.0 } // 2021: E0700
    fn h(&self) -> impl Sized + use<'a> { self.0 }
}
trait M { fn m(&self) -> impl Sized; }
impl<'a> M for R<'a> { fn m(&self) -> impl Sized { self.0 } }
fn main() {
    let r = { let x = 1u8; plain(&x) }; // 2024: E0597
    drop(r);
    let r = { let x = 1u8; named(&x) }; // 2021: E0597, 2024: E0597
    drop(r);
    let y = 1u8;
    let r = { let x = R(&y); x.f() }; // 2024: E0597
    drop(r);
    let r = { let x = R(&y); x.h() };
    drop(r);
    let r = { let x = R(&y); x.m() }; // 2021: E0597, 2024: E0597
    drop(r);
}
"""


@pytest.mark.parametrize("edition", ["2021", "2024"])
def test_captures(tmp_path: Path, edition: str) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "Cargo.toml").write_text(f'[package]\nname = "p"\nedition = "{edition}"\n')
    root = tmp_path / "src" / "main.rs"
    root.write_text(SOURCE)
    host = AnalysisHost(check_all=True)
    host.set_file(str(root), SOURCE.encode())
    found = host.analysis().diagnostics(str(root)).diagnostics
    table = LineTable(SOURCE.encode())
    errors = {(table.line_col(d.primary.span.start)[0], d.code) for d in found if d.severity.value == "error"}
    lines = enumerate(SOURCE.splitlines())
    assert errors == {(n, line.split(f"{edition}: ")[1][:5]) for n, line in lines if f"{edition}: " in line}
