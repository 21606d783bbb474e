"""Programs to source text: the prelude every program sees, the native entry, the kernel.

A program is a module ``p<n>`` with ``pub fn run(x: &[u64; 4], o: &mut Out)``. The native file and the kernel file hold the
same modules; only the entry differs. ``program(seed, kinds)`` writes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.differential.idioms import IDIOMS
from bench.differential.statements import Statements

CAPACITY = 62  # words of a row after its count; more are folded into a hash in the last word
ROW = CAPACITY + 2

_PRELUDE = """
#![allow(warnings, arithmetic_overflow, unconditional_panic, overflowing_literals)]
use core::cmp::Ordering;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::{Add, AddAssign, Deref, Index, IndexMut, Mul, Sub};
pub struct Out { p: *mut u64, n: usize }
impl Out {
    fn word(&mut self, w: u64) {
        unsafe {
            if self.n < CAP { *self.p.add(self.n + 1) = w; }
            else { let q = self.p.add(CAP + 1); *q = (*q).rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ w; }
            self.n += 1;
            *self.p = self.n as u64;
        }
    }
    pub fn put<T: Put>(&mut self, v: T) { v.put(self) }
}
pub trait Put { fn put(self, o: &mut Out); }
macro_rules! put_ints { ($($t:ident)*) => { $(impl Put for $t { fn put(self, o: &mut Out) { o.word(self as u64) } })* } }
put_ints! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize bool char }
impl Put for u128 { fn put(self, o: &mut Out) { o.word(self as u64); o.word((self >> 64) as u64) } }
impl Put for i128 { fn put(self, o: &mut Out) { (self as u128).put(o) } }
impl Put for f32 { fn put(self, o: &mut Out) { o.word(if self.is_nan() { 0x7fc0_0000 } else { self.to_bits() as u64 }) } }
impl Put for f64 { fn put(self, o: &mut Out) { o.word(if self.is_nan() { 0x7ff8_0000_0000_0000 } else { self.to_bits() }) } }
impl Put for () { fn put(self, o: &mut Out) { o.word(1) } }
impl Put for Ordering { fn put(self, o: &mut Out) { o.word(self as i8 as u64) } }
macro_rules! put_tuples { ($(($($T:ident)*))*) => { $(#[allow(non_snake_case)] impl<$($T: Put),*> Put for ($($T,)*) {
    fn put(self, o: &mut Out) { let ($($T,)*) = self; $(o.put($T);)* }
})* } }
put_tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
impl<A: Put, const N: usize> Put for [A; N] { fn put(self, o: &mut Out) { for a in self { o.put(a) } } }
impl<A: Put> Put for Option<A> { fn put(self, o: &mut Out) { match self { Some(a) => { o.word(1); o.put(a) } None => o.word(0) } } }
impl<A: Put, E: Put> Put for Result<A, E> {
    fn put(self, o: &mut Out) { match self { Ok(a) => { o.word(1); o.put(a) } Err(e) => { o.word(2); o.put(e) } } }
}
impl<A: Put + Copy> Put for &A { fn put(self, o: &mut Out) { o.put(*self) } }
impl<A: Put + Copy> Put for &[A] { fn put(self, o: &mut Out) { o.word(self.len() as u64); for a in self { o.put(*a) } } }
pub fn q32(v: f32) -> f32 { if v.is_nan() { 1.5 } else { v } }
pub fn q64(v: f64) -> f64 { if v.is_nan() { 1.5 } else { v } }
pub fn small32(v: u32) -> f32 { v as i32 as f32 / 65536.0 }
pub fn small64(v: u64) -> f64 { v as i64 as f64 / 4294967296.0 }
pub fn char_of(v: u64) -> char { char::from_u32((v % 0xD800) as u32).unwrap_or('!') }
pub fn apply<A, B>(f: impl Fn(A) -> B, a: A) -> B { f(a) }
pub fn twice<A: Copy, B>(mut f: impl FnMut(A) -> B, a: A) -> (B, B) { (f(a), f(a)) }
"""
PRELUDE = _PRELUDE.replace("CAP", str(CAPACITY))

_NATIVE_ENTRY = """
static mut QUIET: bool = false;
#[unsafe(no_mangle)]
pub extern "C" fn run_all(n_rows: usize, inputs: *const [u64; 4], out: *mut u64, panicked: *mut u8) {{
    std::panic::set_hook(Box::new(|_| ()));
    let table: [fn(&[u64; 4], &mut Out); {n}] = [{runs}];
    for (k, run) in table.iter().enumerate() {{
        for r in 0..n_rows {{
            let at = k * n_rows + r;
            let done = std::panic::catch_unwind(|| unsafe {{
                let mut o = Out {{ p: out.add(at * {row}), n: 0 }};
                run(&*inputs.add(at), &mut o);
            }});
            unsafe {{ *panicked.add(at) = done.is_err() as u8 }};
        }}
    }}
}}
"""
_KERNEL_ENTRY = """
#[kernel]
pub unsafe fn all(jobs: *const u32, n_jobs: u32, n_rows: u32, inputs: *const [u64; 4], out: *mut u64) {{
    let i = thread::index_1d().get();
    if i >= n_jobs as usize {{ return; }}
    unsafe {{
        let at = *jobs.add(i) as usize;
        let mut o = Out {{ p: out.add(at * {row}), n: 0 }};
        let x = &*inputs.add(at);
        match at as u32 / n_rows {{ {arms} _ => {{}} }}
    }}
}}
fn main() {{}}
"""


@dataclass(frozen=True, slots=True)
class Program:
    """``text``: the module's content."""

    seed: int
    kinds: tuple[str, ...]
    text: str


def program(seed: int, kinds: Sequence[str] = ()) -> Program:
    """The program of a seed; ``kinds`` restricts the idioms."""
    writer = Statements(Random(seed * 7919 + 17))
    writer.out, writer.items = [], []
    rng = writer.rng
    used = []
    for _ in range(rng.choice((0, 0, 0, 1, 1))):
        writer.new_adt()
    for _ in range(rng.choice((1, 1, 1, 2))):
        if rng.random() < 0.35 or kinds:
            used.append(rng.choice(list(kinds or IDIOMS)))
            writer.out.append("{")
            depth = len(writer.scope)
            IDIOMS[used[-1]](writer)
            del writer.scope[depth:]
            writer.out.append("}")
        else:
            writer.statement()
    known = rng.sample(writer.scope, min(len(writer.scope), 3))
    for variable in known:
        writer.put(variable.name)
    body = "\n    ".join(writer.out)
    text = "\n".join(
        ["use super::*;", *writer.items, f"#[inline(never)]\npub fn run(x: &[u64; 4], o: &mut Out) {{\n    {body}\n}}"]
    )
    return Program(seed, tuple(used), text)


def modules(programs: Sequence[Program]) -> str:
    """Every program as a module, named by its place."""
    return "\n".join(f"pub mod p{i} {{\n{p.text}\n}}" for i, p in enumerate(programs))


def native_source(programs: Sequence[Program]) -> str:
    """A ``cdylib`` that runs every program on every row of inputs and notes which panicked."""
    runs = ", ".join(f"p{i}::run" for i in range(len(programs)))
    return PRELUDE + modules(programs) + _NATIVE_ENTRY.format(n=len(programs), runs=runs, row=ROW)


def kernel_source(programs: Sequence[Program]) -> str:
    """A kernel in which thread ``i`` runs the program and row that ``jobs[i]`` names."""
    arms = " ".join(f"{i} => p{i}::run(x, &mut o)," for i in range(len(programs)))
    prelude = PRELUDE.replace(
        "use core::cmp::Ordering;", "use core::cmp::Ordering;\nuse cuda_device::{kernel, thread};"
    )
    return prelude + modules(programs) + _KERNEL_ENTRY.format(arms=arms, row=ROW)
