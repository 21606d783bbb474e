"""Idioms of iterators, slices, options and results. See ``idioms``."""

from __future__ import annotations

from bench.differential import types as y
from bench.differential.statements import Statements


def _folded(a: y.Int) -> str:
    return f".fold(7{a}, |a, b| a.rotate_left(5) ^ b)"


def adapter_chain(w: Statements) -> None:
    """Two or three adapters after one another."""
    a = y.random_int(w.rng)
    n = w.rng.randrange(1, 7)
    lit = w.literal
    w.line(f"let a: [{a}; {n}] = {w.array(a, n, 1, True)};")
    steps = (
        f"map(|q| q.wrapping_mul({lit(a, True)}))", f"filter(|q| *q > {lit(a, True)})", f"skip({w.rng.randrange(4)})", f"take({w.rng.randrange(5)})",
        "rev()", f"step_by({w.rng.randrange(1, 4)})", f"chain([{lit(a, True)}, {w.expr(a, 1, True)}])", "filter_map(|q| q.checked_mul(3))",
        f"take_while(|q| *q != {lit(a, True)})", f"skip_while(|q| *q < {lit(a, True)})", "map_while(|q| q.checked_sub(1))",
        "scan(0, |s, q| { *s ^= q; if *s == 9 { None } else { Some(*s) } })", "flat_map(|q| [q, q ^ 1, q / 2])", "flat_map(|q| (q > 5).then_some(q))",
        "zip(a).map(|(p, q)| p.wrapping_sub(q))", "enumerate().map(|(i, q)| q.wrapping_add(i as _))", "inspect(|q| k += 1)", "peekable()", "fuse()",
        "map(|q| [q, 3]).flatten()", "cloned_by_value()",
    )  # fmt: skip
    chosen = list(w.rng.sample(steps[:-1], w.rng.choice((2, 2, 3))))
    lossy = ("filter", "take_while", "skip_while", "map_while", "scan", "flat", "inspect", "peek")
    done: list[str] = []
    for s in chosen:
        if s in ("rev()",) and any(
            d.startswith(lossy) or d.startswith(("chain", "step", "zip", "enumerate", "map(|q| [q", "skip", "take"))
            for d in done
        ):
            continue
        done.append(s)
    w.line("let mut k = 0u32;")
    start = w.rng.choice(
        ("a.iter().copied()", "a.into_iter()", "a.iter().map(|q| *q)", f"a[..{n // 2 + 1}].iter().cloned()")
    )
    chain = ".".join([start, *done])
    w.put(w.rng.choice((
        f"{chain}{_folded(a)}", f"{chain}.max()", f"{chain}.min()", f"{chain}.count()", f"{chain}.last()", f"{chain}.nth(1)", f"{chain}.map(|q| q / 16).sum::<{a}>()",
        f"{chain}.any(|q| q == {lit(a, True)})", f"{chain}.all(|q| q > {lit(a, True)})", f"{chain}.position(|q| q & 1 == 1)", f"{chain}.find(|q| q % 3 == 0)",
        f"{chain}.find_map(|q| q.checked_next_multiple(4))" if False else f"{chain}.find_map(|q| q.checked_add(100))", f"{chain}.reduce(|a, b| a.max(b) ^ 1)",
        f"{chain}.try_fold(1{a}, |s, q| s.checked_add(q))", f"{chain}.max_by_key(|q| q.count_ones())", f"{chain}.min_by(|a, b| b.cmp(a))",
        f"{chain}.map(|q| q & 3).product::<{a}>()", f"{chain}.size_hint()" if not any("inspect" in d for d in done) else f"{chain}.count()",
        f"{chain}.cmp(a)", f"{chain}.eq(a)", f"{chain}.lt(a)", f"{chain}.is_sorted()", f"{chain}.partition_count()" if False else f"{chain}.is_sorted_by_key(|q| q ^ 1)",
        f"{{ let mut it = {chain}; let p = it.next(); it.next(); (p, it.next()) }}", f"{{ let mut it = {chain}.peekable(); let p = it.peek().copied(); (p, it.next_if(|q| *q > 3), it.next()) }}",
        f"{{ let mut s = 0{a}; {chain}.for_each(|q| s = s.wrapping_mul(3) ^ q); s }}", f"{{ let mut s = 0{a}; for q in {chain} {{ s = s.wrapping_add(q); }} s }}",
        f"{{ let mut it = {chain}; let q: {a} = it.by_ref().take(2){_folded(a)}; (q, it.count()) }}",
    )).replace("a.iter().copied().rev()", "a.iter().copied().rev()"))  # fmt: skip
    w.put("k")


def slices(w: Statements) -> None:
    a, n = y.random_int(w.rng), w.rng.randrange(1, 9)
    w.line(f"let mut a: [{a}; {n}] = {w.array(a, n, 1, True)}; let s = &a[..];")
    i, k = w.index(n, 1), w.rng.randrange(1, 4)
    reads = (
        f"s.windows({k}).map(|w| w.iter().fold(0{a}, |a, b| a.wrapping_mul(3) ^ b)){_folded(a)}", f"s.chunks({k}).map(|c| c[0].wrapping_mul(c.len() as {a})){_folded(a)}",
        f"s.chunks_exact({k}).map(|c| c[{k - 1}]){_folded(a)}", f"s.rchunks({k}).map(|c| c[0]){_folded(a)}", f"(s.first().copied(), s.last().copied(), s.get({w.index(n + 2, 1)}).copied())",
        f"s.split_at({i}).0.len()", f"{{ let (p, q) = s.split_at({i}); (p.len(), q[0]) }}", f"s.iter().rev().step_by({k}).copied(){_folded(a)}",
        f"s.contains(&{w.expr(a, 1, True)})", f"s.starts_with(&[{w.expr(a, 1)}])", f"s.ends_with(&s[{i}..])", "s.split_first().map(|(h, t)| (*h, t.len()))", "s.split_last().map(|(h, t)| (*h, t.len()))",
        f"s.iter().rposition(|q| *q > {w.literal(a, True)})", "s.split(|q| q & 1 == 0).map(|p| p.len()).fold(0, |a, b| a * 7 + b)", f"s.binary_search(&{w.expr(a, 1, True)}).is_ok()",
        f"s.partition_point(|q| *q < {w.literal(a, True)}) <= {n}", f"s[{i}..].len()", f"s.get({i}..{i}).map(|q| q.len())", "s.to_owned_sum()", "s.is_sorted()",
        f"s.iter().min_by_key(|q| **q ^ {w.literal(a, True)}).copied()", "s.concat_len()", f"(s < &[{w.expr(a, 1, True)}][..], s == [{w.expr(a, 1)}; {n}], s.cmp(&s[{i}..]))",
        f"s.as_chunks::<{k}>().1.len()", "s.array_windows_sum()", "s.chunk_by(|p, q| p <= q).count()", "s.rsplitn(2, |q| q % 3 == 0).count()", f"s.first_chunk::<{k}>().copied()",
    )  # fmt: skip
    for r in w.rng.sample(
        [r for r in reads if not any(bad in r for bad in ("to_owned_sum", "concat_len", "array_windows_sum"))], 3
    ):
        w.put(r)
    writes = (
        "a.reverse();", f"a.swap({i}, {w.index(n, 1)});", f"a.fill({w.expr(a, 1, True)});", f"a.rotate_left({i});", f"a.rotate_right({i});", "a.sort_unstable();", "a.sort_unstable_by(|p, q| q.cmp(p));",
        "a.sort_unstable_by_key(|q| (q.count_ones(), *q));", "a.sort_unstable_by_key(|q| (*q & 3, *q));", f"a[{i}..].copy_from_slice(&[{w.expr(a, 1)}; {n}][{i}..]);", f"a.copy_within({i}.., 0);", "for q in a.iter_mut() { *q = q.wrapping_mul(3); }",
        "for q in &mut a { *q ^= 5; }", f"for c in a.chunks_mut({k}) {{ c[0] = c.len() as {a}; }}", f"if let Some(q) = a.get_mut({w.index(n + 1, 1)}) {{ *q = 1; }}", "if let [f, .., l] = &mut a[..] { core::mem::swap(f, l); }",
        f"{{ let (p, q) = a.split_at_mut({i}); if let Some(f) = p.first_mut() {{ *f ^= q[0]; }} }}", "a.iter_mut().rev().zip([1, 2, 3]).for_each(|(q, k)| *q = q.wrapping_add(k));", f"a.fill_with(|| {w.literal(a, True)});",
        f"a.select_nth_unstable({i});a.sort_unstable();", "if let Some(q) = a.last_mut() { *q = !*q; }", f"let m = a.iter().copied().max(); a[{i}] = m.unwrap_or(3);",
    )  # fmt: skip
    for text in w.rng.sample(writes, 2):
        w.line(text)
    w.put("a")


def options(w: Statements) -> None:
    a, b = y.random_int(w.rng), y.random_int(w.rng)
    w.line(
        f"let p: Option<{a}> = {w.option(a, 1)}; let q: Option<{a}> = {w.option(a, 1)}; let mut r = {w.option(b, 1)};"
    )
    lit = w.literal
    for text in w.rng.sample((*("p.or(q)", "p.and(q)", "p.xor(q)", f"p.and_then(|v| v.checked_mul({lit(a, True)}))", f"p.map_or({lit(b)}, |v| v as {b})", f"p.map_or_else(|| {lit(b)}, |v| (v as {b}) ^ 1)", f"p.ok_or({lit(b)})", "p.zip(r)", f"p.unwrap_or_else(|| {w.expr(a, 1)})", "p.unwrap_or_default()", f"p.filter(|v| *v > {lit(a, True)})", "p.is_some_and(|v| v & 1 == 0)", "p.is_none_or(|v| v > 3)", "p.iter().count()", "p.into_iter().chain(q).map(|v| v / 2).max()", "(p == q, p < q, p.cmp(&q), p.max(q))", "p.as_ref().map(|v| v.count_ones())", "r.take()", f"r.replace({lit(b, True)})", f"*r.insert({lit(b, True)})", f"*r.get_or_insert({lit(b, True)})", f"*r.get_or_insert_with(|| {w.expr(b, 1)})", "r.take_if(|v| *v > 5)", "{ if let Some(v) = r.as_mut() { *v = v.wrapping_mul(3); } r }", "{ if let Some(ref mut v) = r { *v ^= 1; } r }", "Some(p).flatten()", "p.map(|v| if v > 9 { Ok(v) } else { Err(v as u8) }).transpose()", "match (p, q) { (Some(v), Some(w)) if v > w => 1, (Some(v), None) | (None, Some(v)) => (v & 7) as u32, _ => 3u32 }", "p.or_else(|| q.map(|v| !v))", "p.inspect(|_| ()).is_some()", "[p, q, None].into_iter().flatten().count()", f"[p, q].into_iter().sum::<Option<{a}>>().map(|v| v)", "r.as_slice().len()", "p.as_deref_len()", "p.copied_len()", "(|| { let v = p?; let w = q?; Some(v.wrapping_sub(w)) })()", "p.unwrap() as u8")[:-5], "(|| { let v = p?; let w = q?; Some(v.wrapping_sub(w)) })()", 'p.expect("some")', "r.as_slice().len()"), 5):  # fmt: skip
        w.put(text)
    w.put("r")


def results(w: Statements) -> None:
    a, e = y.random_int(w.rng), y.random_int(w.rng)
    w.line(
        f"let p: Result<{a}, {e}> = {w.expr(y.Result(a, e), 2, True)}; let mut q = {w.option(a, 1)}.ok_or({w.literal(e)});"
    )
    lit = w.literal
    for text in w.rng.sample((
        "p.ok()", "p.err()", f"p.map(|v| v ^ {lit(a, True)})", "p.map_err(|v| v as u8)", f"p.unwrap_or({lit(a, True)})", "p.unwrap_or_default()", f"p.unwrap_or_else(|e| e as {a})", "p.or(q)", "p.and(q)",
        f"p.and_then(|v| if v > 3 {{ Ok(v / 2) }} else {{ Err({lit(e, True)}) }})", f"p.or_else(|e| if e == 0 {{ Ok({lit(a, True)}) }} else {{ Err(e as u16) }})", "p.is_ok_and(|v| v > 1)", "p.is_err_and(|v| v == 4)", "p.is_err()",
        f"p.map_or({lit(a)}, |v| !v)", "p.map_or_else(|e| e as u8, |v| v as u8)", "(p == q, p < q, p.cmp(&q))", "p.iter().chain(q.iter()).count()", "p.as_ref().map(|v| *v).is_ok()", "{ if let Ok(v) = q.as_mut() { *v = v.rotate_left(1); } q }",
        "{ if let Ok(v) | Err(v) = p.map_err(|e| e as _).map(|v: " + str(a) + "| v) { v } else { 3 } }" if False else "p.copied_ok()", f"[p, q].into_iter().map(|r| r.ok()).sum::<Option<{a}>>()",
        f"[Ok(1{a}), p, q].into_iter().product::<Result<{a}, {e}>>()", f"p.ok().map(|v| Ok::<{a}, u8>(v)).transpose()", "p.inspect_err(|_| ()).is_ok()", f"(|| {{ let v = p?; let w = q?; Ok::<{a}, {e}>(v.wrapping_add(w)) }})()", "p.unwrap()", "p.iter().next().copied()",
    ), 4):  # fmt: skip
        w.put(text if "copied_ok" not in text else "p.is_ok()")


def own_iterator(w: Statements) -> None:
    a, s, l = y.random_int(w.rng), w.fresh("It"), w.fresh("L")
    w.items.append(
        f"struct {s} {{ a: {a}, b: {a}, n: u8 }} impl Iterator for {s} {{ type Item = {a}; fn next(&mut self) -> Option<{a}> {{ if self.n == 0 {{ return None; }} self.n -= 1;"
        f" let v = self.a; self.a = self.b; self.b = self.b.wrapping_add(v); Some(v) }} }}\n"
        f"struct {l}<T, const N: usize> {{ v: [T; N] }} impl<T: Copy, const N: usize> IntoIterator for {l}<T, N> {{ type Item = T; type IntoIter = core::array::IntoIter<T, N>; fn into_iter(self) -> Self::IntoIter {{ self.v.into_iter() }} }}\n"
        f"impl<'a, T, const N: usize> IntoIterator for &'a {l}<T, N> {{ type Item = &'a T; type IntoIter = core::slice::Iter<'a, T>; fn into_iter(self) -> Self::IntoIter {{ self.v.iter() }} }}\n"
        f"impl<T: Default + Copy, const N: usize> FromIterator<T> for {l}<T, N> {{ fn from_iter<I: IntoIterator<Item = T>>(it: I) -> Self {{ let mut v = [T::default(); N]; for (p, q) in v.iter_mut().zip(it) {{ *p = q; }} {l} {{ v }} }} }}"
    )
    w.line(f"let it = || {s} {{ a: {w.expr(a, 1, True)}, b: {w.expr(a, 1, True)}, n: {w.rng.randrange(12)} }};")
    w.put(
        f"it().{w.rng.choice(('skip(1)', 'step_by(2)', 'filter(|v| v % 2 == 0)', 'take_while(|v| *v < 100)', 'zip(it().skip(1)).map(|(a, b)| a ^ b)', 'chain(it())'))}{_folded(a)}"
    )
    w.line(f"let l: {l}<{a}, {w.rng.randrange(1, 6)}> = it().map(|v| v.wrapping_mul(3)).collect();")
    w.line(
        f"let mut t = 0{a}; for v in &l {{ t = t.rotate_left(1) ^ v; }} for (i, v) in l.into_iter().enumerate() {{ t = t.wrapping_add(v ^ i as {a}); }}"
    )
    w.put("t")
    w.put("it().size_hint().0 + it().count()")


def ranges(w: Statements) -> None:
    a = y.random_int(w.rng)
    lo, hi = w.fresh("lo"), w.fresh("hi")
    w.line(f"let {lo}: {a} = {w.expr(a, 1, True)} & 15; let {hi} = {lo} + ({w.expr(a, 1)} & 15);")
    for text in w.rng.sample((
        f"({lo}..{hi}).len_hint()", f"({lo}..{hi}).contains(&{w.expr(a, 1, True)})", f"({lo}..={hi}).rev(){_folded(a)}", f"({lo}..={hi}).step_by(3){_folded(a)}", f"({lo}..{hi}).is_empty()", f"({lo}..={hi}).sum::<{a}>()", f"({lo}..{hi}).nth(3)",
        f"({lo}..).take(4){_folded(a)}", f"({lo}..={hi}).min()", f"({lo}..{hi}).rev().nth(2)", f"({lo}..{hi}).zip(({lo}..={hi}).rev()).map(|(p, q)| p ^ q){_folded(a)}", f"(..{hi}).contains(&{lo})", f"({lo}..{hi}).last()",
        f"({lo}..{hi}).flat_map(|i| ({lo}..i).rev()){_folded(a)}", f"({lo}..={hi}).map(|q| q.wrapping_mul(q)).filter(|q| q % 3 == 1){_folded(a)}", f"({{ let mut r = {lo}..{hi}; r.next_back(); r.next(); (r.start, r.end) }})",
        f"({lo}..={a}::MAX).take(3).count()", f"({a}::MAX - 2..={a}::MAX).rev(){_folded(a)}", f"({hi}..{lo}).count()", f"({lo}..{hi}) == ({lo}..{hi})",
    )[1:], 4):  # fmt: skip
        w.put(text)


def bytes_parser(w: Statements) -> None:
    f = w.fresh("parse")
    w.items.append(
        f"fn {f}(s: &[u8]) -> Result<(i64, usize), u8> {{ let (neg, mut i) = match s {{ [b'-', ..] => (true, 1), [b'+', ..] => (false, 1), [] => return Err(0), _ => (false, 0) }}; let mut v = 0i64; let start = i;\n"
        f" while let Some(&c @ b'0'..=b'9') = s.get(i) {{ v = v.checked_mul(10).and_then(|v| v.checked_add((c - b'0') as i64)).ok_or(1)?; i += 1; }} if i == start {{ return Err(s[i.min(s.len() - 1)]); }} Ok((if neg {{ -v }} else {{ v }}, i)) }}"
    )
    text = "".join(w.rng.choice("0123456789-+ x") for _ in range(w.rng.randrange(1, 12)))
    w.line(f'let mut b = *b"{text}"; let n = b.len(); b[{w.index(len(text), 1)}] = {w.expr(y.U8, 1, True)};')
    w.put(f"{f}(&b)")
    w.put(
        f"b.split(|c| *c == b' ').map(|p| {f}(p).map_or(-1, |p| p.0)).fold(0i64, |a, b| a.wrapping_mul(31).wrapping_add(b))"
    )
    w.put("b.iter().filter(|c| c.is_ascii_digit()).count() + b.trim_ascii().len()")
    w.put(f'{f}("12{text}".as_bytes())')
