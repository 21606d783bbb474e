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
    #[must_use]
    pub const fn dangling() -> Self {
        unsafe { NonNull { pointer: crate::ptr::dangling() } }
    }

    /// The pointer `count` elements on.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.as_ptr().add(count) as *const T } }
    }

    /// The pointer `count` elements back.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.as_ptr().sub(count) as *const T } }
    }

    /// The pointer `count` elements on.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    #[must_use]
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

    /// The distance to another pointer, in elements.
    ///
    /// # Safety
    /// Both point into the same allocation.
    #[inline(always)]
    pub const unsafe fn offset_from(self, origin: NonNull<T>) -> isize {
        unsafe { self.pointer.offset_from(origin.pointer) }
    }

    /// The distance to an earlier pointer, in elements.
    ///
    /// # Safety
    /// Both point into the same allocation, the other not later.
    #[inline(always)]
    pub const unsafe fn offset_from_unsigned(self, origin: NonNull<T>) -> usize {
        unsafe { self.pointer.offset_from_unsigned(origin.pointer) }
    }

    /// The distance to another pointer, in bytes.
    ///
    /// # Safety
    /// Both point into the same allocation.
    #[inline(always)]
    pub const unsafe fn byte_offset_from<U>(self, origin: NonNull<U>) -> isize {
        unsafe { self.pointer.byte_offset_from(origin.pointer) }
    }

    /// The distance to an earlier pointer, in bytes.
    ///
    /// # Safety
    /// Both point into the same allocation, the other not later.
    #[inline(always)]
    pub const unsafe fn byte_offset_from_unsigned<U>(self, origin: NonNull<U>) -> usize {
        unsafe { self.pointer.byte_offset_from_unsigned(origin.pointer) }
    }

    /// Reads the value, aligned or not.
    ///
    /// # Safety
    /// The pointer is valid for reads.
    #[inline(always)]
    pub const unsafe fn read_unaligned(self) -> T {
        unsafe { self.pointer.read_unaligned() }
    }

    /// Reads the value from memory, each time.
    ///
    /// # Safety
    /// The pointer is valid for reads and aligned.
    #[inline(always)]
    pub unsafe fn read_volatile(self) -> T {
        unsafe { self.pointer.read_volatile() }
    }

    /// Writes a value to memory, each time, without dropping the old one.
    ///
    /// # Safety
    /// The pointer is valid for writes and aligned.
    #[inline(always)]
    pub unsafe fn write_volatile(self, value: T) {
        unsafe { self.as_ptr().write_volatile(value) }
    }

    /// Writes a value without dropping the old one, aligned or not.
    ///
    /// # Safety
    /// The pointer is valid for writes.
    #[inline(always)]
    pub const unsafe fn write_unaligned(self, value: T) {
        unsafe { self.as_ptr().write_unaligned(value) }
    }

    /// Sets the bytes of `count` values.
    ///
    /// # Safety
    /// The pointer is valid for writes and aligned.
    #[inline(always)]
    pub const unsafe fn write_bytes(self, byte: u8, count: usize) {
        unsafe { self.as_ptr().write_bytes(byte, count) }
    }

    /// Copies `count` values to another place, which may overlap.
    ///
    /// # Safety
    /// Both pointers are valid for that many values and aligned.
    #[inline(always)]
    pub const unsafe fn copy_to(self, destination: NonNull<T>, count: usize) {
        unsafe { self.pointer.copy_to(destination.as_ptr(), count) }
    }

    /// Copies `count` values to another place.
    ///
    /// # Safety
    /// Both pointers are valid for that many values and aligned, and the places do not overlap.
    #[inline(always)]
    pub const unsafe fn copy_to_nonoverlapping(self, destination: NonNull<T>, count: usize) {
        unsafe { self.pointer.copy_to_nonoverlapping(destination.as_ptr(), count) }
    }

    /// Copies `count` values from another place, which may overlap.
    ///
    /// # Safety
    /// Both pointers are valid for that many values and aligned.
    #[inline(always)]
    pub const unsafe fn copy_from(self, source: NonNull<T>, count: usize) {
        unsafe { self.as_ptr().copy_from(source.pointer, count) }
    }

    /// Copies `count` values from another place.
    ///
    /// # Safety
    /// Both pointers are valid for that many values and aligned, and the places do not overlap.
    #[inline(always)]
    pub const unsafe fn copy_from_nonoverlapping(self, source: NonNull<T>, count: usize) {
        unsafe { self.as_ptr().copy_from_nonoverlapping(source.pointer, count) }
    }

    /// Writes a value and returns the old one.
    ///
    /// # Safety
    /// The pointer is valid for reads and writes and aligned.
    #[inline(always)]
    pub const unsafe fn replace(self, value: T) -> T {
        unsafe { self.as_ptr().replace(value) }
    }

    /// Swaps two values.
    ///
    /// # Safety
    /// Both pointers are valid for reads and writes and aligned.
    #[inline(always)]
    pub const unsafe fn swap(self, other: NonNull<T>) {
        unsafe { self.as_ptr().swap(other.as_ptr()) }
    }

    /// The pointer `count` bytes on.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn byte_add(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.pointer.byte_add(count) } }
    }

    /// The pointer `count` bytes back.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn byte_sub(self, count: usize) -> Self {
        unsafe { NonNull { pointer: self.pointer.byte_sub(count) } }
    }

    /// The pointer `count` bytes on.
    ///
    /// # Safety
    /// The result stays inside the same allocation.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn byte_offset(self, count: isize) -> Self {
        unsafe { NonNull { pointer: self.pointer.byte_offset(count) } }
    }

    /// Whether the address is a multiple of the type's alignment.
    #[inline]
    #[must_use]
    pub fn is_aligned(self) -> bool {
        self.pointer.is_aligned()
    }

    /// How many elements on the address is a multiple of `align`.
    #[inline]
    #[must_use]
    pub fn align_offset(self, align: usize) -> usize {
        self.pointer.align_offset(align)
    }

    /// The address.
    #[inline]
    #[must_use]
    pub fn addr(self) -> crate::num::NonZero<usize> {
        unsafe { crate::num::NonZero::<usize>::new_unchecked(self.pointer as usize) }
    }

    /// The address, exposed for `with_exposed_provenance`.
    #[inline]
    pub fn expose_provenance(self) -> crate::num::NonZero<usize> {
        self.addr()
    }

    /// The pointer with another address.
    #[inline]
    #[must_use]
    pub fn with_addr(self, address: crate::num::NonZero<usize>) -> Self {
        unsafe { NonNull { pointer: self.pointer.with_addr(address.get()) } }
    }

    /// The pointer with a function of its address.
    #[inline]
    #[must_use]
    pub fn map_addr<F: FnOnce(crate::num::NonZero<usize>) -> crate::num::NonZero<usize>>(self, f: F) -> Self {
        self.with_addr(f(self.addr()))
    }
}

impl<T: ?Sized> NonNull<T> {
    /// Drops the value in place.
    ///
    /// # Safety
    /// The pointer is valid and the value is not used afterwards.
    #[inline(always)]
    pub unsafe fn drop_in_place(self) {
        unsafe { crate::ptr::drop_in_place(self.as_ptr()) }
    }
}

impl<T> NonNull<[T]> {
    /// A slice's pointer from its first element and its length.
    #[inline]
    #[must_use]
    pub const fn slice_from_raw_parts(data: NonNull<T>, len: usize) -> Self {
        unsafe { NonNull { pointer: crate::ptr::slice_from_raw_parts(data.pointer, len) } }
    }

    /// The number of elements.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.pointer.len()
    }

    /// Whether there are no elements.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
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
    #[must_use]
    pub const fn as_ptr(self) -> *mut T {
        self.pointer as *mut T
    }

    /// The referenced value.
    ///
    /// # Safety
    /// The pointer is valid for `'a`.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn as_ref<'a>(&self) -> &'a T {
        unsafe { &*self.pointer }
    }

    /// The referenced value, mutably.
    ///
    /// # Safety
    /// The pointer is valid for `'a` and not aliased.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn as_mut<'a>(&mut self) -> &'a mut T {
        unsafe { &mut *self.as_ptr() }
    }

    /// The same address as a pointer to another type.
    #[inline(always)]
    #[must_use]
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
