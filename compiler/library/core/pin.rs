//! Values that stay where they are.
//!
//! What it is: `Pin` and `pin!`.
//! What it assumes: nothing.
//! What it guarantees: a pinned value of a type that is not `Unpin` is reached mutably through `unsafe` alone.
//!
//! ```text
//! let mut slot = pin!(0u32); slot.set(3);
//! ```

use crate::fmt;
use crate::marker::LegacyReceiver;
use crate::ops::{Deref, DerefMut};

/// A pointer whose pointee does not move.
#[lang = "pin"]
#[repr(transparent)]
#[derive(Copy, Clone)]
pub struct Pin<Ptr> {
    #[doc(hidden)]
    pub pointer: Ptr,
}

impl<Ptr: LegacyReceiver> LegacyReceiver for Pin<Ptr> {}

impl<Ptr: Deref<Target: Unpin>> Pin<Ptr> {
    /// Pins what may move all the same.
    #[inline(always)]
    pub const fn new(pointer: Ptr) -> Pin<Ptr> {
        Pin { pointer }
    }

    /// The pointer.
    #[inline(always)]
    pub fn into_inner(pin: Pin<Ptr>) -> Ptr {
        pin.pointer
    }
}

impl<Ptr: Deref> Pin<Ptr> {
    /// # Safety
    /// What `pointer` points to never moves again.
    #[inline(always)]
    pub const unsafe fn new_unchecked(pointer: Ptr) -> Pin<Ptr> {
        Pin { pointer }
    }

    /// The value.
    #[inline(always)]
    pub fn as_ref(&self) -> Pin<&Ptr::Target> {
        Pin { pointer: &*self.pointer }
    }

    /// # Safety
    /// The value does not move.
    #[inline(always)]
    pub unsafe fn into_inner_unchecked(pin: Pin<Ptr>) -> Ptr {
        pin.pointer
    }
}

impl<Ptr: DerefMut> Pin<Ptr> {
    /// The value, mutably.
    #[inline(always)]
    pub fn as_mut(&mut self) -> Pin<&mut Ptr::Target> {
        Pin { pointer: &mut *self.pointer }
    }

    /// Overwrites the value in place.
    #[inline(always)]
    pub fn set(&mut self, value: Ptr::Target)
    where
        Ptr::Target: Sized,
    {
        *self.pointer = value;
    }
}

impl<'a, T: ?Sized> Pin<&'a T> {
    /// A plain reference.
    #[inline(always)]
    pub const fn get_ref(self) -> &'a T {
        self.pointer
    }

    /// # Safety
    /// `project` gives a part that does not move while the value does not.
    pub unsafe fn map_unchecked<U: ?Sized, F: FnOnce(&T) -> &U>(self, project: F) -> Pin<&'a U> {
        Pin { pointer: project(self.pointer) }
    }
}

impl<'a, T: ?Sized> Pin<&'a mut T> {
    /// Shared.
    #[inline(always)]
    pub const fn into_ref(self) -> Pin<&'a T> {
        Pin { pointer: self.pointer }
    }

    /// A plain reference.
    #[inline(always)]
    pub const fn get_mut(self) -> &'a mut T
    where
        T: Unpin,
    {
        self.pointer
    }

    /// # Safety
    /// The value does not move.
    #[inline(always)]
    pub const unsafe fn get_unchecked_mut(self) -> &'a mut T {
        self.pointer
    }

    /// # Safety
    /// `project` gives a part that does not move while the value does not.
    pub unsafe fn map_unchecked_mut<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(self, project: F) -> Pin<&'a mut U> {
        Pin { pointer: project(self.pointer) }
    }
}

impl<Ptr: Deref> Deref for Pin<Ptr> {
    type Target = Ptr::Target;
    #[inline(always)]
    fn deref(&self) -> &Ptr::Target {
        &*self.pointer
    }
}

impl<Ptr: DerefMut<Target: Unpin>> DerefMut for Pin<Ptr> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Ptr::Target {
        &mut *self.pointer
    }
}

impl<Ptr: fmt::Debug> fmt::Debug for Pin<Ptr> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pointer.fmt(formatter)
    }
}

/// Pins a value in its own variable.
pub macro pin($value:expr $(,)?) {
    $crate::pin::Pin::<&mut _> { pointer: &mut { $value } }
}
