//! Global memory: blocks, atomics with their scopes and orders, fences and flags.

use cuda_device::atomic::{AtomicOrdering, BlockAtomicU32, DeviceAtomicU32};
use cuda_device::{DisjointSlice, kernel, thread, threadfence, threadfence_block};

//@ grid 2, block 32, n 64
#[kernel]
pub fn one_each(x: &[f32], mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let v = x[i.get()];
    if let Some(o) = out.get_mut(i) {
        *o = v * 2.0;
    }
}

//@ grid 2, block 32, n 64
#[kernel]
pub fn block_forgotten(x: &[f32], mut out: DisjointSlice<f32>) {
    let t = thread::threadIdx_x() as usize;
    unsafe { *out.get_unchecked_mut(t) = x[t] }; //~ races
}

//@ grid 1, block 32, n 32
#[kernel]
pub fn halves(x: &[f32], mut out: DisjointSlice<f32>) {
    let t = thread::threadIdx_x() as usize;
    unsafe { *out.get_unchecked_mut(t / 2) = x[t] }; //~ races
}

//@ grid 2, block 32, n 64
#[kernel]
pub fn counter(mut out: DisjointSlice<u32>) {
    let total = unsafe { DeviceAtomicU32::from_ptr(out.as_mut_ptr()) };
    total.fetch_add(1, AtomicOrdering::Relaxed);
}

//@ grid 2, block 32, n 64
#[kernel]
pub fn narrow_counter(mut out: DisjointSlice<u32>) {
    let total = unsafe { BlockAtomicU32::from_ptr(out.as_mut_ptr()) };
    total.fetch_add(1, AtomicOrdering::Relaxed); //~ races
}

//@ grid 1, block 32, n 64
#[kernel]
pub fn narrow_counter_of_one_block(mut out: DisjointSlice<u32>) {
    let total = unsafe { BlockAtomicU32::from_ptr(out.as_mut_ptr()) };
    total.fetch_add(1, AtomicOrdering::Relaxed);
}

//@ grid 2, block 32, n 64
#[kernel]
pub fn counter_read_plainly(mut out: DisjointSlice<u32>) {
    let place = out.as_mut_ptr();
    let total = unsafe { DeviceAtomicU32::from_ptr(place) };
    total.fetch_add(1, AtomicOrdering::Relaxed); //~ races
    if thread::threadIdx_x() == 31 {
        unsafe { *place.add(1 + thread::blockIdx_x() as usize) = *place }; //~ races
    }
}

//@ grid 2, block 1, n 4
#[kernel]
pub fn message(mut out: DisjointSlice<u32>) {
    let place = out.as_mut_ptr();
    let flag = unsafe { DeviceAtomicU32::from_ptr(place.add(1)) };
    if thread::blockIdx_x() == 0 {
        unsafe { *place = 7 };
        flag.store(1_000_000, AtomicOrdering::Release);
    } else {
        while flag.load(AtomicOrdering::Acquire) != 1_000_000 {}
        unsafe { *place.add(2) = *place };
    }
}

//@ grid 2, block 1, n 4
#[kernel]
pub fn message_relaxed(mut out: DisjointSlice<u32>) {
    let place = out.as_mut_ptr();
    let flag = unsafe { DeviceAtomicU32::from_ptr(place.add(1)) };
    if thread::blockIdx_x() == 0 {
        unsafe { *place = 7 }; //~ races
        flag.store(1_000_000, AtomicOrdering::Relaxed);
    } else {
        while flag.load(AtomicOrdering::Acquire) != 1_000_000 {}
        unsafe { *place.add(2) = *place }; //~ races
    }
}

//@ grid 2, block 1, n 4
#[kernel]
pub fn message_fenced(mut out: DisjointSlice<u32>) {
    let place = out.as_mut_ptr();
    let flag = unsafe { DeviceAtomicU32::from_ptr(place.add(1)) };
    if thread::blockIdx_x() == 0 {
        unsafe { *place = 7 };
        threadfence();
        flag.store(1_000_000, AtomicOrdering::Relaxed);
    } else {
        while flag.load(AtomicOrdering::Relaxed) != 1_000_000 {}
        threadfence();
        unsafe { *place.add(2) = *place };
    }
}

//@ grid 2, block 1, n 4
#[kernel]
pub fn message_fenced_narrowly(mut out: DisjointSlice<u32>) {
    let place = out.as_mut_ptr();
    let flag = unsafe { DeviceAtomicU32::from_ptr(place.add(1)) };
    if thread::blockIdx_x() == 0 {
        unsafe { *place = 7 }; //~ races
        threadfence_block();
        flag.store(1_000_000, AtomicOrdering::Relaxed);
    } else {
        while flag.load(AtomicOrdering::Relaxed) != 1_000_000 {}
        threadfence();
        unsafe { *place.add(2) = *place }; //~ races
    }
}

static TICKET: DeviceAtomicU32 = DeviceAtomicU32::new(0);

//@ grid 4, block 32, n 256
#[kernel]
pub fn last_block_adds(mut out: DisjointSlice<u32>) {
    let place = out.as_mut_ptr();
    let block = thread::blockIdx_x() as usize;
    if thread::threadIdx_x() == 0 {
        unsafe { *place.add(1 + block) = 5 };
        let before = TICKET.fetch_add(1, AtomicOrdering::AcqRel);
        if before == 3 {
            let mut sum = 0u32;
            let mut b = 0;
            while b < 4 {
                sum = sum.wrapping_add(unsafe { *place.add(1 + b) });
                b += 1;
            }
            unsafe { *place = sum };
        }
    }
}
