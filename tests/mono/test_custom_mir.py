"""``mir!`` bodies, ``offset_of!`` and generic kernels called with a launch context, run on the emulator."""

from __future__ import annotations

import numpy as np
import pytest

from compiler import driver, emulator

HEADER = """#![feature(core_intrinsics, custom_mir)]
use core::intrinsics::mir::*;
use cuda_device::{kernel, thread, DisjointSlice};
"""


def _session(items: str, body: str) -> driver.CompileSession:
    text = f"""{HEADER}{items}
    #[kernel] pub fn k(mut out: DisjointSlice<u32>, n: u32) {{
        if let Some(result) = out.get_mut(thread::index_1d()) {{ *result = {{ {body} }}; }}
    }}"""
    return driver.CompileSession("/custom/case.rs", {"/custom/case.rs": text.encode()})


def _value(items: str, body: str, n: int) -> int:
    session, out = _session(items, body), np.zeros(1, np.uint32)
    artifact = session.compile(session.instance("k"), driver.CompileOptions("sm_90", use_cache=False))
    report = emulator.launch(artifact, "k", (1, 1, 1), (1, 1, 1), [out, n], 0, "in-order", seed=1)
    assert report.trap is None, str(report.trap)
    return int(out[0])


COLLATZ = """
#[custom_mir(dialect = "runtime", phase = "optimized")]
fn collatz(mut n: u32) -> u32 {
    mir! {
        type RET = u32;
        let rest: u32; let is_one: bool; let pair: (u32, bool);
        { RET = 0; Goto(head) }
        head = { is_one = n == 1; match is_one { true => done, _ => step } }
        step = { RET = RET + 1; rest = n % 2; match rest { 0 => even, 1 => odd, _ => never } }
        even = { n = n / 2; Goto(head) }
        odd = { pair = Checked(n * 3); Call(n = successor(pair.0), ReturnTo(head), UnwindUnreachable()) }
        never = { Unreachable() }
        done = { Return() }
    }
}
#[inline(never)] fn successor(n: u32) -> u32 { n + 1 }
"""

ENUMS = """
#[derive(Clone, Copy)] enum Shape { Dot, Box(u32, u32), Line { len: u32 } }
#[custom_mir(dialect = "runtime", phase = "optimized")]
fn area(shape: &Shape) -> u32 {
    mir! {
        let tag: isize; let w: u32; let copied: Shape;
        { copied = *shape; tag = Discriminant(copied); match tag { 1 => boxed, 2 => line, _ => other } }
        boxed = { w = Field::<u32>(Variant(copied, 1), 0); RET = w * Field::<u32>(Variant(copied, 1), 1); Return() }
        line = { place!(Field::<u32>(Variant(copied, 2), 0)) = 7; RET = Field::<u32>(Variant(copied, 2), 0); Return() }
        other = { RET = 100; Return() }
    }
}
#[custom_mir(dialect = "runtime", phase = "optimized")]
fn forget(value: &mut Option<core::num::NonZeroU32>) { mir! { { SetDiscriminant(*value, 0); Return() } } }
"""


@pytest.mark.parametrize(("n", "expected"), [(1, 0), (6, 8), (27, 111)])
def test_blocks_jumps_and_calls(n: int, expected: int) -> None:
    assert _value(COLLATZ, "collatz(n)", n) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("area(&Shape::Box(n, 5))", 15),
        ("area(&Shape::Line { len: n })", 7),
        ("area(&Shape::Dot)", 100),
        ("let mut v = core::num::NonZeroU32::new(n); forget(&mut v); v.is_none() as u32", 1),
    ],
)
def test_variants_and_discriminants(body: str, expected: int) -> None:
    assert _value(ENUMS, body, 3) == expected


def test_a_variant_without_values_cannot_be_selected() -> None:
    items = """enum Void {} #[repr(u8)] enum State { A = 2, B(Void) = 5, C = 9 }
    #[custom_mir(dialect = "runtime", phase = "optimized")]
    fn set(state: &mut State) { mir! { { SetDiscriminant(*state, INDEX); Return() } } }"""
    body = "let mut s = State::A; set(&mut s); matches!(s, State::C) as u32"
    assert _value(items.replace("INDEX", "2"), body, 0) == 1
    session = _session(items.replace("INDEX", "1"), body)
    with pytest.raises(driver.CompileError) as raised:
        session.mono(session.instance("k"))
    (found,) = raised.value.diagnostics
    assert found.code == "K0909" and "cannot select uninhabited variant `B`" in found.message


def test_what_is_no_mir_is_told_at_its_place() -> None:
    items = """#[custom_mir(dialect = "runtime", phase = "optimized")]
    fn f(x: u32) -> u32 { mir! { { RET = if x > 1 { 2 } else { 3 }; Return() } } }"""
    session = _session(items, "f(n)")
    with pytest.raises(driver.CompileError) as raised:
        session.mono(session.instance("k"))
    assert [d.code for d in raised.value.diagnostics] == ["K0900"]


def test_offset_of_is_rustcs_layout() -> None:
    items = """#[repr(C)] struct In { a: u8, b: u32, c: (u8, u64) } #[repr(C)] struct Out<T> { t: T, inner: In }
    const AT: usize = core::mem::offset_of!(Out<u16>, inner.c.1);
    fn of<T>() -> usize { core::mem::offset_of!(Out<T>, inner) + core::mem::offset_of!(In, b) }"""
    assert _value(items, "AT as u32 * 100 + of::<u64>() as u32", 0) == 2412


def test_a_generic_kernel_takes_the_launch_context_of_its_caller() -> None:
    text = f"""{HEADER}
    #[kernel] pub fn twice<T: Copy + core::ops::Add<Output = T>>(from: &[T], mut to: DisjointSlice<T>) {{
        let i = thread::index_1d(); let at = i.get();
        if let Some(slot) = to.get_mut(i) {{ *slot = from[at] + from[at]; }}
    }}
    #[kernel(launch_context = lc)] pub fn k(from: &[u32], to: DisjointSlice<u32>) {{ twice::<u32>(from, to, lc); }}
    """
    session = driver.CompileSession("/custom/twice.rs", {"/custom/twice.rs": text.encode()})
    artifact = session.compile(session.instance("k"), driver.CompileOptions("sm_90", use_cache=False))
    out = np.zeros(4, np.uint32)
    emulator.launch(artifact, "k", (1, 1, 1), (4, 1, 1), [np.arange(4, dtype=np.uint32), out], 0, "in-order", seed=1)
    assert out.tolist() == [0, 2, 4, 6]
