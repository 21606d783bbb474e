//! Guards that bind (of several alternatives), `impl Trait` in the functions of traits and in each other's bounds, fn
//! pointers that closures call.
//!
//! What it is: one number for each. What it assumes: nothing. What it guarantees: the numbers are those of rustc's machine
//! code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 3641678940 56 30 6
//= 1: 3641678940 82 41 43
//= 2: 3641678940 108 42 10
//= 7: 3686007948 238 117 127
//= 100: 3686007948 2656 1630 606
//= 123456: 3542862193 3209912 1975326 740742
use cuda_device::kernel;

fn guarded(words: &[&str], i: u32) -> u32 {
    match words {
        ["move", speed, ..] | ["mv", speed] if let Ok(speed) = u32::from_str_radix(speed, 16) && speed > i => speed,
        [.., last] | [last, _, _] if let Some((head, [tail])) = last.as_bytes().split_last_chunk::<1>() => {
            head.len() as u32 * 1000 + *tail as u32
        }
        [a, b] | [b, _, a] => (a.len() + b.len() * 3) as u32,
        _ => 1,
    }
}

trait Source {
    fn items(&self) -> impl Iterator<Item = u32>;
    fn total(&self) -> u32 {
        self.items().fold(0, u32::wrapping_add)
    }
    fn doubled(&self) -> Option<impl Fn(u32) -> u32> {
        Some(|x: u32| x.wrapping_mul(2))
    }
    fn adders(&self) -> impl Iterator<Item = impl Fn(u32) -> u32>;
}
struct Counted<const N: u32>;
impl<const N: u32> Source for Counted<N> {
    fn items(&self) -> impl Iterator<Item = u32> {
        0..N
    }
    fn adders(&self) -> impl Iterator<Item = impl Fn(u32) -> u32> {
        (1..=N).map(|k| move |x: u32| x.wrapping_add(k))
    }
}
struct Kept([u32; 3]);
impl Source for Kept {
    fn items(&self) -> core::iter::Copied<core::slice::Iter<'_, u32>> {
        self.0.iter().copied()
    }
    fn doubled(&self) -> Option<impl Fn(u32) -> u32> {
        let [a, ..] = self.0;
        Some(move |x| x ^ a)
    }
    fn adders(&self) -> impl Iterator<Item = impl Fn(u32) -> u32> {
        self.0.iter().map(|k| move |x| x | k)
    }
}
fn summary<S: Source>(s: &S, i: u32) -> u64 {
    let a = s.adders().map(|f| f(i) as u64).sum::<u64>();
    s.total() as u64 + s.doubled().map_or(0, |f| f(i) as u64) * 3 + a * 5
}

struct Machine {
    n: u32,
    steps: [fn(&mut Machine, u32) -> bool; 3],
}
fn grow(m: &mut Machine, k: u32) -> bool {
    m.n = m.n.wrapping_mul(3).wrapping_add(k);
    m.n % 5 != 0
}
impl Machine {
    fn all(&mut self) -> bool {
        let steps = self.steps;
        steps.iter().zip(1..).all(|(step, k)| step(self, k))
    }
}

fn run(i: u32) -> [u64; 4] {
    let all: [&[&str]; 6] = [&["move", "7f", "z"], &["mv", "3"], &["a", "bc", ""], &["x"], &[], &["mv", "zz"]];
    let words = all.iter().fold(0u64, |a, w| a.wrapping_mul(31).wrapping_add(guarded(w, i) as u64));
    let mut m = Machine { n: i, steps: [grow, |m, k| { m.n ^= k; m.n & 1 == 0 }, grow] };
    let done = m.all();
    [words, summary(&Counted::<4>, i), summary(&Kept([i, 2, 3]), i), m.n as u64 * 2 + done as u64]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
