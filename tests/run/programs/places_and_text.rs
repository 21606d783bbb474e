//! Several places of a slice, parts of cells, text in place and as UTF-16, shared pointers, branches of several lengths.
//!
//! What it is: one part of the numbers for each.
//! What it assumes: nothing. What it guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 6302139211 3 1 10 4311941632 0 13 3 0 0 9358234555491508952 1517 121142 12 27540794300563689 111954 233 12003 2 2 0 2 21474836480
//= 1: 33814753322 3 1 11 4311941633 1 15 4 32768 1 9358234555491508952 1517 121142 12 27540794300563689 111954 233 12003 4 1 3 33 21474836481
//= 2: 61327367433 3 1 12 4311941634 2 17 5 16384 2 9358234555491508952 1517 121142 12 27540794300563689 111954 233 12003 6 2 6 1 21474836482
//= 7: 198890437988 3 1 17 4311941639 7 27 10 57344 7 9358234555491508952 1517 121142 12 27540794300563689 111954 233 12003 16 1 21 33 21474836487
//= 100: 2757563550311 3 1 110 4311941732 100 213 103 9728 100 9358234555491508952 1517 121142 12 27540794300563689 111954 233 12003 202 2 300 0 21474836580
//= 12345: 339649523339506 3 1 12355 4311941689 57 24703 12348 39948 12345 9358234555491508952 1517 121142 12 27540794300563689 111954 233 12003 24692 1 37035 32 21474848825
use cuda_device::kernel;
use core::cell::{LazyCell, RefCell, RefMut};
use core::mem::MaybeUninit;
use core::num::Wrapping;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

fn places(n: u32, out: &mut [u64]) {
    let mut row = [1u32, 2, 3, 4, n, 6, 7, 8];
    if let Ok([left, right]) = row.get_disjoint_mut([0..2, 4..6]) {
        left.swap_with_slice(right);
    }
    let [a, b] = row.get_disjoint_mut([1..=2, 5..=6]).unwrap();
    (a[0], b[1]) = (b[1], a[0]);
    out[0] = row.iter().fold(0, |h: u64, &x| h.wrapping_mul(31).wrapping_add(x.into()));
    out[1] = row.get_disjoint_mut([0..3, 2..4]).is_err() as u64 + 2 * row.get_disjoint_mut([6..9]).is_err() as u64;
    let (head, tail) = row.split_at_mut(3);
    out[2] = (head == [n, 7, 3]) as u64 + 2 * ([4, 1, 6, 2, 8] == tail) as u64;
    out[3] = <[u32; 3]>::try_from(head).map_or(0, |a| a.iter().map(|&x| x as u64).sum());
    let grid = RefCell::new([1u8, 2, 3, n as u8]);
    let (mut low, mut high) = RefMut::map_split(grid.borrow_mut(), |g| g.split_at_mut(2));
    (low[1], high[0]) = (high[0], low[1]);
    drop(low);
    let busy = grid.try_borrow().is_err();
    drop(high);
    let Err(whole) = RefMut::filter_map(grid.borrow_mut(), |g| g.get_mut(9)) else { unreachable!() };
    out[4] = whole.iter().fold(busy as u64, |h, &x| h << 8 | x as u64);
    drop(whole);
    out[5] = RefMut::filter_map(grid.borrow_mut(), |g| g.get_mut(3)).map_or(99, |x| *x as u64);
    let mut lazy = LazyCell::new(|| n + 5);
    let before = LazyCell::get(&lazy).is_none();
    *LazyCell::force_mut(&mut lazy) += 1;
    out[6] = (*LazyCell::get_mut(&mut lazy).unwrap() as u64) << 1 | before as u64;
    let mut store = [const { MaybeUninit::<u16>::uninit() }; 4];
    out[7] = store[..2].write_copy_of_slice(&[3, n as u16]).iter().map(|&x| x as u64).sum();
    out[8] = Wrapping(n as u16).reverse_bits().0 as u64;
    let mut k = n;
    let r: Result<&mut u32, ()> = Ok(&mut k);
    out[9] = r.copied().unwrap() as u64;
}

fn text(n: u32, out: &mut [u64]) {
    let mut letters = *b"kernel one, K2 \xc3\xa9";
    let text = str::from_utf8_mut(&mut letters).unwrap();
    text[..6].make_ascii_uppercase();
    if let Some(part) = text.get_mut(7..10) {
        part.make_ascii_uppercase();
    }
    let (head, tail) = text.split_at_mut(n as usize % 12);
    out[10] = head.bytes().chain(tail.bytes()).fold(0, |h: u64, b| h.wrapping_mul(131).wrapping_add(b.into()));
    out[11] = (text.floor_char_boundary(16) * 100 + text.ceil_char_boundary(16)) as u64;
    let bytes = [b'a', 0xe2, 0x82, b'b', 0xff, 0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f];
    out[12] = bytes.utf8_chunks().fold(0, |h, c| h * 100 + (c.valid().len() * 10 + c.invalid().len()) as u64);
    let error = str::from_utf8(&bytes).unwrap_err();
    out[13] = (error.valid_up_to() * 10 + error.error_len().unwrap_or(9)) as u64;
    out[14] = "a𝄞é".encode_utf16().fold(0, |h, u| h << 16 ^ u as u64);
    out[15] = '𝄞'.encode_utf16(&mut [0; 2]).iter().map(|&u| u as u64).sum();
    out[16] = usize::try_from('é').unwrap() as u64;
    let mut digits = "12+34".chars().peekable();
    let mut value = 0;
    while let Some(d) = digits.next_if_map(|c| c.to_digit(10).ok_or(c)) {
        value = value * 10 + d;
    }
    out[17] = value as u64 * 1000 + digits.count() as u64;
}

fn shared(n: u32, out: &mut [u64]) {
    let mut cells = [n, n + 1, n + 2, n + 3];
    let cursor = AtomicPtr::new(cells.as_mut_ptr());
    let taken = cursor.fetch_ptr_add(2, Ordering::Relaxed);
    let now = cursor.load(Ordering::Acquire);
    out[18] = unsafe { taken.as_ref_unchecked() + *now } as u64;
    let flag = AtomicBool::new(n % 2 == 0);
    out[19] = flag.update(Ordering::AcqRel, Ordering::Relaxed, |f| !f) as u64 * 2 + flag.load(Ordering::Relaxed) as u64;
    out[20] = core::array::repeat::<_, 3>(n as u64).iter().sum();
}

fn branches(n: u32, out: &mut [u64]) {
    let some = [n, 2, 3];
    let run = if n % 2 == 0 { &[] } else { &some[..] };
    let pick = match n % 3 {
        0 => &[1, 2],
        1 => run,
        _ => &[3],
    };
    let (mut a, mut b) = (n, 5);
    let mut inner = &mut a;
    let [x, y] = [&mut inner, &mut b];
    core::mem::swap(x, y);
    out[21] = (run.len() * 10 + pick.len()) as u64;
    out[22] = (a as u64) << 32 | b as u64;
}

pub fn run(n: u32, out: &mut [u64]) {
    places(n, out);
    text(n, out);
    shared(n, out);
    branches(n, out);
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    run(input, unsafe { core::slice::from_raw_parts_mut(out, 23) })
}

fn main() {}
