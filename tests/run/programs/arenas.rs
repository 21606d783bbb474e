//! Slabs, arenas, lists in arenas, locks and a least-recently-used cache: memory by index and by pointer.
//!
//! What it is: one part of the numbers for each. What it assumes: nothing. What it guarantees: the numbers are those of
//! rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 326 2801 816852 15 6 36 33620994
//= 1: 342 25544 816852 13 7 37 33620992
//= 2: 358 57891 816852 19 8 37 33620998
//= 7: 438 190814 816852 9 13 37 33621004
//= 12345: 197846 310537536 816852 24701 12351 36 33645680
use cuda_device::kernel;
use core::cell::{Cell, RefCell, UnsafeCell};
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, MaybeUninit, align_of, offset_of, size_of};
use core::num::NonZeroU32;
use core::ops::{Deref, DerefMut, Index, IndexMut};
use core::ptr::{self, NonNull};
pub struct Handle<T> {
    slot: u16,
    generation: NonZeroU32,
    _t: PhantomData<*const T>,
}
impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Handle<T> {}
impl<T> PartialEq for Handle<T> {
    fn eq(&self, o: &Self) -> bool {
        (self.slot, self.generation) == (o.slot, o.generation)
    }
}
enum Entry<T> {
    Free { next: Option<u16> },
    Used(T),
}
pub struct Slab<T, const N: usize> {
    entries: [(NonZeroU32, Entry<T>); N],
    free: Option<u16>,
    len: usize,
}
impl<T, const N: usize> Slab<T, N> {
    pub fn new() -> Self {
        Slab {
            entries: core::array::from_fn(|i| {
                (NonZeroU32::MIN, Entry::Free { next: (i + 1 < N).then_some(i as u16 + 1) })
            }),
            free: (N > 0).then_some(0),
            len: 0,
        }
    }
    pub fn insert(&mut self, value: T) -> Result<Handle<T>, T> {
        let Some(slot) = self.free else { return Err(value) };
        let (generation, entry) = &mut self.entries[slot as usize];
        let Entry::Free { next } = core::mem::replace(entry, Entry::Used(value)) else {
            unreachable!("used slot in the free list")
        };
        self.free = next;
        self.len += 1;
        Ok(Handle { slot, generation: *generation, _t: PhantomData })
    }
    pub fn remove(&mut self, h: Handle<T>) -> Option<T> {
        match self.entries.get_mut(h.slot as usize) {
            Some((g, e @ Entry::Used(_))) if *g == h.generation => {
                let Entry::Used(v) = core::mem::replace(e, Entry::Free { next: self.free }) else { return None };
                *g = g.checked_add(1).unwrap_or(NonZeroU32::MIN);
                self.free = Some(h.slot);
                self.len -= 1;
                Some(v)
            }
            _ => None,
        }
    }
    pub fn get(&self, h: Handle<T>) -> Option<&T> {
        let (g, Entry::Used(v)) = self.entries.get(usize::from(h.slot))? else { return None };
        (*g == h.generation).then_some(v)
    }
    fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().filter_map(|(_, e)| match e {
            Entry::Used(v) => Some(v),
            Entry::Free { .. } => None,
        })
    }
}
impl<T, const N: usize> Index<Handle<T>> for Slab<T, N> {
    type Output = T;
    #[track_caller]
    fn index(&self, h: Handle<T>) -> &T {
        self.get(h).expect("stale handle")
    }
}
impl<T, const N: usize> IndexMut<Handle<T>> for Slab<T, N> {
    fn index_mut(&mut self, h: Handle<T>) -> &mut T {
        let Entry::Used(v) = &mut self.entries[h.slot as usize].1 else { panic!() };
        v
    }
}
pub struct Bump<'m> {
    at: Cell<*mut u8>,
    end: *mut u8,
    _m: PhantomData<&'m mut [u8]>,
}
impl<'m> Bump<'m> {
    pub fn new(memory: &'m mut [MaybeUninit<u8>]) -> Self {
        let r = memory.as_mut_ptr_range();
        Bump { at: Cell::new(r.start.cast()), end: r.end.cast(), _m: PhantomData }
    }
    pub fn alloc<T: Copy>(&self, value: T) -> Option<&'m mut T> {
        let p = self.reserve(size_of::<T>(), align_of::<T>())?.cast::<T>();
        unsafe {
            p.write(value);
            Some(&mut *p.as_ptr())
        }
    }
    pub fn slice<T: Copy>(&self, n: usize, mut f: impl FnMut(usize) -> T) -> Option<&'m mut [T]> {
        let p = self.reserve(size_of::<T>().checked_mul(n)?, align_of::<T>())?.cast::<T>();
        for i in 0..n {
            unsafe { p.add(i).write(f(i)) }
        }
        Some(unsafe { NonNull::slice_from_raw_parts(p, n).as_mut() })
    }
    fn reserve(&self, size: usize, align: usize) -> Option<NonNull<u8>> {
        let at = self.at.get();
        let pad = at.align_offset(align);
        if pad + size > unsafe { self.end.offset_from(at) } as usize {
            return None;
        }
        unsafe {
            let start = at.add(pad);
            self.at.set(start.add(size));
            NonNull::new(start)
        }
    }
}
#[derive(Clone, Copy)]
struct Node<'m> {
    key: u32,
    left: Option<&'m Cell<Option<NonNull<Node<'m>>>>>,
    next: Option<NonNull<Node<'m>>>,
}
fn list<'m>(b: &Bump<'m>, keys: impl IntoIterator<Item = u32>) -> Option<NonNull<Node<'m>>> {
    let mut head = None;
    for key in keys {
        let n = b.alloc(Node { key, left: None, next: head })?;
        head = Some(NonNull::from(n));
    }
    head
}
fn walk<'m>(mut at: Option<NonNull<Node<'m>>>) -> impl Iterator<Item = &'m Node<'m>> {
    core::iter::from_fn(move || {
        let n = unsafe { at?.as_ref() };
        at = n.next;
        Some(n)
    })
}
#[repr(C)]
struct Header {
    tag: u8,
    len: u32,
    body: [u16; 3],
}
#[repr(C, packed)]
struct Tight {
    tag: u8,
    len: u32,
}
struct Lock<T: ?Sized> {
    held: Cell<bool>,
    value: UnsafeCell<T>,
}
struct Held<'l, T: ?Sized>(&'l Lock<T>);
impl<T: ?Sized> Lock<T> {
    fn lock(&self) -> Option<Held<'_, T>> {
        (!self.held.replace(true)).then(|| Held(self))
    }
}
impl<T: ?Sized> Deref for Held<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        unsafe { &*self.0.value.get() }
    }
}
impl<T: ?Sized> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        unsafe { &mut *self.0.value.get() }
    }
}
impl<T: ?Sized> Drop for Held<'_, T> {
    fn drop(&mut self) {
        self.0.held.set(false)
    }
}
struct Lru<const N: usize> {
    prev: [u8; N],
    next: [u8; N],
    head: u8,
    keys: [u32; N],
}
impl<const N: usize> Lru<N> {
    fn new() -> Self {
        let ring = |d: usize| core::array::from_fn(|i| ((i + d) % N) as u8);
        Lru { prev: ring(N - 1), next: ring(1), head: 0, keys: [u32::MAX; N] }
    }
    fn touch(&mut self, key: u32) -> bool {
        let hit = self.keys.iter().position(|k| *k == key);
        let at = hit.unwrap_or(self.prev[self.head as usize] as usize);
        self.keys[at] = key;
        if at as u8 != self.head {
            let (p, n) = (self.prev[at], self.next[at]);
            self.next[p as usize] = n;
            self.prev[n as usize] = p;
            let tail = self.prev[self.head as usize];
            (self.prev[at], self.next[at]) = (tail, self.head);
            self.next[tail as usize] = at as u8;
            self.prev[self.head as usize] = at as u8;
            self.head = at as u8;
        }
        hit.is_some()
    }
}
fn run(input: u32) -> [u64; 7] {
    let mut slab = Slab::<[u32; 2], 4>::new();
    let h: [_; 3] = core::array::from_fn(|i| slab.insert([i as u32, input]).ok().unwrap());
    let gone = slab.remove(h[1]);
    let again = slab.insert([9, 9]).ok().unwrap();
    slab[again][1] += 5;
    let stale = slab.get(h[1]).is_none() && slab.remove(h[1]).is_none() && again != h[1];
    let full = [slab.insert([7, 7]).is_ok(), slab.insert([8, 8]).is_err()];
    let a = slab.iter().flatten().map(|&x| x as u64).sum::<u64>() * 8
        + gone.map_or(0, |g| g[0] as u64)
        + stale as u64 * 2
        + full[0] as u64
        + full[1] as u64 * 4
        + slab.len as u64
        + slab[h[2]][0] as u64;
    let mut memory = [const { MaybeUninit::<u8>::uninit() }; 256];
    let bump = Bump::new(&mut memory);
    let byte = bump.alloc(input as u8).unwrap();
    let words = bump.slice(5, |i| i as u64 * input as u64).unwrap();
    *byte ^= 1;
    words[4] += *byte as u64;
    let nodes = list(&bump, (0..4).map(|k| k * input));
    let b = walk(nodes)
        .map(|n| n.key as u64 + n.left.is_none() as u64)
        .fold(words.iter().sum::<u64>(), |h, k| h.wrapping_mul(7) + k);
    let none = bump.slice(100, |_| 0u32).is_none();
    let layout = (size_of::<Header>() * 1000
        + offset_of!(Header, body) * 100
        + size_of::<Tight>() * 10
        + offset_of!(Tight, len)) as u64
        + size_of::<Option<Handle<u8>>>() as u64 * 100_000
        + none as u64;
    let head = Header { tag: 1, len: input, body: [1, 2, 3] };
    let tight = Tight { tag: 2, len: head.len ^ 5 };
    let len = tight.len;
    let c = unsafe { (&raw const tight.len).read_unaligned() } as u64
        + len as u64
        + tight.tag as u64
        + head.tag as u64
        + unsafe { ptr::from_ref(&head.body).cast::<u16>().add(1).read() } as u64;
    let lock: &Lock<[u32]> = &Lock { held: Cell::new(false), value: UnsafeCell::new([1, 2, 3]) };
    let d = {
        let mut g = lock.lock().unwrap();
        g[1] = input;
        let second = lock.lock().is_none();
        g.iter().map(|&x| x as u64).sum::<u64>() + second as u64
    } + lock.lock().is_some() as u64;
    let mut lru = Lru::<4>::new();
    let hits = [1u32, 2, 3, 1, 4, 5, 1, 2, input % 6].iter().fold(0u64, |m, &k| m << 1 | lru.touch(k) as u64);
    let md = ManuallyDrop::new(RefCell::new([input; 2]));
    md.borrow_mut()[1] += 1;
    let e = md.try_borrow().map_or(0, |r| r[0] as u64 + r[1] as u64);
    let swapped = {
        let mut x = [1u8, 2, 3, 4];
        let (l, r) = x.split_at_mut(2);
        l.swap_with_slice(r);
        unsafe { core::mem::transmute::<[u8; 4], u32>(x) }
    };
    [a, b, layout, c, d, hits, e ^ swapped as u64]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
