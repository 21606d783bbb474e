//! Items of one name in several blocks of a body, written and made by macros.
//!
//! What it is: constants, statics, structs with impls and enums, each seen from the items of its own block. What it assumes: nothing. What it guarantees: the numbers are
//! those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 707 1 1 1 31 1
//= 1: 707 1 12 4607182418800017408 12884901908 3
//= 2: 707 1 24 4611686018427387904 25769803793 1
//= 7: 707 1 84 4619567317775286272 90194313338 2
//= 12345: 707 1 684 4633218854145753088 4445291153116 0
use cuda_device::kernel;
macro_rules! through_consts {
    ($e:expr, $t:ty) => {{
        const fn value() -> $t {
            $e
        }
        static KEPT: $t = value();
        const AGAIN: [$t; 2] = [value(), KEPT_IN_CONST];
        const KEPT_IN_CONST: $t = value();
        (KEPT, AGAIN[1])
    }};
}
macro_rules! measured {
    ($name:ident, $t:ty, $scale:expr) => {{
        #[derive(Clone, Copy, PartialEq)]
        struct Unit($t);
        impl Unit {
            const SCALE: $t = $scale;
            fn scaled(self) -> Unit {
                Unit(self.0 * Self::SCALE)
            }
        }
        impl core::ops::Add for Unit {
            type Output = Unit;
            fn add(self, o: Unit) -> Unit {
                Unit(self.0 + o.0)
            }
        }
        fn double(x: Unit) -> Unit {
            x + x
        }
        let $name = double(Unit($name as $t).scaled());
        ($name.0, $name == $name.scaled())
    }};
}
macro_rules! nested {
    ($($t:ty: $m:ident),*) => { [$({ let x = 5; $m!(x, $t, 3 as $t).0 as u64 }),*] };
}
fn sibling_blocks(n: u32) -> u64 {
    let first = {
        const WIDTH: usize = 3;
        struct Row([u32; WIDTH]);
        fn fill(n: u32) -> Row {
            Row([n; WIDTH])
        }
        fill(n).0.iter().sum::<u32>()
    };
    let second = {
        const WIDTH: usize = 5;
        struct Row([u32; WIDTH]);
        fn fill(n: u32) -> Row {
            fn step(n: u32) -> u32 {
                n + WIDTH as u32
            }
            Row([step(n); WIDTH])
        }
        let inner = {
            const WIDTH: usize = 2;
            [1u32; WIDTH].len() as u32 + fill(n).0[4]
        };
        inner.wrapping_mul(WIDTH as u32)
    };
    (first as u64) << 32 | second as u64
}
fn enums_in_arms(n: u32) -> u64 {
    macro_rules! states {
        ($($s:ident)*) => {{
            #[derive(Clone, Copy)]
            #[repr(u32)]
            enum State { $($s),* }
            impl State {
                fn next(self) -> State {
                    const ALL: &[State] = &[$(State::$s),*];
                    ALL[(self as usize + 1) % ALL.len()]
                }
            }
            State::next as fn(State) -> State as usize != 0 && [$(State::$s as u32),*].contains(&n)
        }};
    }
    match n % 2 {
        0 => states!(Idle Run Done) as u64,
        _ => 2 + states!(Up Down) as u64,
    }
}
fn run(input: u32) -> [u64; 6] {
    let (a, b) = through_consts!(
        {
            let x = 7;
            x
        },
        u8
    );
    let (c, d) = through_consts!(
        {
            let x = 2.5;
            x
        },
        f32
    );
    let x = input & 0xff;
    let (e, f) = measured!(x, u64, 3);
    let (g, h) = measured!(x, f64, 0.5);
    [
        a as u64 * 100 + b as u64,
        c.to_bits() as u64 ^ d.to_bits() as u64 | 1,
        e * 2 + f as u64,
        g.to_bits() ^ h as u64,
        sibling_blocks(input % 1000) ^ nested!(u8: measured, i64: measured).iter().sum::<u64>(),
        enums_in_arms(input % 9),
    ]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
