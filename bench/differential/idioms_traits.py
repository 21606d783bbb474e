"""Idioms of items: traits, generics, operators, constants, macros, modules. See ``idioms``."""

from __future__ import annotations

from bench.differential import types as y
from bench.differential.statements import Statements


def trait_with_default(w: Statements) -> None:
    a, b, c = y.random_int(w.rng), y.random_int(w.rng), y.random_int(w.rng)
    t, s, r = w.fresh("T"), w.fresh("P"), w.fresh("Q")
    w.items.append(
        f"trait {t} {{ type Out: Copy + Put; const K: {a}; fn get(&self) -> Self::Out; fn k(&self) -> {a} {{ Self::K.wrapping_mul({w.literal(a, True)}) }}"
        f" fn both(&self) -> (Self::Out, {a}) {{ (self.get(), self.k()) }} }}\n"
        f"#[derive(Clone, Copy)] struct {s}({b}); #[derive(Clone, Copy)] struct {r}({c});\n"
        f"impl {t} for {s} {{ type Out = {b}; const K: {a} = {w.literal(a, True)}; fn get(&self) -> {b} {{ self.0.rotate_left(3) }} }}\n"
        f"impl {t} for {r} {{ type Out = ({c}, bool); const K: {a} = {s}::K ^ {w.literal(a, True)}; fn get(&self) -> ({c}, bool) {{ (self.0, self.0 > {w.literal(c, True)}) }}"
        f" fn k(&self) -> {a} {{ !Self::K }} }}\n"
        f"impl<X: {t}, Y: {t}> {t} for (X, Y) {{ type Out = (X::Out, Y::Out); const K: {a} = X::K.wrapping_add(Y::K);"
        f" fn get(&self) -> Self::Out {{ (self.0.get(), self.1.get()) }} }}\n"
        f"fn {t.lower()}<X: {t} + ?Sized>(v: &X) -> (X::Out, {a}) {{ v.both() }}"
    )
    w.line(f"let p = {s}({w.expr(b, 1, True)}); let q = {r}({w.expr(c, 1, True)});")
    w.put(f"{t.lower()}(&p)")
    w.put(f"{t.lower()}(&(p, q))")
    w.put(f"<(({r}, {s}), {r}) as {t}>::K")


def blanket_impl(w: Statements) -> None:
    a = y.random_int(w.rng)
    t, u = w.fresh("T"), w.fresh("U")
    w.items.append(
        f"trait {t} {{ fn v{t}(self) -> {a}; }} trait {u}: {t} {{ fn w{t}(self) -> {a}; }}\n"
        f"impl {t} for u8 {{ fn v{t}(self) -> {a} {{ self as {a} }} }} impl {t} for bool {{ fn v{t}(self) -> {a} {{ if self {{ {w.literal(a)} }} else {{ 1 }} }} }}\n"
        f"impl<X: {t} + Copy, const N: usize> {t} for [X; N] {{ fn v{t}(self) -> {a} {{ let mut s: {a} = N as {a}; for e in self {{ s = s.wrapping_mul(31).wrapping_add(e.v{t}()); }} s }} }}\n"
        f"impl<X: {t}> {t} for Option<X> {{ fn v{t}(self) -> {a} {{ self.map_or({w.literal(a, True)}, |e| e.v{t}() ^ 1) }} }}\n"
        f"impl<X: {t}> {u} for X {{ fn w{t}(self) -> {a} {{ self.v{t}().wrapping_sub({w.literal(a, True)}) }} }}"
    )
    w.put(f"[{w.expr(y.U8, 1)}, {w.expr(y.U8, 1, True)}].w{t}()")
    w.put(f"Some([{w.expr(y.BOOL, 1)}; 3]).w{t}()")
    w.put(f"{w.option(y.U8, 1)}.v{t}()")


def operators(w: Statements) -> None:
    a, v = w.rng.choice((y.F32, y.F64, y.random_int(w.rng))), w.fresh("V")
    mul = "self.0 * k" if isinstance(a, y.Float) else "self.0.wrapping_mul(k)"
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq, PartialOrd, Default)] struct {v}({a}, {a});\n"
        f"impl Add for {v} {{ type Output = {v}; fn add(self, o: {v}) -> {v} {{ {v}(self.0 + o.0, self.1 + o.1) }} }}\n"
        f"impl<'a> Sub<&'a {v}> for &'a {v} {{ type Output = {v}; fn sub(self, o: &{v}) -> {v} {{ {v}(self.0 - o.0, self.1 - o.1) }} }}\n"
        f"impl Mul<{a}> for {v} {{ type Output = {v}; fn mul(self, k: {a}) -> {v} {{ {v}({mul}, self.1) }} }}\n"
        f"impl Mul<{v}> for {a} {{ type Output = {v}; fn mul(self, v: {v}) -> {v} {{ v * self }} }}\n"
        f"impl AddAssign for {v} {{ fn add_assign(&mut self, o: {v}) {{ *self = *self + o; }} }}\n"
        f"impl Index<usize> for {v} {{ type Output = {a}; fn index(&self, i: usize) -> &{a} {{ if i == 0 {{ &self.0 }} else {{ &self.1 }} }} }}\n"
        f"impl IndexMut<usize> for {v} {{ fn index_mut(&mut self, i: usize) -> &mut {a} {{ match i {{ 0 => &mut self.0, _ => &mut self.1 }} }} }}\n"
        f"impl Put for {v} {{ fn put(self, o: &mut Out) {{ o.put((self.0, self.1)) }} }}"
    )
    w.line(
        f"let p = {v}({w.expr(a, 1, True)}, {w.expr(a, 1, True)}); let q = {v}({w.expr(a, 1, True)}, {w.expr(a, 1, True)});"
    )
    w.line(
        f"let mut r = p + q * {w.expr(a, 1)}; r += {w.expr(a, 1)} * (&p - &q); r[1] = r[0] + {w.expr(a, 0, True)}; r[0] {w.rng.choice('+-*')}= p[1];"
    )
    w.put("r")
    w.put("(p == q, p < r, p.partial_cmp(&q), r[1] == q[0])")


def generic_struct(w: Statements) -> None:
    a, b = y.random_scalar(w.rng), y.random_int(w.rng)
    s = w.fresh("G")
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)] struct {s}<T, const N: usize = 2> {{ v: [T; N], n: usize }}\n"
        f"impl<T: Copy + Default, const N: usize> {s}<T, N> {{ const CAP: usize = N; const fn new(v: [T; N]) -> Self {{ {s} {{ v, n: N }} }}\n"
        f" fn push(&mut self, t: T) -> Result<usize, T> {{ if self.n < Self::CAP {{ self.v[self.n] = t; self.n += 1; Ok(self.n) }} else {{ Err(t) }} }}\n"
        f" fn pop(&mut self) -> Option<T> {{ self.n = self.n.checked_sub(1)?; Some(self.v[self.n]) }}\n"
        f" fn map<U>(self, f: impl FnMut(T) -> U) -> {s}<U, N> {{ {s} {{ v: self.v.map(f), n: self.n }} }} fn iter(&self) -> impl Iterator<Item = &T> + '_ {{ self.v[..self.n].iter() }} }}"
    )
    n = w.rng.randrange(1, 5)
    w.line(f"let mut g: {s}<{b}, {n}> = {s}::new({w.array(b, n, 1, True)});")
    for _ in range(w.rng.randrange(1, 4)):
        w.line(
            w.rng.choice(
                (f"o.put(g.push({w.expr(b, 1, True)}));", "o.put(g.pop());", f"if {w.expr(y.BOOL, 1)} {{ g.pop(); }}")
            )
        )
    w.put(f"g.iter().map(|q| q.wrapping_mul(3)).fold(0{b}, |a, b| a ^ b)")
    w.put(f"g.map(|q| (q as {w.rng.choice(y.INTS)}, q > {w.literal(b, True)})).v")
    w.put(f"{s}::<{a}>::CAP")


def const_evaluation(w: Statements) -> None:
    a = y.random_int(w.rng)
    f, t, n = w.fresh("c"), w.fresh("TABLE"), w.rng.randrange(2, 9)
    w.items.append(
        f"const fn {f}(n: usize) -> {a} {{ let mut v: {a} = {w.literal(a, True)}; let mut i = 0; while i < n {{ v = v.wrapping_mul({w.literal(a, True)}).rotate_left(1) ^ (i as {a}); "
        f"if v & 1 == 0 {{ v = !v; }} i += 1; }} v }}\n"
        f"const {t}: [{a}; {n}] = {{ let mut t = [0; {n}]; let mut i = 0; while i < {n} {{ t[i] = {f}(i); i += 1; }} t }};\n"
        f"static S{t}: ([{a}; {n}], Option<{a}>) = ({t}, {t}[{n - 1}].checked_add(1)); const L{t}: usize = {t}.len() * 2 + {f}(3) as usize % 5;"
    )
    w.put(f"{t}[{w.index(n, 1)}]")
    w.put(f"({f}({w.expr(y.USIZE, 1)} % 9), S{t}.0[{n - 1}], S{t}.1, L{t})")
    w.put(f"[{w.expr(a, 1)}; L{t} % 4].len() + const {{ {n} * 3 }}")
    w.put(f"const {{ let k = {f}({n}); (k, k.count_ones()) }}")


def const_generic_arithmetic(w: Statements) -> None:
    a, m = w.rng.choice((y.F32, y.F64, y.random_int(w.rng))), w.fresh("M")
    r, c = w.rng.randrange(1, 4), w.rng.randrange(1, 4)
    w.items.append(
        f"#[derive(Clone, Copy)] struct {m}<const R: usize, const C: usize>([[{a}; C]; R]);\n"
        f"impl<const R: usize, const C: usize> {m}<R, C> {{ const N: usize = R * C; fn t(&self) -> {m}<C, R> {{ let mut o = {m}([[0 as {a}; R]; C]);"
        f" for i in 0..R {{ for j in 0..C {{ o.0[j][i] = self.0[i][j]; }} }} o }}\n"
        f" fn mul<const K: usize>(&self, b: &{m}<C, K>) -> {m}<R, K> {{ {m}(core::array::from_fn(|i| core::array::from_fn(|j| {{ let mut s = 0 as {a};"
        f" for k in 0..C {{ s += self.0[i][k] * b.0[k][j]; }} s }}))) }} }}"
    )
    w.line(f"let p: {m}<{r}, {c}> = {m}([{', '.join(w.array(a, c, 0, True) for _ in range(r))}]);")
    w.put("p.mul(&p.t()).0")
    w.put(f"({m}::<{r}, {c}>::N, p.t().0)")


def derives(w: Statements) -> None:
    e, a, b = w.fresh("E"), y.random_scalar(w.rng, False), y.random_int(w.rng)
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)] enum {e}<T> {{ #[default] A, B(T), C {{ p: T, q: {b} }}, D(bool, T) }}\n"
        f"impl<T: Put> Put for {e}<T> {{ fn put(self, o: &mut Out) {{ match self {{ {e}::A => o.put(9u8), {e}::B(t) => o.put(t), {e}::C {{ p, q }} => o.put((p, q)), {e}::D(x, t) => o.put((t, x)) }} }} }}"
    )

    def made() -> str:
        return w.rng.choice(
            (
                f"{e}::A",
                f"{e}::B({w.expr(a, 1, True)})",
                f"{e}::C {{ q: {w.expr(b, 1, True)}, p: {w.expr(a, 1, True)} }}",
                f"{e}::D({w.expr(y.BOOL, 1)}, {w.expr(a, 1, True)})",
            )
        )

    w.line(f"let es: [{e}<{a}>; 4] = [{', '.join(made() for _ in range(4))}];")
    w.put("(es[0] == es[1], es[1] < es[2], es[2].cmp(&es[3]), es[0].partial_cmp(&es[3]), es[1] != es[3])")
    w.put("es.iter().max().copied()")
    w.put("es.iter().min().cloned().unwrap_or_default()")
    w.put("{ let mut s = es; s.sort_unstable(); s }")
    w.put(f"es.iter().filter(|e| matches!(e, {e}::B(_) | {e}::C {{ q: 0..=100, .. }})).count()")


def macro_rules_items(w: Statements) -> None:
    a, m, s = y.random_int(w.rng), w.fresh("mac"), w.fresh("S")
    w.items.append(
        f"macro_rules! {m} {{ (@one $e:expr) => {{ ($e).rotate_left(1) }}; ($($x:expr),* $(,)?) => {{{{ let mut t: {a} = 0; $( t = t.wrapping_mul(7) ^ {m}!(@one $x); )* t }}}};"
        f" (struct $n:ident {{ $($f:ident: $t:ty = $d:expr),* }}) => {{ #[derive(Clone, Copy)] struct $n {{ $($f: $t),* }} impl $n {{ fn new() -> $n {{ $n {{ $($f: $d),* }} }} }} }};"
        f" ($n:ident => $($k:literal)|+) => {{ match $n {{ $($k)|+ => true, _ => false }} }}; }}\n"
        f"{m}! {{ struct {s} {{ a: {a} = {w.literal(a)}, b: (u8, bool) = (3, true), c: [u16; 2] = [1, 2] }} }}"
    )
    w.line(f"let t = {w.expr(a, 1)}; let s = {s}::new();")
    w.put(f"{m}!(t, {w.expr(a, 1)}, {{ let t = s.a; t }})")
    w.put(f"(s.b, s.c, {m}!(t => 1 | 5 | 7))")


def conversions(w: Statements) -> None:
    a, b, s = y.random_int(w.rng), y.random_int(w.rng), w.fresh("W")
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq)] struct {s}({a}); impl From<{a}> for {s} {{ fn from(v: {a}) -> {s} {{ {s}(v ^ 1) }} }} impl From<{s}> for {a} {{ fn from(v: {s}) -> {a} {{ v.0 }} }}\n"
        f"impl TryFrom<bool> for {s} {{ type Error = u8; fn try_from(v: bool) -> Result<Self, u8> {{ if v {{ Ok({s}(1)) }} else {{ Err(4) }} }} }} impl AsRef<{a}> for {s} {{ fn as_ref(&self) -> &{a} {{ &self.0 }} }}"
    )
    w.line(f"let p: {s} = {w.expr(a, 1)}.into(); let q: {a} = p.into();")
    w.put(f"(p.0, q, *p.as_ref(), {s}::try_from({w.expr(y.BOOL, 1)}).map(|w| w.0))")
    w.put(f"{b}::try_from({w.expr(a, 2)}).ok()")
    w.put(f"<{a} as TryInto<{w.rng.choice(y.INTS)}>>::try_into({w.expr(a, 1)}).is_ok()")
    w.put(
        f"(u64::from({w.expr(y.U32, 1)}), i64::from({w.expr(y.I32, 1)}), f64::from({w.expr(y.F32, 1)}), u32::from({w.expr(y.CHAR, 1)}), u128::from({w.expr(y.BOOL, 1)}))"
    )


def impl_trait(w: Statements) -> None:
    a, f, g = y.random_int(w.rng), w.fresh("f"), w.fresh("g")
    w.items.append(
        f"fn {f}(k: {a}) -> impl Fn({a}) -> {a} + Copy {{ move |v| v.wrapping_mul(k) ^ {w.literal(a, True)} }}\n"
        f"fn {g}<'a>(s: &'a [{a}], f: impl Fn({a}) -> bool + 'a) -> impl Iterator<Item = {a}> + 'a {{ s.iter().copied().filter(move |v| f(*v)) }}\n"
        f"fn c{f}<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {{ move |a| g(f(a)) }}"
    )
    w.line(f"let h = {f}({w.expr(a, 1, True)}); let arr = {w.array(a, 4, 1, False)};")
    w.put(f"c{f}(h, {f}(3))({w.expr(a, 1, True)})")
    w.put(f"{g}(&arr, |v| v & 1 == {w.rng.randrange(2)}).map(h).fold(1{a}, |a, b| a.wrapping_mul(3).wrapping_add(b))")
    w.put(f"c{f}(c{f}(h, |v| v > {w.literal(a, True)}), |b| if b {{ 'y' }} else {{ 'n' }})(arr[0])")


def function_pointers(w: Statements) -> None:
    a, f = y.random_int(w.rng), w.fresh("f")
    w.items.append(
        f"fn {f}(v: {a}) -> {a} {{ v.wrapping_add({w.literal(a, True)}) }} fn g{f}(v: {a}) -> {a} {{ v ^ {w.literal(a, True)} }} fn r{f}(n: u8, v: {a}) -> {a} {{ if n == 0 {{ v }} else {{ r{f}(n - 1, g{f}(v).rotate_left(3)) }} }}"
    )
    w.line(f"let p: fn({a}) -> {a} = if {w.expr(y.BOOL, 1)} {{ {f} }} else {{ g{f} }};")
    w.put(f"(p({w.expr(a, 1, True)}), apply(p, {w.expr(a, 1, True)}), apply({f}, 1))")
    w.put(f"[{f} as fn({a}) -> {a}, g{f}, |v| v / 3][{w.index(3, 1)}]({w.expr(a, 1, True)})")
    w.put(f"r{f}({w.expr(y.U8, 1)} % 9, {w.expr(a, 1, True)})")


def typestate(w: Statements) -> None:
    a, b = y.random_int(w.rng), w.fresh("B")
    w.items.append(
        f"struct Open{b}; struct Done{b}; struct {b}<S> {{ v: {a}, n: u8, s: PhantomData<S> }}\n"
        f"impl {b}<Open{b}> {{ fn new() -> Self {{ {b} {{ v: {w.literal(a, True)}, n: 0, s: PhantomData }} }} fn add(mut self, v: {a}) -> Self {{ self.v = self.v.wrapping_mul(5).wrapping_add(v); self.n += 1; self }}"
        f" fn when(self, c: bool, f: impl FnOnce(Self) -> Self) -> Self {{ if c {{ f(self) }} else {{ self }} }} fn done(self) -> {b}<Done{b}> {{ {b} {{ v: !self.v, n: self.n, s: PhantomData }} }} }}\n"
        f"impl {b}<Done{b}> {{ fn get(&self) -> ({a}, u8) {{ (self.v, self.n) }} }}"
    )
    w.put(
        f"{b}::new().add({w.expr(a, 1, True)}).when({w.expr(y.BOOL, 1)}, |b| b.add({w.expr(a, 1, True)}).add(2)).done().get()"
    )


def state_machine(w: Statements) -> None:
    a, s = y.random_int(w.rng), w.fresh("S")
    k = w.rng.randrange(2, 6)
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq, Eq)] enum {s} {{ Idle, Run {{ left: u8, sum: {a} }}, End(Result<{a}, u8>) }}\n"
        f"impl {s} {{ fn step(self, v: {a}) -> {s} {{ use {s}::*; match (self, v) {{ (Idle, 0) => Idle, (Idle, v) => Run {{ left: {k}, sum: v }}, (Run {{ left: 0, sum }}, _) => End(Ok(sum)),"
        f" (Run {{ sum, .. }}, v) if v == sum => End(Err(7)), (Run {{ left, sum }}, v) => Run {{ left: left - 1, sum: sum.wrapping_add(v) ^ 3 }}, (e @ End(Ok(..)), _) => e, (End(Err(c)), v) => if v & 1 == 0 {{ Idle }} else {{ End(Err(c ^ 1)) }} }} }} }}"
    )
    w.line(
        f"let mut s = {s}::Idle; for v in {w.array(a, w.rng.randrange(2, 9), 1, False)} {{ s = s.step(v); if let {s}::End(_) = s {{ o.put(1u8); }} }}"
    )
    w.put(
        f"match s {{ {s}::Idle => (0u8, 0{a}), {s}::Run {{ left, sum }} => (left, sum), {s}::End(Ok(v) ) => (100, v), {s}::End(Err(e)) => (e, 1) }}"
    )


def question_mark(w: Statements) -> None:
    a, f, e = y.random_int(w.rng), w.fresh("f"), w.fresh("Er")
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq)] enum {e} {{ Small, Big(u8), None }} impl From<u8> for {e} {{ fn from(v: u8) -> {e} {{ {e}::Big(v) }} }} impl From<()> for {e} {{ fn from(_: ()) -> {e} {{ {e}::None }} }}\n"
        f"fn a{f}(v: {a}) -> Option<{a}> {{ let w = v.checked_mul({w.literal(a, True)})?.checked_sub(1)?; (w & 3 != 1).then_some(w) }}\n"
        f"fn b{f}(v: {a}) -> Result<{a}, u8> {{ if v > {w.literal(a, True)} {{ return Err(v as u8); }} Ok(v.wrapping_add(1)) }}\n"
        f"fn {f}(v: {a}, k: bool) -> Result<{a}, {e}> {{ let p = a{f}(v).ok_or(())?; let q = b{f}(p)?; if k {{ Err({e}::Small)?; }} let r = a{f}(q).unwrap_or(q); Ok(r ^ q) }}\n"
        f"impl Put for {e} {{ fn put(self, o: &mut Out) {{ match self {{ {e}::Small => o.put(1u8), {e}::Big(v) => o.put(v), {e}::None => o.put(77u8) }} }} }}"
    )
    w.put(f"{f}({w.expr(a, 2, True)}, {w.expr(y.BOOL, 1)})")
    w.put(f"{f}({w.literal(a, True)}, false).or_else(|e| b{f}(3).map_err(|_| e))")
    w.put(f"a{f}({w.expr(a, 1, True)})")
