// Own functions whose MIR is compared with rustc's: patterns, loops, temporaries and drops.
#![allow(unused, static_mut_refs)]
pub struct D(pub u32);
impl Drop for D { fn drop(&mut self) {} }
impl D { pub fn get(&self) -> u32 { self.0 } pub fn set(&mut self, v: u32) { self.0 = v; } pub fn eat(self) -> u32 { self.0 } pub fn me(&self) -> &D { self } pub fn mem(&mut self) -> &mut D { self } pub fn opt(&self) -> Option<u32> { Some(self.0) } }
#[derive(Clone, Copy)]
pub struct P { pub x: u32, pub y: u32 }
pub struct W<'a> { pub r: &'a mut u32, pub s: &'a u32 }
pub struct N { pub a: D, pub b: D, pub p: P }
pub enum E { A, B(u32), C { z: D }, F(D, D) }
pub enum K { X = 3, Y = 5, Z = 9 }
pub fn mk(x: u32) -> D { D(x) }
pub fn take(d: D) {}
pub fn take2(a: D, b: D) -> u32 { a.0 + b.0 }
pub fn look(d: &D) -> u32 { d.0 }
pub fn poke(d: &mut D) { d.0 = 1; }
pub fn for1(n: u32) -> u32 { let mut s = 0; for i in 0..n { s += i; } s }
pub fn for2(a: &[u32]) -> u32 { let mut s = 0; for x in a { if *x == 3 { continue; } if *x > 9 { break; } s += *x; } s }
pub fn for3(a: &mut [u32]) { for x in a.iter_mut() { *x += 1; } }
pub fn for4(n: u32) { 'o: for i in 0..n { for j in 0..i { let d = D(j); if j == 3 { continue 'o; } if j == 4 { break 'o; } take(d); } } }
pub fn for5(n: u32) -> Option<u32> { for i in 0..n { let d = D(i); if d.0 > 3 { return Some(i); } } None }
pub fn for6(a: &[(u32, u32)]) -> u32 { let mut t = 0; for &(x, y) in a { t += x * y; } t }
pub fn while1(mut n: u32) { while n > 0 { let d = D(n); n -= 1; if n == 3 { return; } } }
pub fn while2(mut o: Option<D>) { while let Some(d) = o { o = None; take(d); } }
pub fn while3(d: &D) -> u32 { let mut i = 0; while let Some(x) = d.opt() { i += x; if i > 10 { break; } } i }
pub fn while4(a: &D, b: &D) { while a.get() < b.get() && a.get() != 3 || b.get() == 1 { take(D(1)); } }
pub fn loop1() -> u32 { let mut n = 0; loop { n += 1; let d = D(n); if n == 3 { continue; } if n == 9 { break d.0; } } }
pub fn loop2(mut n: u32) -> D { let mut d = D(0); loop { if n == 0 { break; } d = D(n); n -= 1; } d }
pub fn loop3(n: u32) -> u32 { let x = 'a: loop { let y = loop { if n > 3 { break 'a 1; } if n > 2 { break 2; } }; break y; }; x }
pub fn lblk1(c: bool) -> D { 'a: { let d = D(1); if c { break 'a d; } D(2) } }
pub fn lblk2(c: bool) -> u32 { let r = 'a: { let d = D(1); if c { break 'a 5; } d.0 }; r + 1 }
pub fn ret1(c: bool, d: D) -> D { if c { return D(3); } d }
pub fn ret2(c: u32) -> D { let a = D(1); match c { 0 => return a, 1 => {} 2 => return D(2), _ => { let b = D(3); return b; } } a }
pub fn ret3(o: Option<D>) -> u32 { let d = match o { Some(d) => d, None => return 0 }; d.0 }
pub fn q1(x: Option<D>) -> Option<u32> { let d = x?; Some(d.0) }
pub fn q2(x: Result<D, u32>) -> Result<u32, u32> { let e = D(1); let d = x?; Ok(d.0 + e.0) }
pub fn q3(d: &D) -> Option<u32> { let a = D(2); Some(d.opt()? + a.opt()?) }
pub fn le1(o: Option<D>) -> u32 { let Some(d) = o else { return 1; }; d.0 }
pub fn le2(d: &D) -> u32 { let Some(x) = d.opt() else { let e = D(2); return e.0; }; x }
pub fn le3(o: Result<u32, D>) -> u32 { let (Ok(n) | Err(D(n))) = o else { loop {} }; n }
pub fn le4(mut i: u32) { loop { let Some(x) = mk(i).opt() else { break; }; i = x; let 5 = i else { continue }; } }
pub fn tmp1() -> u32 { mk(1).get() + mk(2).get() }
pub fn tmp2() { mk(1).set(2); mk(3); }
pub fn tmp3() -> u32 { let r = &mk(1); let s = mk(2).get(); r.0 + s }
pub fn tmp4() -> u32 { let r = &mut mk(1).0; *r = 3; *r }
pub fn tmp5() -> u32 { let p = (&mk(1), &mk(2)); p.0.0 + p.1.0 }
pub fn tmp6(c: bool) -> u32 { let r = if c { &mk(1) } else { &mk(2) }; r.0 }
pub fn tmp7(c: u32) -> u32 { let r = match c { 0 => &mk(1), _ => &mk(2) }; r.0 }
pub fn tmp8() -> u32 { let r = { &mk(1) }; r.0 }
pub fn tmp9() -> u32 { let ref r = mk(1); r.0 }
pub fn tmp10() -> u32 { let Some(ref r) = Some(mk(1)) else { return 0 }; r.0 }
pub fn tmp11() -> u32 { let n = N { a: mk(1), b: mk(2), p: P { x: 1, y: 2 } }; let r = &n.a; r.0 }
pub fn tmp12() -> u32 { let r = Some(&mk(1)); if let Some(x) = r { x.0 } else { 0 } }
pub fn tmp13() -> u32 { { let a = mk(1); look(&a) } }
pub fn tmp14() -> u32 { { let a = mk(1); a.me().get() } }
pub fn tmp15(c: bool) -> u32 { if mk(1).get() == 1 { 3 } else if c && mk(2).get() == 2 { 4 } else { 5 } }
pub fn tmp16() -> u32 { if let Some(x) = mk(1).opt() { x } else { mk(3).get() } }
pub fn tmp17() -> u32 { match mk(1).opt() { Some(x) if x > mk(2).get() => x, Some(_) => 1, None => 2 } }
pub fn tmp18(a: &mut [D; 2], i: usize) -> u32 { a[mk(1).get() as usize].0 = mk(3).get(); a[i].get() }
pub fn tmp19() -> bool { mk(1).get() == 1 && mk(2).get() == 2 || mk(3).get() == 3 }
pub fn tmp20() -> u32 { let x = &*mk(1).me(); 3 }
pub fn tmp21() -> [u32; 2] { [mk(1).get(), mk(2).get()] }
pub fn tmp22() -> P { P { y: mk(1).get(), x: mk(2).get() } }
pub fn tmp23() -> u32 { let a = [mk(1), mk(2)]; a[0].0 }
pub fn tmp24(c: bool) -> u32 { take2(mk(1), if c { return 3 } else { mk(2) }) }
pub fn tmp25(c: bool) -> u32 { let t = (mk(1), if c { return 3 } else { mk(2) }); t.0.0 }
pub fn tmp26(c: bool) -> N { N { a: mk(1), b: if c { loop {} } else { mk(2) }, p: P { x: 0, y: 1 } } }
pub fn tmp27() -> u32 { let a = &[mk(1), mk(2)][..]; a.len() as u32 }
pub fn tmp28() -> u32 { let a = &[1u32, 2, 3][1..]; a[0] }
pub fn tmp29(x: u32) -> u32 { let a: &[u32] = &[x, x]; let b: &dyn Tr = &D(3); a[0] + b.m(&3) }
pub trait Tr { fn m(&self, o: &u32) -> u32; fn n(&mut self) {} }
impl Tr for D { fn m(&self, o: &u32) -> u32 { self.0 + *o } }
pub fn mv1(d: D, c: bool) { if c { take(d); } else { let e = d; } }
pub fn mv2(d: D, c: bool) -> u32 { if c { take(d); return 1; } d.0 }
pub fn mv3(n: N, c: bool) { if c { take(n.a); } }
pub fn mv4(n: N) -> D { let N { a, .. } = n; a }
pub fn mv5(mut n: N) { take(n.a); n.a = D(3); take(n.b); }
pub fn mv6(mut d: D) { take(d); d = D(2); d.set(3); }
pub fn mv7(d: D) { let x; x = d; take(x); }
pub fn mv8(c: bool) { let x: D; if c { x = D(1); } }
pub fn mv9(e: E) -> u32 { match e { E::F(a, _) => a.0, E::C { z } => z.0, _ => 1 } }
pub fn mv10(e: E) -> u32 { match e { E::F(ref a, ref b) => a.0 + b.0, E::C { ref z } => z.0, E::B(n) => n, E::A => 0 } }
pub fn mv11(e: &E) -> u32 { match e { E::F(a, b) => a.0 + b.0, E::C { z } => z.0, E::B(n) => *n, E::A => 0 } }
pub fn mv12(e: &mut E) { match e { E::F(a, b) => { a.0 = 1; b.0 = 2; } E::C { z } => poke(z), E::B(n) => *n += 1, E::A => *e = E::B(1) } }
pub fn mv13(o: Option<(D, u32)>) -> u32 { if let Some((d, 3)) = o { d.0 } else { 1 } }
pub fn mv14(t: (D, D)) { let (a, _) = t; take(a); }
pub fn mv15(t: (D, D)) { let (_, ref b) = t; look(b); }
pub fn mv16(t: (D, (D, D))) -> D { let (_a, (b, _c)) = t; b }
pub fn mv17(a: [D; 3]) -> D { let [x, _, z] = a; take(x); z }
pub fn mv18(a: [D; 3]) -> u32 { let [x, rest @ ..] = a; x.0 + rest[0].0 }
pub fn as1(mut d: D, e: D) { d = e; d = D(3); }
pub fn as2(n: &mut N, d: D) { n.a = d; n.p.x = 3; n.p = P { x: 1, y: 2 }; }
pub fn as3(d: &mut D) { *d = D(4); }
pub fn as4(a: &mut [D], i: usize) { a[i] = mk(3); a[i + 1].0 += 2; }
pub fn as5(o: &mut Option<D>) { *o = Some(D(1)); *o = None; }
pub fn as6(mut a: u32, mut b: u32) { (a, b) = (b, a); [a, _] = [1, 2]; P { x: a, .. } = P { x: 1, y: 2 }; }
pub fn as7(x: &mut u32, y: &mut u32) { *x += *y; *y = *x + *y; *x <<= 1u8; *x -= { *y = 2; 1 }; }
pub fn ini1(c: bool) -> u32 { let x; let y; if c { x = 1; y = 2 } else { y = 3; x = 4 } x + y }
pub fn ini2() -> u32 { let (a, b): (u32, u32); a = 1; b = 2; a + b }
pub fn ini3(n: u32) -> u32 { let x; loop { if n > 3 { x = n; break; } } x }
