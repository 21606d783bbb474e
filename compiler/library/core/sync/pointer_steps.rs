//! Arithmetic on shared pointers.
//!
//! What it is: `AtomicPtr::fetch_ptr_add` and the like.
//! What it assumes: nothing.
//! What it guarantees: one step of another thread is never lost.
//!
//! ```text
//! let mine = cursor.fetch_ptr_add(1, Ordering::Relaxed);
//! ```

use crate::sync::atomic::{AtomicPtr, Ordering};

/// The order of the load that a failed exchange is.
#[inline(always)]
fn load_order(order: Ordering) -> Ordering {
    match order {
        Ordering::Release => Ordering::Relaxed,
        Ordering::AcqRel => Ordering::Acquire,
        other => other,
    }
}

impl<T> AtomicPtr<T> {
    /// Moves the pointer by elements; returns the old one.
    #[inline]
    pub fn fetch_ptr_add(&self, count: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.wrapping_add(count))
    }

    /// Moves the pointer back by elements; returns the old one.
    #[inline]
    pub fn fetch_ptr_sub(&self, count: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.wrapping_sub(count))
    }

    /// Moves the pointer by bytes; returns the old one.
    #[inline]
    pub fn fetch_byte_add(&self, count: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.wrapping_byte_add(count))
    }

    /// Moves the pointer back by bytes; returns the old one.
    #[inline]
    pub fn fetch_byte_sub(&self, count: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.wrapping_byte_sub(count))
    }

    /// Sets bits of the address; returns the old pointer.
    #[inline]
    pub fn fetch_or(&self, bits: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.map_addr(|address| address | bits))
    }

    /// Keeps bits of the address; returns the old pointer.
    #[inline]
    pub fn fetch_and(&self, bits: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.map_addr(|address| address & bits))
    }

    /// Flips bits of the address; returns the old pointer.
    #[inline]
    pub fn fetch_xor(&self, bits: usize, order: Ordering) -> *mut T {
        self.update(order, load_order(order), |pointer| pointer.map_addr(|address| address ^ bits))
    }
}
