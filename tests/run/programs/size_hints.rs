//! What iterators say of their length, and what binary search finds where several answers are allowed.
//!
//! What it is: size hints and search results of small arrays as words. What it assumes: nothing. What it guarantees: the
//! words are those of rustc's machine code.
//!
//! ```text
//! //= 1: 606 2020 7 ..      the results of record(1, ..)
//! ```
//= 0: 606 2020 7 28 7 505 99 2 103 1 2 3 5 100
//= 1: 606 2020 7 28 7 505 99 2 103 0 2 3 5 100
//= 2: 606 2020 7 28 7 505 99 2 103 0 2 3 5 100
//= 5: 606 2020 7 28 7 505 99 2 103 103 2 3 5 100
//= 8: 606 2020 7 28 7 505 99 2 103 103 2 3 5 100

use cuda_device::kernel;

fn words(seed: u32) -> [u64; 14] {
    let items = [seed, seed * 7 % 5, 3, 9, seed ^ 6, 4, 4];
    let hint = |(least, most): (usize, Option<usize>)| least as u64 * 100 + most.map_or(99, |m| m as u64);
    let mut started = items.iter().flat_map(|q| [*q, 1, 2]);
    started.next();
    let found = |at: Result<usize, usize>| match at {
        Ok(i) => i as u64,
        Err(i) => 100 + i as u64,
    };
    [
        hint(items[..3].iter().flat_map(|q| [*q, q ^ 1]).size_hint()),
        hint(started.size_hint()),
        hint(items.iter().flat_map(|q| (*q > 3).then_some(*q)).size_hint()),
        hint(items.iter().filter(|q| **q > 3).flat_map(|q| [*q; 4]).size_hint()),
        hint(items.map(|q| if q > 4 { Ok(q) } else { Err(()) }).into_iter().flatten().size_hint()),
        hint([[1, 2], [3, 4]].iter().flatten().chain(&[5]).size_hint()),
        hint((0..3).flat_map(|q| 0..q).size_hint()),
        hint([Some(1), None].iter().flatten().rev().size_hint()),
        found(items.binary_search(&4)),
        found(items.binary_search(&seed)),
        found(items.binary_search_by_key(&6, |q| q * 2)),
        items.partition_point(|q| *q < 5) as u64,
        found([2, 4, 4, 4, 4, 4, 8].binary_search(&4)),
        found([0u8; 0].binary_search(&4)),
    ]
}

#[kernel]
pub unsafe fn record(seed: u32, out: *mut u64) {
    for (i, word) in words(seed).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}
