// Own functions whose MIR is compared with rustc's (test_mir_against_rustc.py). One line each, so a failure names its function.
#![allow(unused)]
pub struct P { pub x: u32, pub y: f32 }
pub struct D(pub u32);
impl Drop for D { fn drop(&mut self) {} }
pub enum E { A, B(u32), C { z: D } }
pub fn arith(a: u32, b: u32) -> u32 { (a + b * 2 - 1) << 3 & 0xff }
pub fn divs(a: i32, b: i32, c: u32, d: u32) -> i32 { a / b + (c % d) as i32 }
pub fn ifs(a: bool, b: u32) -> u32 { if a && b > 3 { 1 } else if !a || b == 2 { 2 } else { 3 } }
pub fn val_and(a: bool, b: bool) -> bool { let x = a && b; x || b }
pub fn whiles(mut n: u32) -> u32 { let mut s = 0; while n > 0 { if n == 7 { break; } if n == 3 { n -= 1; continue; } s += n; n -= 1; } s }
pub fn loops(n: u32) -> u32 { let mut i = 0; let r = loop { i += 1; if i > n { break i * 2; } }; r }
pub fn labels(n: u32) -> u32 { let mut k = 0; 'a: loop { loop { k += 1; if k > n { break 'a; } if k == 5 { continue 'a; } } } k }
pub fn blk(n: u32) -> u32 { let v = 'b: { if n > 3 { break 'b 7; } n }; v }
pub fn index(a: &[u32], i: usize) -> u32 { a[i] }
pub fn index2(a: &mut [[u32; 4]], i: usize, j: usize, v: u32) { a[i][j] = v; a[i + 1][j] += a[j][i]; }
pub fn arr(i: usize) -> u32 { let a = [1, 2, 3]; a[i] }
pub fn strukt(x: u32) -> P { let p = P { y: 1.5, x }; P { x: 3, ..p } }
pub fn refs(p: &mut P) -> &u32 { p.x += 1; let q = &mut *p; q.y = 2.0; &p.x }
pub fn tuples(t: (u32, (bool, f32))) -> f32 { let (a, (b, c)) = t; if b { c } else { a as f32 } }
pub fn drops(c: bool) { let a = D(1); let b = D(2); if c { return; } let _d = a; }
pub fn drop_loop(n: u32) { let mut i = 0; while i < n { let d = D(i); if d.0 == 3 { break; } i += 1; } }
pub fn drop_assign(mut d: D, e: D) { d = e; }
pub fn temp_drop() -> u32 { D(3).0 + D(4).0 }
pub fn matches_e(e: E) -> u32 { match e { E::A => 0, E::B(n) => n, E::C { z } => z.0 } }
pub fn matches_ref(e: &E) -> u32 { match e { E::A => 0, E::B(n) if *n > 3 => *n, E::B(_) => 1, E::C { z } => z.0 } }
pub fn match_ints(x: u32, y: i8) -> u32 { match (x, y) { (0, -1) => 1, (1..=9, _) => 2, (_, 3..) => 3, _ => 4 } }
pub fn match_or(x: Option<u32>) -> u32 { match x { Some(1 | 2) => 1, Some(3 | 4) | None => 2, Some(n) => n } }
pub fn match_bind(x: Option<u32>) -> u32 { match x { Some(n @ 1..=5) => n, Some(n) | Some(n) => n + 1, None => 0 } }
pub fn match_bool(a: bool, b: bool) -> u32 { match (a, b) { (true, false) => 1, (false, true) => 2, _ => 3 } }
pub fn match_char(c: char) -> u32 { match c { 'a'..='z' => 1, '0' => 2, _ => 3 } }
pub fn match_slice(s: &[u32]) -> u32 { match s { [] => 0, [a] => *a, [a, .., b] => *a + *b } }
pub fn match_slice2(s: &[u32]) -> usize { match s { [1, rest @ ..] => rest.len(), [.., 2] => 1, _ => 0 } }
pub fn match_str(s: &str) -> u32 { match s { "on" => 1, "off" => 2, _ => 0 } }
pub fn match_tuple_guard(a: (u32, u32)) -> u32 { match a { (x, y) if x == y => x, (x, 0) if x > 1 => x, (_, y) => y } }
pub fn iflet(x: Option<u32>) -> u32 { if let Some(n) = x { n } else { 0 } }
pub fn letchain(x: Option<u32>, y: Option<u32>) -> u32 { if let Some(a) = x && a > 3 && let Some(b) = y { a + b } else { 0 } }
pub fn letelse(x: Option<u32>) -> u32 { let Some(n) = x else { return 7 }; n }
pub fn whilelet(mut x: Option<u32>) -> u32 { let mut s = 0; while let Some(n) = x { s += n; x = if n > 3 { Some(n - 1) } else { None }; } s }
pub fn call2(a: u32) -> u32 { arith(a, arith(a, 1)) }
pub fn early(a: u32) -> u32 { if a > 3 { return a; } let b = a + 1; return b; }
pub fn never(a: u32) -> u32 { if a > 3 { loop {} } a }
pub fn casts(a: u8, b: f32, p: *const u32) -> u64 { a as u64 + b as u64 + p as u64 + (a as char) as u64 }
pub fn promo() -> &'static [u32] { &[1, 2, 3] }
pub fn promo2(x: u32) -> bool { x == *&5 }
pub fn ext(x: u32) -> u32 { let r = &D(x); let s = &mut [x, 2]; s[0] = 1; r.0 + s[1] }
pub fn letu() -> u32 { let x; x = 5; x }
pub fn unit() { }
pub fn neg(a: i32, b: f32, c: bool) -> (i32, f32, bool) { (-a, -b, !c) }
pub fn cmp(a: f32, b: f32) -> bool { a < b || a >= 2.5 }
pub fn pat_args((a, b): (u32, u32), P { x, .. }: P) -> u32 { a + b + x }
pub fn nested_opt(x: Option<Option<u32>>) -> u32 { match x { Some(Some(a)) => a, Some(None) => 1, None => 2 } }
pub fn refmut(x: &mut Option<u32>) { if let Some(n) = x { *n += 1; } match x { Some(k) => *k = 2, None => *x = Some(1) } }
pub fn shadow(x: u32) -> u32 { let x = x + 1; let x = x * 2; { let x = 3; } x }
pub fn wild(d: D) { let _ = d; let _ = D(3); }
pub fn consts() -> usize { const N: usize = 4; let a = [0u8; N]; a.len() + N }
pub fn assign_tuple(mut a: u32, mut b: u32) -> u32 { (a, b) = (b, a); a - b }
pub fn block_tail(d: &D) -> u32 { let v = { let e = D(d.0); e.0 }; v }
pub fn unsafe_blk(p: *const u32) -> u32 { unsafe { let q = p; *q } }
pub fn bin_assign(a: &mut [f32], i: usize, x: f32) { a[i] *= x; a[i] = a[i] - x; }
pub struct S { pub a: u32, pub b: D, pub c: (u32, D) }
pub trait Tr { fn m(&self) -> u32; fn by(self) -> u32 where Self: Sized; const K: u32; }
impl Tr for D { fn m(&self) -> u32 { self.0 } fn by(self) -> u32 { self.0 } const K: u32 = 3; }
pub fn cl1(x: u32) -> u32 { let f = |y: u32| x + y; f(3) }
pub fn cl2(mut x: u32) -> u32 { let mut f = |y: u32| { x += y; }; f(3); f(4); x }
pub fn cl3(d: D) -> u32 { let f = move || d.0; f() }
pub fn cl4(d: D) -> D { let f = || d; f() }
pub fn cl5(s: &mut S) { let mut f = || s.a += 1; f(); }
pub fn hof<F: Fn(u32) -> u32>(f: F) -> u32 { f(1) + f(2) }
pub fn hofm<F: FnMut(u32)>(mut f: F) { f(1); f(2) }
pub fn hofo<F: FnOnce(u32) -> u32>(f: F) -> u32 { f(1) }
pub fn fnptr(f: fn(u32) -> u32) -> u32 { f(3) }
pub fn useptr() -> u32 { let f: fn(u32) -> u32 = dbl; f(3) + fnptr(dbl) + hof(dbl) + fnptr(|x| x) }
pub fn dbl(x: u32) -> u32 { x * 2 }
pub fn gen1<T: Tr>(t: T) -> u32 { t.m() + T::K }
pub fn gen2<T: Tr>(t: T, c: bool) -> u32 { if c { t.by() } else { 0 } }
pub fn gen3<T: Copy>(t: T) -> (T, T) { (t, t) }
pub fn partial(s: S) -> u32 { let x = s.b; let (y, z) = s.c; x.0 + z.0 }
pub fn partial2(s: S, c: bool) -> u32 { if c { let x = s.b; x.0 } else { 1 } }
pub fn optd(x: Option<D>) -> u32 { match x { Some(d) => d.0, None => 0 } }
pub fn optd2(x: Option<D>) -> u32 { match x { Some(ref d) if d.0 > 3 => d.0, Some(d) => d.m(), None => 0 } }
pub fn optd3(x: Option<D>) -> u32 { if let Some(d) = x { d.0 } else { 0 } }
pub fn res(x: Result<u32, D>) -> Result<u32, D> { let y = x?; Ok(y + 1) }
pub fn opt(x: Option<u32>) -> Option<u32> { Some(x? + 1) }
pub fn tempdrop2(x: u32) -> u32 { match D(x).m() { 0 => 1, n => n } }
pub fn tempdrop3(x: u32) -> u32 { if D(x).m() == 3 { 1 } else { 2 } }
pub fn tempdrop4(x: u32) -> u32 { if let 3 = D(x).m() { 1 } else { 2 } }
pub fn tempdrop5(x: u32) -> bool { D(x).m() == 3 && D(x).m() == 4 }
pub fn tempdrop6(x: u32) { while D(x).m() > 3 { D(1); } }
pub fn structd(x: u32) -> S { S { a: x, b: D(1), c: (2, D(3)) } }
pub fn structd2(s: S) -> S { S { a: 3, ..s } }
pub fn arrd(a: D, b: D) -> [D; 2] { [a, b] }
pub fn ret_early(c: bool) -> D { let a = D(1); if c { return a; } let b = D(2); b }
pub fn loopd(n: u32) -> D { loop { let d = D(n); if n > 3 { break d; } } }
pub fn nestd(c: bool) { let a = D(1); { let b = D(2); if c { return; } } let e = D(3); }
pub fn cmpr(a: &u32, b: &u32) -> bool { a == b && *a < *b }
pub fn refd(a: &&u32) -> u32 { **a + 1 }
pub fn swap(a: &mut u32, b: &mut u32) { let t = *a; *a = *b; *b = t; }
pub fn reborrow(a: &mut u32) { inc(a); inc(a); let r = a; *r = 1; }
pub fn inc(a: &mut u32) { *a += 1; }
pub fn twophase(v: &mut S) -> u32 { v.set(v.a) }
impl S { pub fn set(&mut self, x: u32) -> u32 { self.a = x; x } }
pub fn arr2(a: [[u32; 3]; 2], i: usize) -> u32 { a[1][i] + a[i][0] }
pub fn enumcast(o: core::cmp::Ordering) -> i32 { o as i32 }
pub fn strs() -> &'static str { "hi\n" }
pub fn bytes() -> &'static [u8; 2] { b"ab" }
pub fn floats() -> (f32, f64, f32) { (1.0, 2.5e-3, -0.1) }
pub fn chars(c: char) -> u32 { if c == 'x' { c as u32 } else { '\n' as u32 } }
pub fn stat() -> u32 { static X: u32 = 3; static mut Y: u32 = 4; unsafe { Y = X; Y } }
pub fn rawrefs(s: &mut S) -> *mut u32 { let p = &raw mut s.a; let q = &raw const s.b; p }
pub fn coerce(a: &mut [u32; 4]) -> &[u32] { let b: *const u32 = &a[0]; a }
pub fn matchref(x: &(u32, Option<u32>)) -> u32 { match *x { (0, Some(n)) => n, (k, None) => k, _ => 9 } }
pub fn matchmut(x: &mut (u32, u32)) { match x { (a, 0) => *a = 1, (_, b) => *b += 1 } }
pub fn orlet(x: Result<u32, u32>) -> u32 { let (Ok(n) | Err(n)) = x; n }
pub fn guards(x: u32, y: bool) -> u32 { match x { 1 | 2 if y => 1, 3..=5 | 8 if !y => 2, n if n > 10 => 3, _ => 4 } }
pub fn iflet_else(x: Option<u32>, y: Option<u32>) -> u32 { if let Some(a) = x { a } else if let Some(b) = y { b } else { 3 } }
pub fn boxed(x: Option<&mut u32>) { if let Some(r) = x { *r = 1; } }
pub fn lab(x: u32) -> u32 { 'a: { if x > 3 { break 'a 1; } 2 } }
pub fn notcond(a: bool, b: bool) -> u32 { if !(a || !b) { 1 } else { 2 } }
pub fn unsz(a: [u32; 3]) -> usize { let s: &[u32] = &a; s.len() }
pub fn uninit(c: bool) -> u32 { let x; if c { x = 1 } else { x = 2 } x }
pub fn divassign(mut a: i32, b: i32) -> i32 { a /= b; a %= 3; a <<= 2; a }
pub fn shifts(a: u32, b: u8) -> u32 { a << b >> 3usize }
