//! What is dropped, and in which order, when a pattern moves elements out of an array.
//!
//! What it is: a trace of drops, folded into a number after each case. What it assumes: nothing. What it guarantees: the
//! numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1444 73299151 ..      the results of record(1, ..)
//! ```
//= 1: 1444 73299151 3712821500264 188065547452634529 7564233084168889646 3175463008605642677
//= 0: 1444 73299151 3712821500264 188065547452887794 7564233096997521691 3175463483265028231

use core::cell::Cell;
use cuda_device::kernel;

struct D<'a>(&'a Cell<u64>, u64);
impl<'a> Drop for D<'a> {
    fn drop(&mut self) {
        self.0.set(self.0.get().wrapping_mul(37).wrapping_add(self.1));
    }
}
fn all(log: &Cell<u64>) {
    let a = [D(log, 1), D(log, 2)];
    let [p, q] = a;
    drop(q);
}
fn first(log: &Cell<u64>) {
    let a = [D(log, 3), D(log, 4), D(log, 5)];
    let [p, ..] = a;
    log.set(log.get() + p.1);
}
fn rest(log: &Cell<u64>) {
    let a = [D(log, 6), D(log, 7), D(log, 8)];
    let [_, r @ ..] = a;
    log.set(log.get() ^ r[1].1);
}
fn last(log: &Cell<u64>, c: bool) {
    let a = [D(log, 9), D(log, 10), D(log, 11)];
    if c {
        let [.., z] = a;
        log.set(log.get() ^ z.1);
    }
}
fn nested(log: &Cell<u64>) {
    let a = ([(D(log, 12), 1u8), (D(log, 13), 2)], D(log, 14));
    let ([(p, _), (_, k)], _) = a;
    log.set(log.get() + p.1 + k as u64);
}
fn matched(log: &Cell<u64>, c: bool) {
    let a = [Some(D(log, 15)), None];
    match a {
        [Some(d), _] if c => drop(d),
        [_, n @ None] => log.set(log.get() ^ 3),
        _ => (),
    }
}
pub fn run(c: bool) -> [u64; 6] {
    let log = Cell::new(1);
    all(&log);
    let a = log.get();
    first(&log);
    let b = log.get();
    rest(&log);
    let d = log.get();
    last(&log, c);
    let e = log.get();
    nested(&log);
    let f = log.get();
    matched(&log, c);
    [a, b, d, e, f, log.get()]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input != 0).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
