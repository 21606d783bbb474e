// Own functions whose MIR is compared with rustc's: matches, guards, borrows, closures, generics.
#![allow(unused)]
pub struct D(pub u32);
impl Drop for D { fn drop(&mut self) {} }
impl D { pub fn get(&self) -> u32 { self.0 } pub fn set(&mut self, v: u32) { self.0 = v; } pub fn eat(self) -> u32 { self.0 } }
#[derive(Clone, Copy)]
pub struct P { pub x: u32, pub y: u32 }
pub struct N { pub a: D, pub b: D, pub p: P, pub q: (u32, P) }
pub struct R<'a> { pub r: &'a mut u32, pub s: &'a u32, pub n: &'a mut N }
pub enum E { A, B(u32), C { z: D }, F(P, P) }
pub enum K { X = 3, Y = 5, Z = 9 }
pub fn take(d: D) {}
pub fn look(d: &u32) -> u32 { *d }
pub fn poke(d: &mut u32) { *d = 1; }
pub fn g1(x: u32) -> u32 { match x { n if n > 3 => n, n if n == 2 => 7, n => n + 1 } }
pub fn g2(o: Option<D>, c: bool) -> u32 { match o { Some(d) if c => d.0, Some(d) => d.0 + 1, None => 2 } }
pub fn g3(o: &Option<u32>) -> u32 { match o { Some(n) if *n > 3 => *n, &Some(n) => n, None => 1 } }
pub fn g4(o: &mut Option<u32>) { match o { Some(n) if *n > 3 => *n = 1, Some(n) => *n += 1, None => {} } }
pub fn g5(t: (u32, bool)) -> u32 { match t { (1 | 2, true) => 1, (n @ 3..=9, b) if b => n, (_, false) => 3, (n, true) => n } }
pub fn g6(a: u32, b: Option<u32>) -> u32 { match (a, b) { (0, Some(n)) if n > 1 => n, (k, Some(n)) if k > n => k, (_, None) => 4, _ => 5 } }
pub fn g7(o: Option<u32>, p: Option<u32>) -> u32 { match o { Some(x) if x > 3 => x, Some(x) => x, None => 0 } }
pub fn g8(o: Option<(D, u32)>) -> u32 { match o { Some((d, 1 | 2)) if d.0 > 1 => d.0, Some((_, n)) => n, None => 0 } }
pub fn g9(x: u32, y: u32) -> u32 { match x { 1 | 2 | 3 if y > x => 1, 4..=7 if y == 2 => 2, 5 => 3, _ => 4 } }
pub fn g10(e: E) -> u32 { match e { E::A | E::B(0) => 0, E::B(n @ (1 | 2)) => n, E::B(n) if n > 9 => 9, E::B(_) => 1, E::C { z } if z.0 == 1 => 2, E::C { .. } => 3, E::F(P { x, .. }, P { y, .. }) => x + y } }
pub fn m1(k: K) -> u32 { match k { K::X => 1, K::Y => 2, K::Z => 3 } }
pub fn m2(k: &K) -> bool { matches!(k, K::X | K::Z) }
pub fn m3(a: &[u32]) -> u32 { match a { [] => 0, [x] => *x, [x, y, ..] if *x == *y => 2, [.., z] => *z } }
pub fn m4(a: [u32; 3]) -> u32 { match a { [1, ..] => 1, [_, 2, _] => 2, [x, y, z] => x + y + z } }
pub fn m5(a: &mut [u32]) { if let [x, y, rest @ ..] = a { *x = 1; *y = 2; rest[0] = 3; } }
pub fn m6(c: char) -> u32 { match c { 'a' | 'e' | 'i' => 1, 'b'..='z' => 2, '\n' => 3, _ => 4 } }
pub fn m7(b: bool, c: bool) -> u32 { match (b, c) { (true, _) => 1, (false, true) => 2, (false, false) => 3 } }
pub fn m8(x: i32) -> i32 { match x { i32::MIN..=-1 => -1, 0 => 0, 1.. => 1 } }
pub fn m9(x: &&Option<&u32>) -> u32 { match x { Some(n) => **n, None => 0 } }
pub fn m10(x: Option<Option<D>>) -> u32 { match x { Some(Some(d)) => d.0, Some(None) => 1, None => 2 } }
pub fn m11(x: Result<u32, u32>) -> u32 { match x { Ok(n) | Err(n) => n } }
pub fn m12(x: u32) { match x { 0 => {} _ => return } take(D(x)); }
pub fn m13(x: (u32, Option<D>)) -> u32 { let (n, o) = x; match o { Some(D(5)) => 1, Some(ref d) => d.0, None => n } }
pub fn m14(x: P) -> u32 { let P { x: a, y: ref b } = x; a + *b }
pub fn m15(x: &(P, u32)) -> u32 { let (P { x: a, .. }, b) = x; let &(p, _) = x; *a + *b + p.y }
pub fn m16(x: Option<u32>) -> u32 { const Z: Option<u32> = Some(3); match x { Z => 1, Some(_) => 2, None => 3 } }
pub fn m17(n @ (a, b): (u32, u32)) -> u32 { let t @ P { x, .. } = P { x: a, y: b }; n.0 + t.y + x }
pub fn m18(x: u8) -> u8 { match x { b'a'..=b'z' => 1, b'0' | b'1' => 2, 255 => 3, _ => 0 } }
pub fn m20(x: Option<u32>) -> u32 { if let Some(1..=5) | None = x { 1 } else { 2 } }
pub fn m21(x: Option<&mut u32>, y: &mut u32) { match x { Some(r) => *r = 1, None => *y = 2 } *y = 3; }
pub fn m22(x: (Option<u32>, Option<u32>)) -> u32 { if let (Some(a), Some(b)) = x && a > b { a } else if let (None, Some(c)) = x { c } else { 0 } }
pub fn m23(x: &E) -> &u32 { match x { E::B(n) => n, E::F(P { x, .. }, _) => x, E::C { z } => &z.0, _ => &7 } }
pub fn m24(x: u32) -> bool { !matches!(x, 1..=3 if x != 2) }
pub fn m25(x: Option<u32>) -> u32 { match x { Some(n) if { let d = D(n); d.0 == 3 } => 1, _ => 2 } }
pub fn m26(f: f32) -> u32 { match f { 0.0 => 1, 1.0..=2.0 => 2, _ => 3 } }
pub fn m27(x: &u32, y: &Option<(u32, u32)>) -> u32 { match *x { 0 => 1, _ => match *y { Some((a, _)) if a == *x => a, Some((_, ref b)) => *b, None => 0 } } }
pub fn b1(n: &mut N) -> (&mut u32, &u32) { (&mut n.p.x, &n.p.y) }
pub fn b2(x: &mut u32) { let r = &mut *x; poke(r); poke(x); let s: &mut u32 = x; poke(s); poke(x); }
pub fn b3<'a>(r: &'a mut R) -> &'a mut u32 { let x = &mut *r.r; *x = 2; r.r }
pub fn b4(r: R) -> &mut u32 { r.n.p.x = 3; *r.r = *r.s; r.r }
pub fn b5(n: &mut N) { let D(a) = &mut n.a; *a = 3; let (ref mut u, P { ref y, .. }) = n.q; *u = *y; }
pub fn b6(a: &mut [u32; 4], i: usize) { a[i] = a[i + 1]; let r = &mut a[i]; *r = 3; poke(&mut a[0]); }
pub fn b7(a: &mut [[u32; 2]], i: usize) -> u32 { a[i][1] += a[i][0]; let s = &a[i]; s[0] + s[1] }
pub fn b8(d: &mut D) { d.set(d.get() + 1); d.set({ let k = 1; k + 2 }); }
pub fn b9(mut d: D) -> u32 { let r = &mut d; r.set(3); let q = &d; q.get() + d.eat() }
pub fn b10(x: &u32) -> &u32 { let y = x; let z: &u32 = &*y; z }
pub fn b11(x: u32) -> u32 { let a = &x; let b = &a; let c = &&b; ***c + **b + ****c }
pub fn b12(c: bool, x: &mut u32, y: &mut u32) { let r = if c { x } else { y }; *r = 3; }
pub fn b13(c: bool, x: &mut u32, y: &mut u32) { let r: &mut u32; if c { r = x; } else { r = &mut *y; } *r = 3; }
pub fn b14(x: &mut Option<u32>) -> Option<&mut u32> { match x { Some(v) => Some(v), None => None } }
pub fn b15(x: &mut u32) -> *mut u32 { let p: *mut u32 = x; let q = x as *mut u32 as *const u32; p }
pub fn b16(x: *mut P) -> u32 { unsafe { (*x).x = 3; let r = &mut (*x).y; *r += 1; (*x).y } }
pub fn b17(a: &[u32], b: &[u32]) -> u32 { let (l, r) = a.split_at(2); l[0] + r[0] + b[l.len()] }
pub fn b18(a: &mut [u32]) { let (l, r) = a.split_at_mut(1); l[0] = r[0]; core::mem::swap(&mut l[0], &mut r[0]); }
pub fn b19(x: &'static str) -> usize { let s: &'static str = x; s.len() }
pub fn b20<'a, 'b: 'a>(x: &'a u32, y: &'b u32, c: bool) -> &'a u32 { if c { x } else { y } }
pub fn b21(v: &mut u32) -> u32 { let w = &mut *v; *w += 1; let z = *w; *v + z }
pub fn b22(a: &mut (u32, u32), b: &(u32, u32)) { a.0 = b.1; let (x, y) = a; core::mem::swap(x, y); }
pub fn b23(a: [u32; 3]) -> u32 { let s: &[u32] = &a; let t: &[u32] = &[4, 5]; s[0] + t[1] }
pub fn b24(a: &[D; 2]) -> usize { let s: &[D] = a; take2(a, s) }
pub fn take2(a: &[D], b: &[D]) -> usize { a.len() + b.len() }
pub fn b25(x: &mut &mut u32) { **x = 1; let y = &mut **x; *y = 2; let z: &u32 = *x; look(z); look(*x); poke(*x); }
pub fn c1(x: u32, y: u32) -> u32 { let f = |a: u32| a + x * y; f(1) }
pub fn c2(mut n: u32) -> u32 { let mut f = || { n += 1; n }; f(); f() }
pub fn c3(d: D) -> u32 { let f = move || d.0; f() + f() }
pub fn c4(d: D) -> D { let f = || d; f() }
pub fn c5(n: &mut N) { let mut f = || { n.p.x += 1; n.a.0 = 2; }; f(); n.p.y = 1; }
pub fn c6(n: N) -> u32 { let f = || n.p.x + n.q.1.y; let r = f(); take(n.a); r }
pub fn c7(mut n: N) { let mut f = |v| n.p.x = v; f(1); f(2); let g = || { let _ = &n.b; }; g(); }
pub fn c8(x: &mut u32) { let mut f = move || *x += 1; f(); f(); }
pub fn c9(x: &u32) -> u32 { let f = move || *x; f() }
pub fn c10(t: (D, u32)) -> u32 { let f = || { let (a, b) = t; a.0 + b }; f() }
pub fn c11(t: (D, u32)) -> u32 { let f = || { let (ref a, b) = t; a.0 + b }; f() }
pub fn c12(o: Option<D>) -> u32 { let f = || match o { Some(ref d) => d.0, None => 0 }; f() }
pub fn c13(x: u32) -> u32 { let f = |y: u32| { let g = |z: u32| x + y + z; g(1) }; f(2) }
pub fn c14(mut x: u32) -> u32 { { let mut f = || { let mut g = || x += 1; g(); g(); }; f(); } x }
pub fn c15(a: &mut [u32], i: usize) { let mut f = |v: u32| a[i] = v; f(1); f(2); }
pub fn c16(r: R) { let f = || { *r.r = 1; r.n.p.x = 2; *r.s }; let mut f = f; f(); }
pub fn c17(d: D, c: bool) { let f = move || { if c { take(d); } }; f(); }
pub fn c18(p: P) -> u32 { let f = |P { x, y }: P, (a, b): (u32, u32)| x + y + a + b; f(p, (1, 2)) }
pub fn c19(x: u32) -> Option<u32> { let f = |v: Option<u32>| -> Option<u32> { let w = v?; Some(w + x) }; f(Some(1)) }
pub fn c20<F: FnOnce() -> u32>(f: F) -> u32 { f() }
pub fn c21<F: FnMut(&mut u32)>(mut f: F, x: &mut u32) { f(x); f(x); }
pub fn c22<F: Fn(u32, u32) -> u32 + Copy>(f: F) -> u32 { let g = f; g(1, 2) + f(3, 4) }
pub fn c23(f: &dyn Fn(u32) -> u32, g: &mut dyn FnMut(u32)) -> u32 { g(2); f(1) }
pub fn c24(x: u32) -> u32 { c20(|| x) + c20(move || x + 1) + c22(|a, b| a + b + x) }
pub fn c25(n: &N) -> u32 { let f = || n.a.0 + n.p.x; f() }
pub fn c26(mut a: [u32; 2]) -> u32 { let f = || a[0] = 1; let mut f = f; f(); a[0] }
pub fn c27(n: &mut N) -> u32 { let r = &mut n.p; let f = || r.x; f() }
pub fn c28(mut n: N) -> D { let f = move || n.a; let d = f(); d }
pub fn t1<T: Clone>(x: &T) -> T { x.clone() }
pub fn t2<T: PartialOrd + Copy>(a: T, b: T) -> T { if a < b { a } else { b } }
pub fn t3<T: Default>() -> (T, T) { (T::default(), Default::default()) }
pub fn t4<T>(a: T, c: bool) -> Option<T> { if c { Some(a) } else { None } }
pub fn t5<T: core::ops::Add<Output = T> + Copy>(a: T, b: &T) -> T { let mut s = a + *b; s = s + a; s }
pub fn t6<T: core::ops::AddAssign + Copy>(a: &mut T, b: T) { *a += b; }
pub fn t7<I: Iterator<Item = u32>>(it: I) -> u32 { let mut s = 0; for x in it { s += x; } s }
pub fn t8<T, const N: usize>(a: &[T; N], i: usize) -> &T { &a[i] }
pub fn t9<T: core::ops::Deref<Target = P>>(a: T) -> u32 { a.x + (*a).y }
pub fn t10<T: core::ops::DerefMut<Target = P>>(mut a: T) { a.x = 1; (*a).y += 2; }
pub fn t11<T: core::ops::Index<usize, Output = P>>(a: &T) -> u32 { a[0].x + a[1].y }
pub fn t12<T: core::ops::IndexMut<usize, Output = P>>(a: &mut T) { a[0].x = 3; a[1].y += 1; let r = &mut a[2]; r.x = 1; }
pub fn t13<T>(a: [T; 2]) -> T { let [x, y] = a; y }
pub fn t14<T: Fn() -> D>(f: T) -> u32 { f().get() + f().eat() }
pub fn t15<'a, T: ?Sized>(x: &'a &'a T) -> &'a T { *x }
pub fn t16<T>(o: &mut Option<T>, v: T) -> Option<T> { let old = o.take(); *o = Some(v); old }
pub fn u1() { let x = 3; { let y = x; } ; ; }
pub fn u2(c: bool) -> u32 { let x = if c { 1 } else { return 2 }; x }
pub fn u3() -> ! { loop { let d = D(1); } }
pub fn u4(x: u32) -> u32 { let y = { let z = x + 1; z * 2 }; (y, { y + 1 }).1 }
pub fn u5(x: u32) -> (u32, [u32; 3], bool) { (x, [x; 3], !(x == 1)) }
pub fn u6(x: i32) -> i32 { -x - -5 + !x }
pub fn u7(a: f32) -> u32 { a as u32 + (a > 1.0) as u32 + K::Y as u32 }
pub fn u8_(x: u32) -> u32 { if x > 1 && (x < 5 || x == 9) && !(x == 3 || x == 4) { 1 } else { 0 } }
pub fn u9(x: u32) -> bool { let b = !(x > 1 && x < 3); b || x == 5 && b }
pub fn u10() { let _ = D(1); let _x = D(2); let (_, _y) = (D(3), D(4)); _ = D(5); }
pub fn u11(d: D) { d; }
pub fn u12(d: &D) { d.0; let _ = *d; let _ = d.0; }
pub fn u13(x: Option<u32>) -> u32 { let Some(y) = x else { unsafe { core::hint::unreachable_unchecked() } }; y }
