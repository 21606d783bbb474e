//! Durations, type names and identities, pins, layouts, errors and lazy cells.
//!
//! What it is: the modules `time`, `any`, `pin`, `alloc`, `error`, and what `cell` and `hash` have besides. What it assumes: nothing. What it
//! guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 6755422188297636 127162901 10 7201
//= 1: 6755425610663570 127162901 12 68719476743201
//= 2: 6755428976088235 127162901 14 137438953479221
//= 7: 6755442864534537 127162901 24 481036337159201
//= 12345: 6798932013562309 127162901 24700 3923452624903201
use cuda_device::kernel;
use core::any::{TypeId, type_name};
use core::cell::{Cell, LazyCell};
use core::error::Error;
use core::fmt;
use core::hash::{BuildHasher, BuildHasherDefault, Hasher};
use core::pin::{Pin, pin};
use core::time::Duration;

#[derive(Debug, PartialEq)]
enum Fault {
    Late(Duration),
    Other,
}
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("late")
    }
}
impl Error for Fault {}

fn within<E: Error + From<Duration>>(spent: Duration, limit: Duration) -> Result<Duration, E> {
    limit.checked_sub(spent).ok_or_else(|| E::from(spent - limit))
}
impl From<Duration> for Fault {
    fn from(over: Duration) -> Fault {
        if over.as_secs() > 100 { Fault::Other } else { Fault::Late(over) }
    }
}

fn durations(input: u32) -> u64 {
    let d = Duration::from_millis(input as u64 * 777) + Duration::new(3, 2_500_000_000);
    let left = match within::<Fault>(d, Duration::from_secs(60)) {
        Ok(left) => left.as_millis() as u64,
        Err(Fault::Late(over)) => over.subsec_micros() as u64,
        Err(Fault::Other) => 5,
    };
    let sum: Duration = [d, d * 3, d / 7, Duration::MAX.saturating_sub(Duration::MAX)].iter().sum();
    let float = Duration::from_secs_f64(input as f64 / 3.0) + Duration::from_secs_f32(0.1);
    let wrong = Duration::try_from_secs_f64(-1.0).is_err() as u64 + Duration::try_from_secs_f64(1e300).is_err() as u64;
    let tiny = Duration::from_secs_f64(1.5e-9).as_nanos() as u64 + Duration::from_secs_f64(2.5e-9).subsec_nanos() as u64;
    left ^ sum.as_nanos() as u64 ^ float.as_nanos() as u64 ^ (d.as_secs_f64() * 8.0) as u64 ^ (wrong + tiny) << 50
}

fn same<A: 'static, B: 'static>() -> u64 {
    (TypeId::of::<A>() == TypeId::of::<B>()) as u64
}
fn name<T>(_: &T) -> u64 {
    type_name::<T>().bytes().fold(0, |h, b| h * 31 % 1_000_003 + b as u64)
}
fn types(input: u32) -> u64 {
    let is_float: [bool; 2] = [type_name::<f32>().len() == 3, type_name::<[u8; 4]>() == "[u8; 4]"];
    let known = same::<u32, u32>() + same::<u32, i32>() * 2 + same::<&'static str, &str>() * 4 + same::<[u8; 2], [u8; 3]>() * 8;
    let names = name(&input) + name(&(1u8, [2.0f32; 3])) + name(&Some(&[1u16][..])) + name(&(core::ptr::null::<i64>(), ()));
    known + names * 100 + is_float[0] as u64 * 32 + is_float[1] as u64 * 64
}

fn pins(input: u32) -> u64 {
    let mut slot = pin!(input);
    slot.set(*slot + 1);
    *slot.as_mut().get_mut() *= 2;
    let seen: Pin<&u32> = slot.as_ref();
    let pair = (1u32, *seen);
    let part = unsafe { Pin::new(&pair).map_unchecked(|p| &p.1) };
    *part.get_ref() as u64 + size_of::<Option<Pin<&u8>>>() as u64
}

#[derive(Default)]
struct Xor(u64);
impl Hasher for Xor {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.0 = self.0.rotate_left(9) ^ b as u64);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
fn rest(input: u32) -> u64 {
    let count = Cell::new(0);
    let lazy = LazyCell::new(|| {
        count.set(count.get() + 1);
        input as u64 * 5
    });
    let twice = if input % 2 == 0 { *lazy + *lazy } else { 1 };
    let hash = BuildHasherDefault::<Xor>::default().hash_one((input, 7u8));
    let (layout, at) = core::alloc::Layout::new::<u8>().extend(core::alloc::Layout::array::<u32>(3).unwrap()).unwrap();
    let sizes = (size_of::<Option<Duration>>() + size_of::<Option<core::alloc::Layout>>()) as u64;
    twice + count.get() + hash * 1000 + (layout.pad_to_align().size() * 10 + at) as u64 + layout.align() as u64 + sizes
}

fn run(input: u32) -> [u64; 4] {
    [durations(input), types(input), pins(input), rest(input)]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
