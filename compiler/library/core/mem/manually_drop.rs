//! Values the compiler does not drop.
//!
//! What it is: `ManuallyDrop<T>`.
//! What it assumes: the lang item suppresses drop glue for the field.
//! What it guarantees: the layout of `T`.
//!
//! ```text
//! let value = ManuallyDrop::new(guard);
//! ```

use crate::ops::{Deref, DerefMut};
use crate::ptr;

/// A `T` that is not dropped.
#[lang = "manually_drop"]
#[derive(Copy, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct ManuallyDrop<T: ?Sized> {
    value: T,
}

impl<T> ManuallyDrop<T> {
    /// Wraps a value.
    #[inline(always)]
    #[must_use]
    pub const fn new(value: T) -> ManuallyDrop<T> {
        ManuallyDrop { value }
    }

    /// Unwraps the value; it is dropped again.
    #[inline(always)]
    pub const fn into_inner(slot: ManuallyDrop<T>) -> T {
        slot.value
    }

    /// Moves the value out.
    ///
    /// # Safety
    /// The slot is not used again.
    #[inline]
    #[must_use]
    pub unsafe fn take(slot: &mut ManuallyDrop<T>) -> T {
        unsafe { ptr::read(&slot.value) }
    }
}

impl<T: ?Sized> ManuallyDrop<T> {
    /// Drops the value in place.
    ///
    /// # Safety
    /// The value is not used again.
    #[inline]
    pub unsafe fn drop(slot: &mut ManuallyDrop<T>) {
        unsafe { ptr::drop_in_place(&mut slot.value) }
    }
}

impl<T: ?Sized> Deref for ManuallyDrop<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> DerefMut for ManuallyDrop<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
