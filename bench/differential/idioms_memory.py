"""Idioms of memory: drops, pointers, cells, transmutes, closures that own, shadowing. See ``idioms``."""

from __future__ import annotations

from bench.differential import types as y
from bench.differential.statements import Statements


def _droppable(w: Statements) -> str:
    d = w.fresh("D")
    w.items.append(
        f"struct {d}<'a>(&'a core::cell::Cell<u64>, u64); impl<'a> Drop for {d}<'a> {{ fn drop(&mut self) {{ self.0.set(self.0.get().wrapping_mul(37).wrapping_add(self.1)); }} }}"
    )
    return d


def drop_order(w: Statements) -> None:
    d = _droppable(w)
    w.line("let log = core::cell::Cell::new(1u64);")
    e = w.expr
    pieces = (
        f"let a = {d}(&log, {e(y.U64, 1, True)}); let b = {d}(&log, 2); if {e(y.BOOL, 1)} {{ drop(a); }}", f"let _ = {d}(&log, 3); let _b = {d}(&log, 4);", f"let t = ({d}(&log, 5), {d}(&log, 6)); let (p, _) = t;",
        f"let mut v = {d}(&log, 7); v = {d}(&log, 8); if {e(y.BOOL, 1)} {{ v = {d}(&log, 9); }}", f"let mut o2 = Some({d}(&log, 10)); if {e(y.BOOL, 1)} {{ o2.take(); }} o2 = None;",
        f"for i in 0..3 {{ let q = {d}(&log, 11 + i); if i == {w.rng.randrange(4)} {{ break; }} if {e(y.BOOL, 1)} {{ continue; }} log.set(log.get() ^ 1); }}", f"let a = [{d}(&log, 20), {d}(&log, 21)]; let [x0, y0] = a; drop(y0);",
        f"let f = {{ let q = {d}(&log, 22); move || q.1 }}; log.set(log.get() ^ f());", f"let u = core::mem::replace(&mut {d}(&log, 23), {d}(&log, 24)); core::mem::forget(u);", f"match Some({d}(&log, 25)) {{ Some(q) if q.1 == {w.rng.randrange(24, 27)} => log.set(log.get() + 1), Some(_) => log.set(log.get() + 2), None => () }}",
        f"let s = {d}(&log, 26).1 + {d}(&log, 27).1; log.set(log.get() ^ s);", f"if let Some(q) = Some({d}(&log, 28)).filter(|q| {e(y.BOOL, 1)}) {{ log.set(log.get() + q.1); }} else {{ log.set(log.get() ^ 5); }}",
        f"let r: Result<{d}, {d}> = if {e(y.BOOL, 1)} {{ Ok({d}(&log, 29)) }} else {{ Err({d}(&log, 30)) }}; let z = r.map(|q| q.1).map_err(|q| q.1 + 1);", f"let x1; {{ let y1 = {d}(&log, 31); x1 = {d}(&log, 32); }} let x1 = {d}(&log, 33);",
        f"[{d}(&log, 34), {d}(&log, 35), {d}(&log, 36)].into_iter().take({w.rng.randrange(4)}).for_each(|q| log.set(log.get() ^ q.1));", f"let k = 'b: {{ let q = {d}(&log, 37); if {e(y.BOOL, 1)} {{ break 'b 1u64; }} q.1 }}; log.set(log.get() + k);",
    )  # fmt: skip
    w.line("{")
    for text in w.rng.sample(pieces, w.rng.choice((1, 2, 3))):
        w.line(text)
    w.line("}")
    w.put("log.get()")


def drop_in_struct(w: Statements) -> None:
    d = _droppable(w)
    s, f = w.fresh("S"), w.fresh("f")
    w.items.append(
        f"struct {s}<'a> {{ a: {d}<'a>, n: u8, b: Option<{d}<'a>> }} impl<'a> Drop for {s}<'a> {{ fn drop(&mut self) {{ self.a.0.set(self.a.0.get() ^ self.n as u64); }} }}\n"
        f"enum E{s}<'a> {{ X({d}<'a>), Y {{ p: {s}<'a>, q: {d}<'a> }}, Z }}\n"
        f"fn {f}<'a>(l: &'a core::cell::Cell<u64>, k: u8) -> E{s}<'a> {{ let g = {d}(l, 50); match k % 4 {{ 0 => E{s}::X(g), 1 => E{s}::Y {{ p: {s} {{ a: {d}(l, 51), n: k, b: Some(g) }}, q: {d}(l, 52) }}, 2 => E{s}::Y {{ q: g, p: {s} {{ b: None, n: 1, a: {d}(l, 53) }} }}, _ => E{s}::Z }} }}"
    )
    w.line("let log = core::cell::Cell::new(3u64);")
    w.line(
        f"{{ let v = {f}(&log, {w.expr(y.U8, 1, True)}); match v {{ E{s}::X(d) => log.set(log.get() + d.1), E{s}::Y {{ q, .. }} if {w.expr(y.BOOL, 1)} => drop(q), ref other => log.set(log.get().rotate_left(3)) }} }}"
    )
    w.put("log.get()")
    w.line(
        f"{{ let mut m = core::mem::ManuallyDrop::new({d}(&log, 60)); if {w.expr(y.BOOL, 1)} {{ unsafe {{ core::mem::ManuallyDrop::drop(&mut m) }}; }} }}"
    )
    w.put("log.get()")


def raw_pointers(w: Statements) -> None:
    a, n = y.random_int(w.rng), w.rng.randrange(2, 7)
    w.line(f"let mut a: [{a}; {n}] = {w.array(a, n, 1, True)}; let p = a.as_mut_ptr();")
    _i, j = w.index(n, 1).replace(str(n + 1), str(n)), w.rng.randrange(n)
    ops = (
        f"*p.add({j}) = {w.expr(a, 1, True)};", f"core::ptr::swap(p, p.add({j}));", f"p.add({j}).write(p.read() ^ 3);", f"core::ptr::copy(p, p.add(1), {n - 1});", f"core::ptr::copy_nonoverlapping(p.add({n - 1}), p, 1);",
        f"p.write_bytes(0x5a, {j});", f"let s = core::slice::from_raw_parts_mut(p.add({j}), {n - j}); s.reverse();", f"*p.offset({j}) = p.add({j}).offset_from(p) as {a};", f"let q = core::ptr::replace(p, 9); *p.add({j}) ^= q;",
        f"(*p.cast::<[{a}; 2]>())[1] = {w.literal(a, True)};", "let q = p as *mut u8; *q = (*q).wrapping_add(1);", f"let b = (p as *const [u8; {max(1, a.width // 8)}]).read_unaligned(); o.put(b[0]);", f"if let Some(q) = core::ptr::NonNull::new(p) {{ *q.as_ptr() = *q.add({j}).as_ref(); }}",
        f"let q = &raw mut a[{j}]; *q = (*q).wrapping_mul(5);", f"core::ptr::write(p.wrapping_add({j}), core::ptr::read(p).swap_bytes());",
    )  # fmt: skip
    w.line("unsafe {")
    for text in w.rng.sample(ops, 3):
        w.line(text)
    w.line("}")
    w.put("a")
    w.put(
        f"core::mem::size_of::<{y.random_type(w.rng, w.adts)}>() + core::mem::align_of::<{y.random_type(w.rng, w.adts)}>()"
    )


def uninit(w: Statements) -> None:
    a, v, n = y.random_int(w.rng), w.fresh("V"), w.rng.randrange(1, 6)
    w.items.append(
        f"struct {v}<T, const N: usize> {{ d: [MaybeUninit<T>; N], n: usize }}\n"
        f"impl<T, const N: usize> {v}<T, N> {{ fn new() -> Self {{ {v} {{ d: [const {{ MaybeUninit::uninit() }}; N], n: 0 }} }} fn push(&mut self, t: T) -> bool {{ if self.n == N {{ return false; }} self.d[self.n].write(t); self.n += 1; true }}\n"
        f" fn pop(&mut self) -> Option<T> {{ if self.n == 0 {{ None }} else {{ self.n -= 1; Some(unsafe {{ self.d[self.n].assume_init_read() }}) }} }} fn as_slice(&self) -> &[T] {{ unsafe {{ core::slice::from_raw_parts(self.d.as_ptr() as *const T, self.n) }} }} }}\n"
        f"impl<T, const N: usize> Drop for {v}<T, N> {{ fn drop(&mut self) {{ while let Some(_) = self.pop() {{}} }} }}\n"
        f"impl<T, const N: usize> core::ops::Deref for {v}<T, N> {{ type Target = [T]; fn deref(&self) -> &[T] {{ self.as_slice() }} }}"
    )
    w.line(
        f"let mut v: {v}<{a}, {n}> = {v}::new(); for k in 0..{w.rng.randrange(7)}u8 {{ if !v.push({w.expr(a, 1)}.wrapping_mul(k as {a})) {{ o.put(k); }} }}"
    )
    w.put("(v.len(), v.first().copied(), v.iter().copied().max())")
    w.put("(v.pop(), v.pop(), v.as_slice().len())")
    d = _droppable(w)
    w.line(
        f"let log = core::cell::Cell::new(0u64); {{ let mut u: {v}<{d}, 3> = {v}::new(); u.push({d}(&log, 4)); u.push({d}(&log, {w.expr(y.U64, 1, True)})); if {w.expr(y.BOOL, 1)} {{ u.pop(); }} }}"
    )
    w.put("log.get()")


def transmutes(w: Statements) -> None:
    u, r = w.fresh("Un"), w.fresh("R")
    w.items.append(
        f"#[derive(Clone, Copy)] #[repr(C)] union {u} {{ a: u64, b: [u8; 8], c: (u32, u32), f: f64 }}\n"
        f"#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)] #[repr({(t := w.rng.choice(('u8', 'i8', 'u16', 'i32')))})] enum {r} {{ A = {w.rng.randrange(5)}, B = {w.rng.randrange(6, 60)}, C }}"
    )
    w.line(f"let mut u = {u} {{ a: {w.expr(y.U64, 1, True)} }};")
    w.put("unsafe { (u.b[1], u.c.0, u.b) }")
    w.line(f"unsafe {{ u.b[{w.rng.randrange(8)}] = {w.expr(y.U8, 1, True)}; u.c.1 ^= 7; }}")
    w.put("unsafe { u.a }")
    w.put(f"unsafe {{ core::mem::transmute::<[u16; 4], u64>({w.array(y.Int(16, False), 4, 1, True)}) }}")
    w.line(f"let e = if {w.expr(y.BOOL, 1)} {{ {r}::A }} else if {w.expr(y.BOOL, 1)} {{ {r}::B }} else {{ {r}::C }};")
    w.put(f"(e as {t}, e as u64, e as i8, e < {r}::B, core::mem::size_of::<Option<{r}>>())")
    w.put(
        f"u32::from_le_bytes({w.array(y.U8, 4, 1, True)}) ^ u32::from_be_bytes({w.expr(y.U32, 1, True)}.to_be_bytes())"
    )


def cells(w: Statements) -> None:
    a = y.random_int(w.rng)
    w.line(
        f"let c = core::cell::Cell::new({w.expr(a, 1)}); let add = |v: {a}| c.set(c.get().wrapping_add(v)); add(1); let old = c.replace({w.expr(a, 1)}); add(old);"
    )
    w.put("(c.get(), c.take(), c.into_inner())")
    w.line(
        f"let r = core::cell::RefCell::new([{w.expr(a, 1)}; 3]); {{ let mut b = r.borrow_mut(); b[1] = {w.expr(a, 1, True)}; b.swap(0, 1); }}"
    )
    w.put(
        "(r.borrow()[0], r.borrow().len(), r.try_borrow_mut().is_ok(), { let g = r.borrow(); r.try_borrow_mut().is_err() && g[0] == g[0] })"
    )
    w.put("r.into_inner()")


def owning_closures(w: Statements) -> None:
    a, f, s = y.random_int(w.rng), w.fresh("f"), w.fresh("C")
    w.items.append(
        f"fn {f}<F: FnOnce({a}) -> R, R>(f: F, v: {a}) -> R {{ f(v) }} struct {s}<F> {{ f: F, n: u32 }} impl<F: FnMut({a}) -> {a}> {s}<F> {{ fn run(&mut self, v: {a}) -> {a} {{ self.n += 1; (self.f)(v) }} }}\n"
        f"fn h{f}(f: &dyn Fn({a}) -> {a}) -> {a} {{ 0 }}".replace(
            f"fn h{f}(f: &dyn Fn({a}) -> {a}) -> {a} {{ 0 }}",
            f"fn h{f}(f: &mut impl FnMut({a}), n: u8) {{ if n > 0 {{ f(n as {a}); h{f}(f, n - 1); }} }}",
        )
    )
    w.line(f"let t = ({w.expr(a, 1)}, [{w.expr(a, 1)}; 2]); let mut acc = {w.expr(a, 1)};")
    w.put(f"{f}(move |v| (v ^ t.0, t.1), {w.expr(a, 1, True)})")
    w.line(
        f"{{ let mut c = {s} {{ f: |v| {{ acc = acc.wrapping_mul(3).wrapping_add(v ^ t.1[0]); acc }}, n: 0 }}; let q = c.run({w.expr(a, 1, True)}).wrapping_sub(c.run(1)); o.put((q, c.n)); }}"
    )
    w.line(f"h{f}(&mut |v| acc ^= v.rotate_left(2), {w.rng.randrange(7)});")
    w.put("acc")


def shadowing(w: Statements) -> None:
    a, b = y.random_int(w.rng), y.random_int(w.rng)
    w.line(
        f"let v = {w.expr(a, 1)}; let v = {{ let v = v as {b}; v.wrapping_add({w.literal(b, True)}) }}; let w = |v: {a}| {{ let v = v ^ 1; v }};"
    )
    w.line("let (v, u) = (v, w(3)); let u = match u { u if u > 2 => u / 2, v => v };")
    w.put("(v, u)")
    w.line(
        f"let pq = (v, [u, {w.expr(a, 1)}]); let v @ (p, [q, ..]) = pq; let sv = Some(v.0); let r @ Some(ref s) = sv else {{ return; }}; let ka = [p, p ^ 1, 3]; let &[k, ref m @ ..] = &ka;"
    )
    w.put("(v, p, q, r, *s, k, m.len(), m[1])")


def swaps(w: Statements) -> None:
    ty = y.random_type(w.rng, w.adts)
    w.line(
        f"let mut p: {ty} = {w.expr(ty, 2, True)}; let mut q: {ty} = {w.expr(ty, 2, True)}; if {w.expr(y.BOOL, 1)} {{ core::mem::swap(&mut p, &mut q); }}"
    )
    w.line(
        f"let r = core::mem::replace(&mut p, {w.expr(ty, 1, True)}); let pp = if {w.expr(y.BOOL, 1)} {{ &mut p }} else {{ &mut q }}; *pp = r;"
    )
    w.put("p")
    w.put("(p == q, p < r, r.partial_cmp(&q))")


def atomics(w: Statements) -> None:
    kind = w.rng.choice(("U32", "I32", "U64", "I64", "Usize"))
    ty = {"U32": y.U32, "I32": y.I32, "U64": y.U64, "I64": y.I64, "Usize": y.USIZE}[kind]
    w.line(f"use core::sync::atomic::{{Atomic{kind}, Ordering as O}}; let a = Atomic{kind}::new({w.expr(ty, 1)});")
    for _ in range(3):
        op = w.rng.choice(
            (
                "fetch_add",
                "fetch_sub",
                "fetch_and",
                "fetch_or",
                "fetch_xor",
                "fetch_max",
                "fetch_min",
                "swap",
                "fetch_nand",
            )
        )
        w.put(f"a.{op}({w.expr(ty, 1, True)}, O::{w.rng.choice(('Relaxed', 'AcqRel', 'SeqCst'))})")
    w.put(f"a.compare_exchange({w.expr(ty, 1, True)}, 5, O::SeqCst, O::Relaxed)")
    w.put("a.fetch_update(O::Relaxed, O::Relaxed, |v| v.checked_mul(3)).is_ok()")
    w.put("a.load(O::Relaxed)")


def nonzero_and_wrapping(w: Statements) -> None:
    a = w.rng.choice((y.U8, y.U32, y.U64, y.I32, y.I64))
    name = f"NonZero{str(a).upper()}"
    w.line(f"use core::num::{{{name}, Wrapping, Saturating}}; let n = {name}::new({w.expr(a, 2, True)});")
    w.put("(n.map(|n| n.get().leading_zeros()), n.map_or(77, |n| n.trailing_zeros()), n.is_some())")
    w.put(
        f"(core::mem::size_of::<Option<{name}>>(), n.and_then(|n| n.checked_mul({name}::MAX)).is_some(), n < {name}::new(3))"
    )
    w.line(
        f"let mut s = Wrapping({w.expr(a, 1)}); s += {w.expr(a, 1, True)}; s = s * Wrapping({w.literal(a)}) - Wrapping(1); s <<= 3; let mut t = Saturating({w.expr(a, 1)}); t += {w.literal(a, True)};"
    )
    w.put("(s.0, (-s).0, (!s).0, t.0)")


def structs_update(w: Statements) -> None:
    a, b, s = y.random_scalar(w.rng), y.random_int(w.rng), w.fresh("S")
    w.items.append(
        f"#[derive(Clone, Copy, PartialEq, Default)] struct {s} {{ a: {a}, b: {b}, c: Option<(u8, {b})>, d: [bool; 3] }}"
    )
    w.line(
        f"let p = {s} {{ b: {w.expr(b, 1, True)}, ..Default::default() }}; let q = {s} {{ a: {w.expr(a, 1, True)}, c: Some((3, p.b)), ..p }}; let mut r = q.clone(); r.d[{w.index(3, 1)}] = {w.expr(y.BOOL, 1)};"
    )
    w.line(
        f"let {s} {{ a, b: bb, c: Some((_, cc)) | None & cc, .. }} = q;"
        if False
        else f"let {s} {{ a, b: ref bb, d: [d0, .., d2], .. }} = r;"
    )
    w.put("(a, *bb, (d0, d2, p == q))")
    w.line("let rr = &mut r; rr.b = rr.b.wrapping_add(1); if let Some((k, v)) = &mut rr.c { *k += 1; *v ^= 3; }")
    w.put("(r.b, r.c, r.d)")


def parity_recursion(w: Statements) -> None:
    a, f, g = y.random_int(w.rng), w.fresh("ev"), w.fresh("gcd")
    w.items.append(
        f"fn {f}(n: u8, acc: {a}) -> ({a}, bool) {{ if n == 0 {{ (acc, true) }} else {{ let (v, b) = od{f}(n - 1, acc.wrapping_add(n as {a})); (v ^ 1, !b) }} }} fn od{f}(n: u8, acc: {a}) -> ({a}, bool) {{ match n {{ 0 => (acc, false), n => {f}(n - 1, acc.rotate_left(1)) }} }}\n"
        f"fn {g}(a: {a}, b: {a}) -> {a} {{ if b == 0 {{ a }} else {{ {g}(b, a.wrapping_rem(b)) }} }} fn h{f}(n: usize, s: &mut [{a}]) {{ if let Some((h, t)) = s.split_first_mut() {{ *h = h.wrapping_mul(n as {a}); h{f}(n + 1, t); }} }}"
    )
    w.put(f"{f}({w.expr(y.U8, 1, True)} % 20, {w.expr(a, 1, True)})")
    w.put(f"{g}({w.expr(a, 1, True)}, {w.expr(a, 1, True)})")
    w.line(f"let mut z = {w.array(a, 4, 1, False)}; h{f}(1, &mut z[1..]);")
    w.put("z")
