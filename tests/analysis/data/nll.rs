pub struct Pair<'a> { pub a: &'a u32, pub b: &'a mut u32 }
pub struct Two<'x, 'y> { pub x: &'x u32, pub y: &'y u32 }
pub struct Plain { pub p: u32, pub q: u32 }
pub struct Guard<'a>(pub &'a mut u32);
impl Drop for Guard<'_> { fn drop(&mut self) { *self.0 += 1; } }
pub enum Tree<'a> { Leaf(&'a u32), Node(&'a Plain, u32), Empty }
impl Plain {
    pub fn get(&self) -> &u32 { &self.p }
    pub fn get_mut(&mut self) -> &mut u32 { &mut self.p }
    pub fn add(&mut self, n: u32) -> u32 { self.p += n; self.p }
    pub fn either<'a>(&'a self, other: &'a Plain) -> &'a Plain { if self.p > 1 { self } else { other } }
}
impl<'a> Pair<'a> {
    pub fn first(&self) -> &'a u32 { self.a }
    pub fn second(&mut self) -> &mut u32 { self.b }
}
pub fn pick<'a>(x: &'a u32, y: &'a u32) -> &'a u32 { if *x > *y { x } else { y } }
pub fn left<'a, 'b>(x: &'a u32, _y: &'b u32) -> &'a u32 { x }
pub fn swap<'a, T>(x: &'a mut T, y: &'a mut T) -> (&'a mut T, &'a mut T) { (y, x) }
pub fn hold<'a>(g: Guard<'a>) -> Guard<'a> { g }

pub fn f01(x: &u32) -> &u32 { let y = &*x; y }
pub fn f02(x: &mut u32) -> &u32 { *x = 1; let y = &*x; y }
pub fn f03(x: &mut u32) -> &mut u32 { let y = &mut *x; let z = &mut *y; *z += 1; y }
pub fn f04<'a, 'b: 'a>(x: &'a u32, y: &'b u32, c: bool) -> &'a u32 { if c { x } else { y } }
pub fn f05(v: &mut [u32]) -> u32 { let a = &mut v[0]; *a = 3; let b = &v[1]; *b + v[2] }
pub fn f06(p: &mut Plain) -> u32 { let a = &mut p.p; let b = &mut p.q; *a += *b; *b += 1; p.p }
pub fn f07(n: u32) -> u32 { let mut x = n; let r = &mut x; *r += 1; let s = &x; *s + x }
pub fn f08(c: bool) -> u32 { let x = 1; let y = 2; let mut r = &x; if c { r = &y; } *r }
pub fn f09(n: u32) -> u32 { let mut i = 0; let mut best = &0; let a = [1, 2, 3]; while i < n { best = &a[1]; i += 1; } *best }
pub fn f10(p: &mut Plain) -> u32 { let n = p.add(1); p.add(n) + *p.get() }
pub fn f11(p: &mut Plain) -> u32 { let r = p.get_mut(); *r = 2; let s = p.get(); *s }
pub fn f12<'a>(x: &'a u32, y: &'a mut u32) -> u32 { let mut p = Pair { a: x, b: y }; *p.second() = 3; *p.first() + *p.b }
pub fn f13<'x, 'y>(x: &'x u32, y: &'y u32) -> Two<'x, 'y> { Two { x, y } }
pub fn f14<'x, 'y>(t: Two<'x, 'y>) -> &'x u32 { let Two { x, y } = t; if *y > 3 { x } else { t.x } }
pub fn f15(t: &Tree) -> u32 { match t { Tree::Leaf(x) => **x, Tree::Node(p, n) => p.p + n, Tree::Empty => 0 } }
pub fn f16<'a>(t: Tree<'a>, d: &'a u32) -> &'a u32 { match t { Tree::Leaf(x) => x, Tree::Node(p, _) => &p.q, Tree::Empty => d } }
pub fn f17(o: Option<&mut u32>) -> u32 { if let Some(x) = o { *x += 1; *x } else { 0 } }
pub fn f18(o: &mut Option<u32>) -> Option<&u32> { if let Some(x) = o { *x += 1; } o.as_ref() }
pub fn f19(x: &mut u32, y: &mut u32) -> u32 { let (a, b) = swap(x, y); *a = 1; *b = 2; *x + *y }
pub fn f20(n: u32) -> u32 { let mut x = n; { let g = Guard(&mut x); *g.0 += 1; } x }
pub fn f21(n: u32) -> u32 { let mut x = n; let g = hold(Guard(&mut x)); let v = *g.0; drop(g); x + v }
pub fn f22(x: &u32, y: &u32) -> u32 { let a = pick(x, y); let b = left(a, y); *b + *a }
pub fn f23(a: &mut [u32; 4], i: usize) -> u32 { let r = &mut a[i]; *r += 1; let s = &a[..]; s[0] }
pub fn f24(a: [u32; 3]) -> u32 { let [x, ref y, z] = a; x + *y + z }
pub fn f25(p: &Plain, q: &Plain) -> u32 { let r = p.either(q); let s = &r.p; *s + r.q }
pub fn f26<'a>(x: &'a mut &'a u32, y: &'a u32) -> &'a u32 { *x = y; *x }
pub fn f27<'a, 'b>(x: &'a mut &'b u32) -> &'a &'b u32 { let y = &mut *x; y }
pub fn f28(n: u32) -> u32 { let mut v = n; let mut r = &mut v; let mut k = 0; loop { *r += 1; k += 1; if k > 3 { break; } r = &mut *r; } v }
pub fn f29(t: (&u32, &mut u32)) -> u32 { let (a, b) = t; *b = *a; *b }
pub fn f30(p: Plain) -> u32 { let r = &p; let s = (r, &p.q); s.0.p + *s.1 }
pub fn f31(x: u32) -> u32 { let r; { let y = x; r = y; } let s = &r; *s }
pub fn f32(x: &mut Plain, c: bool) -> &mut u32 { if c { return &mut x.p; } x.q += 1; &mut x.q }
pub fn f33(x: &u32, n: u32) -> u32 { let mut s = 0; let mut i = 0; while i < n { let y = &*x; s += *y; i += 1; } s }
pub fn f34(x: Option<&u32>, y: &u32) -> u32 { let r = match x { Some(v) if *v > 1 => v, _ => y }; *r }
pub fn f35<'a>(x: &'a mut u32, t: Option<&'a u32>) -> &'a u32 { let d = &*x; let r = t.unwrap_or(d); match r { 0 => d, _ => r } }
pub fn f36(n: u32) -> u32 { let mut x = n; let y = &mut x as *mut u32; let z = &x; *z + y as usize as u32 }
pub fn f37<'a>(p: &'a mut Pair<'_>) -> &'a mut u32 { let q = p; q.second() }
pub fn f38(x: &mut [u32]) -> u32 { let (l, r) = x.split_at_mut(1); l[0] = r[0]; x[0] }
pub fn f39<T: Copy>(x: &T, y: &mut T) -> T { *y = *x; let z = &*y; *z }
pub fn f40(s: &str) -> &str { let t = s; let u = &t[..]; u }
pub fn f41(x: &&u32) -> u32 { let y = *x; let z = &**x; *y + *z }
pub fn f42(mut p: Plain) -> Plain { let r = &mut p.p; *r = 1; let q = Plain { p: 2, ..p }; q }
pub fn f43(n: u32) -> u32 { let x = n; let r = &x; let t = [r, r, &n]; *t[0] + *t[2] }
pub fn f44(mut o: Option<u32>) -> u32 { while let Some(ref mut x) = o { *x -= 1; if *x == 0 { o = None; } } 0 }
pub fn e01() -> &'static u32 { let x = 1; let r = &x; r }
pub fn e02(n: u32) -> u32 { let mut x = n; let r = &x; x = 2; *r }
pub fn e03<'a, 'b>(x: &'a u32, y: &'b u32) -> &'a u32 { if *x > 1 { x } else { y } }
pub fn e04(v: &mut [u32]) -> u32 { let a = &mut v[0]; let b = &mut v[1]; *a += *b; *b }
pub fn e05() -> u32 { let r; { let x = 3; r = &x; } *r }
pub fn e06(n: u32) -> u32 { let mut x = n; let g = Guard(&mut x); let y = x; drop(g); y }
pub fn e07(p: &mut Plain) -> u32 { let r = p.get(); p.add(1); *r }
pub fn e08<'a>(x: &'a mut u32) -> Pair<'a> { Pair { a: x, b: x } }
pub fn e09(t: Two<'static, '_>, n: u32) -> u32 { let mut u = t; u.x = &n; *u.y }
