// Pure functions whose values rustc and our pipeline must agree on, one result each for a seed `s`.
// `expected.txt` holds rustc's answers; `test_semantics.py` says how it is made.

#[derive(Clone, Copy, PartialEq, Debug)]
enum Shape {
    Dot,
    Circle(f32),
    Rect { w: u16, h: u16 },
    Tagged(bool, u32),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Low = -3,
    Mid = 5,
    High = 1000,
}

#[derive(Clone, Copy)]
struct Mixed {
    a: u8,
    b: u64,
    c: u16,
    d: [u32; 3],
}

struct Counter {
    n: u32,
    step: u32,
}

impl Iterator for Counter {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        if self.n == 0 {
            return None;
        }
        self.n -= 1;
        Some(self.n * self.step)
    }
}

trait Area {
    fn area(&self) -> f32;
    fn twice(&self) -> f32 {
        self.area() * 2.0
    }
}

impl Area for Shape {
    fn area(&self) -> f32 {
        match *self {
            Shape::Dot => 0.0,
            Shape::Circle(r) => r * r * 3.0,
            Shape::Rect { w, h } => w as f32 * h as f32,
            Shape::Tagged(yes, n) => {
                if yes {
                    n as f32
                } else {
                    -1.0
                }
            }
        }
    }
}

fn shape(s: u32) -> Shape {
    match s % 5 {
        0 => Shape::Dot,
        1 => Shape::Circle(s as f32 * 0.5),
        2 => Shape::Rect { w: (s & 0xff) as u16, h: 7 },
        3 => Shape::Tagged(true, s),
        _ => Shape::Tagged(false, s),
    }
}

fn level(s: u32) -> Level {
    if s % 3 == 0 {
        Level::Low
    } else if s % 3 == 1 {
        Level::Mid
    } else {
        Level::High
    }
}

fn wrapping(s: u32) -> u64 {
    let a = s.wrapping_mul(2654435761);
    let b = (a as i32).wrapping_sub(0x7fff_0000);
    (a ^ (b as u32).rotate_left(s & 31)) as u64
}

fn shifts(s: u32) -> u64 {
    let a = (s as i64 - 40) << (s % 20);
    let b = a >> (s % 7);
    let c = (b as u64) >> (s % 11);
    c ^ ((s as u8) << (s % 8)) as u64
}

fn division(s: u32) -> u64 {
    let n = s as i32 - 50;
    let d = (s % 9) as i32 - 4;
    if d == 0 {
        return 1;
    }
    ((n / d) as i64 as u64).wrapping_add((n % d) as i64 as u64).wrapping_add((n.rem_euclid(d)) as u64)
}

fn narrow(s: u32) -> u64 {
    let a = (s as i32 * -3) as i8;
    let b = a as u16;
    let c = b as i16 as i64;
    (c as u64).wrapping_add((s as u8 as char) as u64).wrapping_add((s % 2 == 0) as u64)
}

fn saturating_casts(s: u32) -> u64 {
    let x = s as f32 * 1.0e8 - 2.0e9;
    let nan = (x - x) / (x - x);
    let a = x as i32;
    let b = x as u32;
    let c = (x * 1.0e12) as i64;
    let d = (x as f64 * 1.0e12) as u64;
    let e = (x / 1.0e7) as i8;
    let f = (x / 1.0e7) as u8;
    let g = nan as i64;
    let h = nan as f64 as u32;
    (a as u64) ^ (b as u64).rotate_left(7) ^ (c as u64) ^ d ^ (e as u64) ^ (f as u64) ^ (g as u64) ^ (h as u64)
}

fn float_bits(s: u32) -> u64 {
    let x = (s as f32 - 30.0) * 0.3;
    let y = x as f64 * 1.5 + 0.25;
    let z = (y as f32).to_bits() ^ x.to_bits();
    z as u64 ^ (y % 2.5).to_bits().rotate_left(3) ^ (x.abs().sqrt().to_bits() as u64)
}

fn float_compare(s: u32) -> u64 {
    let x = s as f32 - 8.0;
    let nan = (x - x) / (x - x);
    let mut r = 0u64;
    if x < 3.0 {
        r |= 1;
    }
    if !(x < nan) {
        r |= 2;
    }
    if x != nan {
        r |= 4;
    }
    if nan == nan {
        r |= 8;
    }
    r | (x.max(nan).to_bits() as u64) << 8 | (x.min(2.5) as i32 as u32 as u64) << 40
}

fn enums(s: u32) -> u64 {
    let a = shape(s);
    let b = shape(s + 1);
    let same = (a == b) as u64;
    a.area().to_bits() as u64 ^ ((b.twice().to_bits() as u64) << 1) ^ (same << 63)
}

fn discriminants(s: u32) -> u64 {
    let l = level(s);
    let order = (l < Level::High) as u64;
    (l as i32 as i64 as u64) ^ (order << 40) ^ (l.max(Level::Mid) as i32 as u64) << 8
}

fn options(s: u32) -> u64 {
    let a = if s % 4 == 0 { None } else { Some(s) };
    let b = if s % 3 == 0 { None } else { Some(s % 2 == 0) };
    let c = a.map(|x| x * 2).unwrap_or(9);
    let d = match b {
        Some(true) => 1,
        Some(false) => 2,
        None => 3,
    };
    let e = a.and_then(|x| if x > 10 { Some(x as u8) } else { None });
    c as u64 + d * 1000 + e.map_or(77, |x| x as u64) * 100000 + (a.is_some() as u64) * 7
}

fn results(s: u32) -> u64 {
    fn half(x: u32) -> Result<u32, i64> {
        if x % 2 == 0 { Ok(x / 2) } else { Err(-(x as i64)) }
    }
    fn quarter(x: u32) -> Result<u32, i64> {
        let h = half(x)?;
        half(h)
    }
    match quarter(s) {
        Ok(q) => q as u64,
        Err(e) => e as u64,
    }
}

fn option_refs(s: u32) -> u64 {
    let data = [s, s + 1, s + 2, s + 3];
    let pick = |i: usize| if i < 4 { Some(&data[i]) } else { None };
    let a = pick((s % 6) as usize);
    let b = a.copied().unwrap_or(100);
    b as u64 + data.get((s % 7) as usize).map_or(5, |x| *x as u64)
}

fn structs(s: u32) -> u64 {
    let m = Mixed { a: s as u8, b: s as u64 * 0x1_0000_0001, c: !(s as u16), d: [s, s * 2, s * 3] };
    let mut n = m;
    n.d[(s % 3) as usize] += m.a as u32;
    n.b ^= m.c as u64;
    let Mixed { a, b, c, d } = n;
    a as u64 ^ b ^ ((c as u64) << 20) ^ (d[0] as u64 + d[1] as u64 + d[2] as u64)
}

fn tuples(s: u32) -> u64 {
    let t = (s as u8, (s * 7, -(s as i32)), [s as u16; 4]);
    let (a, (b, c), d) = t;
    let swapped = (d, a, c);
    a as u64 + b as u64 + (c as i64 as u64) + swapped.0[3] as u64 + swapped.2 as i64 as u64
}

fn arrays(s: u32) -> u64 {
    let mut a = [[0u32; 5]; 3];
    for i in 0..3 {
        for j in 0..5 {
            a[i][j] = s + (i * 5 + j) as u32;
        }
    }
    let b = a;
    a[1][2] = 1;
    let sum: u32 = b.iter().flatten().sum();
    sum as u64 + a[1][2] as u64 * 1000
}

fn slices(s: u32) -> u64 {
    let data = [3u32, 1, 4, 1, 5, 9, 2, 6];
    let from = (s % 4) as usize;
    let part = &data[from..from + 4];
    let mut total = 0;
    for (i, x) in part.iter().enumerate() {
        total += *x * (i as u32 + 1);
    }
    let tail = match part {
        [first, .., last] => first * 10 + last,
        _ => 0,
    };
    let (l, r) = data.split_at(3);
    total as u64 + tail as u64 * 1000 + (l.len() * 10 + r.len()) as u64 * 1000000
}

fn iterators(s: u32) -> u64 {
    let c = Counter { n: s % 6, step: 3 };
    let a: u32 = c.filter(|x| x % 2 == 0).map(|x| x + 1).sum();
    let mut b = 0;
    for x in (0..s % 20).step_by(3) {
        b += x;
    }
    let z = [1u32, 2, 3].iter().zip([4u32, 5, 6].iter()).fold(0, |acc, (x, y)| acc + x * y);
    let m = (0..s % 9).rev().take(3).max().unwrap_or(42);
    a as u64 + b as u64 * 1000 + z as u64 * 1000000 + m as u64 * 100000000
}

fn closures(s: u32) -> u64 {
    let mut count = 0u32;
    let base = s * 3;
    let mut bump = |by: u32| {
        count += by;
        base + count
    };
    let x = bump(2);
    let y = bump(s);
    fn apply<F: Fn(u32) -> u32>(f: F, n: u32) -> u32 {
        f(f(n))
    }
    (x + y + count) as u64 + apply(|v| v + s, 1) as u64 * 100000
}

fn loops(s: u32) -> u64 {
    let mut n = s + 1;
    let mut steps = 0u64;
    let found = loop {
        if n == 1 {
            break steps;
        }
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
        if steps > 500 {
            break 0;
        }
    };
    let mut k = 0;
    'outer: for i in 0..10u64 {
        for j in 0..10u64 {
            if i * j > s as u64 {
                break 'outer;
            }
            if (i + j) % 3 == 0 {
                continue;
            }
            k += i ^ j;
        }
    }
    found + k * 10000
}

fn recursion(s: u32) -> u64 {
    fn fib(n: u32) -> u64 {
        if n < 2 { n as u64 } else { fib(n - 1) + fib(n - 2) }
    }
    fib(s % 15)
}

fn checked(s: u32) -> u64 {
    let a = (s as u8).checked_mul(5).map_or(1000, |x| x as u64);
    let b = (s as i8).overflowing_add(100);
    let c = s.saturating_sub(20) as u64;
    let d = (s as u8).saturating_add(230) as u64;
    a + b.0 as i64 as u64 + b.1 as u64 * 7 + c * 3 + d * 5
}

fn bits(s: u32) -> u64 {
    let x = s.wrapping_mul(0x9e3779b9);
    (x.count_ones() + x.leading_zeros() * 100 + x.trailing_zeros() * 10000) as u64
        + x.swap_bytes() as u64 * 3
        + x.reverse_bits() as u64
        + (x as u64 * 77).rotate_right(s).count_zeros() as u64
}

fn wide(s: u32) -> u64 {
    let x = (s as u128 + 1) * 0x1234_5678_9abc_def0_1122;
    let y = (x >> (s % 60)) as i128 - 5;
    (y ^ (x as i128).wrapping_mul(y)) as u64 ^ (x >> 64) as u64 ^ (y < 0) as u64
}

fn transmutes(s: u32) -> u64 {
    union Bits {
        f: f32,
        u: u32,
        b: [u8; 4],
    }
    let u = Bits { f: s as f32 + 0.5 };
    let bytes = unsafe { u.b };
    let word = unsafe { core::mem::transmute::<[u8; 4], u32>([bytes[3], bytes[2], bytes[1], bytes[0]]) };
    unsafe { u.u as u64 + word as u64 }
}

fn pointers(s: u32) -> u64 {
    let mut a = [s, s + 1, s + 2, s + 3, s + 4];
    let p = a.as_mut_ptr();
    unsafe {
        *p.add(2) = 100;
        let q = p.add((s % 5) as usize);
        let distance = q.offset_from(p);
        core::ptr::swap(p, p.add(4));
        *q as u64 + distance as u64 * 1000 + p.read() as u64 * 100000
    }
}

fn generics(s: u32) -> u64 {
    fn largest<T: PartialOrd + Copy, const N: usize>(xs: [T; N]) -> T {
        let mut best = xs[0];
        for x in xs {
            if x > best {
                best = x;
            }
        }
        best
    }
    largest([s as i32 - 5, 3, -2]) as i64 as u64 + (largest([s as f32, 2.5]) * 2.0) as u64 * 1000
}

fn swaps(s: u32) -> u64 {
    let mut a = shape(s);
    let mut b = shape(s + 2);
    core::mem::swap(&mut a, &mut b);
    let c = core::mem::replace(&mut a, Shape::Dot);
    (a == Shape::Dot) as u64 + b.area().to_bits() as u64 * 3 + c.area().to_bits() as u64
}

const TABLE: [(u32, i8); 4] = [(10, -1), (20, 2), (30, -3), (40, 4)];
static NAMES: [&[u32]; 3] = [&[1], &[2, 3], &[4, 5, 6]];

fn tables(s: u32) -> u64 {
    let (a, b) = TABLE[(s % 4) as usize];
    let names = NAMES[(s % 3) as usize];
    a as u64 + b as i64 as u64 + names.iter().sum::<u32>() as u64 * 1000 + names.len() as u64 * 100000
}

fn chars(s: u32) -> u64 {
    let c = (b'a' + (s % 26) as u8) as char;
    let text = "kernel";
    c as u64 + text.as_bytes()[(s % 6) as usize] as u64 * 1000 + (c == 'e') as u64 * 1000000
}

fn float_functions(s: u32) -> u64 {
    let x = s as f32 * 0.37 - 4.0;
    let y = s as f64 * 0.11;
    x.floor().to_bits() as u64
        ^ (x.ceil().to_bits() as u64) << 3
        ^ (x.round().to_bits() as u64) << 6
        ^ (x.trunc().to_bits() as u64) << 9
        ^ y.mul_add(2.0, -1.0).to_bits()
        ^ (x.copysign(-1.0).to_bits() as u64) << 12
}
