//! Pointers that are never null.
//!
//! What it is: `NonNull<T>`.
//! What it assumes: the compiler uses the null value as a niche, so `Option<NonNull<T>>` is one pointer wide.
//! What it guarantees: the wrapped pointer is not null.
//!
//! ```text
//! let p = NonNull::new(raw)?;
//! ```

use crate::cmp::Ordering;
use crate::hash::{Hash, Hasher};

/// A `*mut T` that is not null.
#[rustc_layout_scalar_valid_range_start(1)]
#[rustc_nonnull_optimization_guaranteed]
#[repr(transparent)]
pub struct NonNull<T: ?Sized> {
    pointer: *const T,
}

impl<T: ?Sized> !Send for NonNull<T> {}
impl<T: ?Sized> !Sync for NonNull<T> {}

impl<T> NonNull<T> {
    /// A well-aligned pointer to no memory.
    #[inline(always)]
    pub const fn dangling() -> Self {
        unsafe { NonNull { pointer: crate::ptr::dangling() } }
    }

    /// The pointer `count` elements on.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.as_ptr().add(count) as *const T } }
    }

    /// The pointer `count` elements back.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.as_ptr().sub(count) as *const T } }
    }

    /// The pointer `count` elements on.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    pub const unsafe fn offset(self, count: isize) -> Self {
        unsafe { NonNull { pointer: self.as_ptr().offset(count) as *const T } }
    }

    /// Reads the value.
    ///
    /// # Safety
    /// The pointer is valid for reads and aligned.
    #[inline(always)]
    pub const unsafe fn read(self) -> T {
        unsafe { self.as_ptr().read() }
    }

    /// Writes a value without dropping the old one.
    ///
    /// # Safety
    /// The pointer is valid for writes and aligned.
    #[inline(always)]
    pub const unsafe fn write(self, value: T) {
        unsafe { self.as_ptr().write(value) }
    }
}

impl<T: ?Sized> NonNull<T> {
    /// Wraps a pointer that is known not to be null.
    ///
    /// # Safety
    /// It is not null.
    #[inline(always)]
    pub const unsafe fn new_unchecked(pointer: *mut T) -> Self {
        unsafe { NonNull { pointer: pointer as *const T } }
    }

    /// Wraps a pointer unless it is null.
    #[inline]
    pub const fn new(pointer: *mut T) -> Option<Self> {
        if pointer.is_null() { None } else { Some(unsafe { NonNull::new_unchecked(pointer) }) }
    }

    /// Wraps a reference.
    #[inline(always)]
    pub const fn from_ref(reference: &T) -> Self {
        unsafe { NonNull { pointer: reference as *const T } }
    }

    /// Wraps a mutable reference.
    #[inline(always)]
    pub const fn from_mut(reference: &mut T) -> Self {
        unsafe { NonNull { pointer: reference as *mut T as *const T } }
    }

    /// The pointer.
    #[inline(always)]
    pub const fn as_ptr(self) -> *mut T {
        self.pointer as *mut T
    }

    /// The referenced value.
    ///
    /// # Safety
    /// The pointer is valid for `'a`.
    #[inline(always)]
    pub const unsafe fn as_ref<'a>(&self) -> &'a T {
        unsafe { &*self.pointer }
    }

    /// The referenced value, mutably.
    ///
    /// # Safety
    /// The pointer is valid for `'a` and not aliased.
    #[inline(always)]
    pub const unsafe fn as_mut<'a>(&mut self) -> &'a mut T {
        unsafe { &mut *self.as_ptr() }
    }

    /// The same address as a pointer to another type.
    #[inline(always)]
    pub const fn cast<U>(self) -> NonNull<U> {
        unsafe { NonNull { pointer: self.pointer as *const U } }
    }
}

impl<T: ?Sized> Copy for NonNull<T> {}
impl<T: ?Sized> Clone for NonNull<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: ?Sized> PartialEq for NonNull<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.as_ptr() == other.as_ptr()
    }
}
impl<T: ?Sized> Eq for NonNull<T> {}
impl<T: ?Sized> PartialOrd for NonNull<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T: ?Sized> Ord for NonNull<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ptr().cmp(&other.as_ptr())
    }
}
impl<T: ?Sized> Hash for NonNull<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_ptr().hash(state)
    }
}
impl<T: ?Sized> From<&T> for NonNull<T> {
    #[inline]
    fn from(reference: &T) -> Self {
        NonNull::from_ref(reference)
    }
}
impl<T: ?Sized> From<&mut T> for NonNull<T> {
    #[inline]
    fn from(reference: &mut T) -> Self {
        NonNull::from_mut(reference)
    }
}
