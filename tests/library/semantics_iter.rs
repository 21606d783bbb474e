//! Iterators, ranges and slices.

use super::{Random, Record};

/// Marks the recording with the source line, so that a difference can be found.
macro_rules! at {
    ($out:ident) => {
        $out.put(0xffff_0000 + line!())
    };
}

/// Drains an iterator from both ends at random, recording size hints.
fn both_ends<I: DoubleEndedIterator>(mut iter: I, r: &mut Random, out: &mut Record)
where
    I::Item: super::Recorded,
{
    let mut left = 40;
    while left > 0 {
        out.put(iter.size_hint().0);
        out.put(iter.size_hint().1);
        let item = match r.below(5) {
            0 | 1 => iter.next(),
            2 | 3 => iter.next_back(),
            _ => iter.nth(r.below(3) as usize),
        };
        let ended = item.is_none();
        out.put(item);
        if ended {
            return;
        }
        left -= 1;
    }
}

/// Drains an iterator from the front.
fn front<I: Iterator>(mut iter: I, out: &mut Record)
where
    I::Item: super::Recorded,
{
    let mut left = 60;
    while left > 0 {
        out.put(iter.size_hint().0);
        let item = iter.next();
        let ended = item.is_none();
        out.put(item);
        if ended {
            return;
        }
        left -= 1;
    }
}

/// A slice of random length and contents.
fn filled<'a>(values: &'a mut [u32; 24], r: &mut Random) -> &'a mut [u32] {
    for slot in values.iter_mut() {
        *slot = r.below(50) as u32;
    }
    let n = r.below(25) as usize;
    &mut values[..n]
}

pub fn ranges(r: &mut Random, out: &mut Record) {
    let (a, b, step) = (r.below(30) as i32 - 10, r.below(40) as i32 - 10, 1 + r.below(9) as usize);
    at!(out); both_ends(a..b, r, out);
    at!(out); both_ends(a..=b, r, out);
    at!(out); both_ends((a..b).step_by(step), r, out);
    at!(out); both_ends((a..b).rev().step_by(step), r, out);
    at!(out); both_ends((250u8..=255).rev(), r, out);
    at!(out); both_ends((i8::MIN..i8::MIN + 5).step_by(step), r, out);
    at!(out); front((120i8..).step_by(step).take(r.below(2) as usize), out);
    at!(out); front((a..=b).step_by(step), out);
    at!(out); front((200u8..).take(30), out);
    at!(out); front(('\u{d7f0}'..'\u{e010}').step_by(step), out);
    at!(out); both_ends('a'..='z', r, out);
    at!(out); both_ends(a as u64 as u128..b as u64 as u128 % 7, r, out);
    out.put((a..b).nth(step));
    out.put(((a..b).len(), (a..b).contains(&3), (a..=b).contains(&3)));
    out.put(((a..b).is_empty(), (a..=b).is_empty(), (..b).contains(&a)));
    out.put(((a..b).min(), (a..b).max(), (a..=b).last()));
    out.put((a..=b).fold(0i32, |x, y| x.wrapping_mul(3) ^ y));
    out.put((a..b).map(|x| x * x).sum::<i32>());
    out.put((1..=r.below(10)).product::<u64>());
}

pub fn adapters(r: &mut Random, out: &mut Record) {
    let mut values = [0u32; 24];
    let s: &[u32] = filled(&mut values, r);
    let k = r.below(8) as usize;
    let m = r.below(50) as u32;
    at!(out); both_ends(s.iter(), r, out);
    at!(out); both_ends(s.iter().copied().map(|x| x + 1), r, out);
    at!(out); both_ends(s.iter().cloned().filter(|x| x % 3 != 0), r, out);
    at!(out); both_ends(s.iter().enumerate(), r, out);
    at!(out); both_ends(s.iter().zip(0u16..9), r, out);
    at!(out); both_ends(s.iter().rev().skip(k), r, out);
    at!(out); both_ends(s.iter().skip(k), r, out);
    at!(out); both_ends(s.iter().take(k), r, out);
    at!(out); both_ends(s.iter().chain([7, 8, 9].iter()), r, out);
    at!(out); both_ends(s.iter().step_by(k + 1), r, out);
    at!(out); front(s.iter().skip(k).step_by(r.below(4) as usize + 1), out);
    at!(out); both_ends(s.iter().filter_map(|x| if x % 2 == 0 { Some(x / 2) } else { None }), r, out);
    at!(out); both_ends(s.iter().flat_map(|x| 0..*x % 4), r, out);
    at!(out); both_ends(s.chunks(k + 1), r, out);
    at!(out); both_ends(s.chunks_exact(k + 1), r, out);
    at!(out); both_ends(s.windows(k + 1), r, out);
    at!(out); both_ends(Some(m).into_iter(), r, out);
    at!(out); both_ends([1u8, 2, 3].into_iter(), r, out);
    at!(out); both_ends(core::iter::once(m), r, out);
    at!(out); both_ends(s.iter().inspect(|_| ()), r, out);
    at!(out); both_ends(s.iter().fuse(), r, out);
    at!(out); front(s.rchunks(k + 1), out);
    at!(out); front(s.iter().take_while(|x| **x < m), out);
    at!(out); front(s.iter().skip_while(|x| **x < m), out);
    at!(out); front(s.iter().map_while(|x| if *x < m { Some(x * 2) } else { None }), out);
    at!(out); front(s.iter().scan(0u32, |sum, x| { *sum += x; if *sum > 400 { None } else { Some(*sum) } }), out);
    at!(out); front(s.iter().cycle().take(k * 9), out);
    at!(out); front([Some(1u32), None, Some(3)].iter().flatten(), out);
    at!(out); front(s.split(|x| *x < m), out);
    at!(out); front(core::iter::repeat(m).take(k), out);
    at!(out); front(core::iter::repeat_n(m, k), out);
    at!(out); front(core::iter::successors(Some(m), |x| if *x > 1 { Some(x / 2) } else { None }), out);
    at!(out); front(core::iter::empty::<u32>(), out);
    let mut count = 0;
    at!(out); front(core::iter::from_fn(|| { count += 1; if count < k { Some(count) } else { None } }), out);
    let mut peek = s.iter().peekable();
    out.put(peek.peek().map(|x| **x));
    out.put(peek.next_if(|x| **x < m));
    at!(out); both_ends(s.iter().rev().chain(s.iter()).enumerate().skip(k).map(|(i, x)| (i, *x)).filter(|p| p.0 % 2 == 0).collect_some(), r, out);
    at!(out); front(peek, out);
}

/// Collects the first few items, so that adapters without a back end can be drained from both ends.
trait CollectSome: Iterator + Sized {
    fn collect_some(self) -> core::array::IntoIter<Option<Self::Item>, 4> {
        let mut this = self;
        let array: [Option<Self::Item>; 4] = core::array::from_fn(|_| this.next());
        array.into_iter()
    }
}

impl<I: Iterator> CollectSome for I {}

pub fn folds(r: &mut Random, out: &mut Record) {
    let mut values = [0u32; 24];
    let s: &[u32] = filled(&mut values, r);
    let m = r.below(50) as u32;
    out.put((s.iter().sum::<u32>(), s.iter().copied().map(|x| x as u64).sum::<u64>(), s.iter().count()));
    out.put((s.iter().max(), s.iter().min(), s.iter().last()));
    out.put((s.iter().max_by_key(|x| **x % 7), s.iter().min_by_key(|x| **x % 7)));
    out.put(s.iter().enumerate().max_by(|a, b| (a.1 % 5).cmp(&(b.1 % 5))));
    out.put(s.iter().enumerate().min_by(|a, b| (a.1 % 5).cmp(&(b.1 % 5))));
    out.put((s.iter().any(|x| *x == m), s.iter().all(|x| *x < m), s.iter().position(|x| *x == m)));
    out.put((s.iter().rposition(|x| *x == m), s.iter().find(|x| **x > m)));
    out.put(s.iter().find_map(|x| if *x > m { Some(x * 3) } else { None }));
    out.put(s.iter().fold(1u32, |a, x| a.wrapping_mul(31).wrapping_add(*x)));
    out.put(s.iter().rfold(1u32, |a, x| a.wrapping_mul(31).wrapping_add(*x)));
    out.put(s.iter().copied().reduce(|a, b| a.wrapping_mul(3) ^ b));
    out.put(s.iter().try_fold(0u8, |a, x| a.checked_add(*x as u8)));
    out.put(s.iter().map(|x| if *x == m { Err(*x) } else { Ok(*x) }).sum::<Result<u32, u32>>());
    out.put(s.iter().map(|x| if *x == m { None } else { Some(*x) }).sum::<Option<u32>>());
    out.put(s.iter().try_for_each(|x| if *x == m { Err(*x) } else { Ok(()) }));
    out.put((s.iter().filter(|x| **x < m).count(), s.iter().skip(3).count(), s.iter().nth(2)));
    out.put((s.iter().cmp(s.iter().rev()), s.iter().eq(s.iter()), s.iter().partial_cmp(s.iter().skip(1))));
    out.put((s.iter().is_sorted(), s.iter().map(|x| *x as f32).sum::<f32>(), s.iter().map(|x| *x as f64 / 7.0).product::<f64>()));
    let (evens, rest): (usize, usize) = s.iter().fold((0, 0), |(e, o), x| if x % 2 == 0 { (e + 1, o) } else { (e, o + 1) });
    out.put((evens, rest));
    let mut total = 0;
    s.iter().for_each(|x| total += x);
    for (i, x) in s.iter().enumerate().step_by(3) {
        total += i as u32 * x;
    }
    out.put(total);
}

pub fn slices(r: &mut Random, out: &mut Record) {
    let mut values = [0u32; 24];
    let s = filled(&mut values, r);
    let n = s.len();
    let i = r.below(n as u64 + 2) as usize;
    let j = r.below(n as u64 + 2) as usize;
    let m = r.below(50) as u32;
    out.put((s.get(i), s.first(), s.last()));
    out.put((s.get(i..j), s.get(i..), s.get(..j)));
    out.put((s.get(i..=j), s.get(..=j), s.get(..)));
    out.put((s.split_first().map(|p| p.1), s.split_last().map(|p| p.1), s.split_at_checked(i)));
    out.put((s.contains(&m), s.starts_with(&[m]), s.ends_with(&[])));
    out.put((s.first_chunk::<3>(), s.last_chunk::<2>(), s.as_chunks::<4>().1));
    out.put(s.as_chunks::<4>().0.as_flattened());
    let split = i.min(n);
    let (left, right) = s.split_at_mut(split);
    out.put((left.len(), right.len()));
    right.reverse();
    if n > 0 {
        s.swap(i % n, j % n);
        s.rotate_left(i % n);
        s.rotate_right(j % n);
        s.copy_within(i % n.., 0);
        out.put(&s[..]);
    }
    let mut copy = [0u32; 24];
    copy[..n].copy_from_slice(s);
    copy[n..].fill(m);
    out.put(copy);
    for piece in copy.chunks_mut(i + 1) {
        piece[0] += 1;
    }
    for piece in copy.chunks_exact_mut(j + 1) {
        piece[j] ^= 5;
    }
    for x in copy.iter_mut().rev().step_by(2) {
        *x *= 2;
    }
    out.put(copy);
    out.put((copy[..n].cmp(s), copy == copy, s[..].partial_cmp(&copy[..])));
    s.sort_unstable();
    let mut stable: [(u32, usize); 97] = core::array::from_fn(|k| ((k as u32 * 7919) % (m % 13 + 2), k));
    stable.sort_by_key(|p| p.0);
    stable[3..90].sort_by(|a, b| (b.1 % 5).cmp(&(a.1 % 5)));
    stable[..20].sort_unstable_by_key(|p| p.0);
    out.put(stable.iter().fold(0u64, |h, p| h.wrapping_mul(31) + p.1 as u64));
    out.put((&s[..], s.is_sorted()));
    out.put((s.partition_point(|x| *x < m), s.binary_search(&m).is_ok()));
    out.put(s.binary_search(&m).err());
    copy.sort_unstable_by(|a, b| b.cmp(a));
    out.put(copy);
    copy.sort_unstable_by_key(|x| *x % 2 * 1000 + *x);
    out.put(copy);
    out.put(copy.map(|x| x as u64 * 3));
    out.put(super::hash_of(&s[..]) ^ super::hash_of(copy));
    out.put(<[u32; 3]>::try_from(&copy[..r.below(2) as usize + 2]).ok());
    let units = [(); 7];
    out.put((units.iter().count(), units.iter().rev().skip(2).count(), units.chunks(3).count()));
    at!(out); both_ends(units.iter(), r, out);
}
