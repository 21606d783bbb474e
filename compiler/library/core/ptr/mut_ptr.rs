//! Methods of `*mut T`.
//!
//! What it is: those of `*const T`, and writes.
//! What it assumes: `common`.
//! What it guarantees: see `common`.
//!
//! ```text
//! unsafe { *out.add(i) = 1.0 };
//! ```

impl<T: ?Sized> *mut T {
    pointer_any! { mut }

    /// The same pointer, read-only.
    #[inline(always)]
    pub const fn cast_const(self) -> *const T {
        self as *const T
    }

    /// The referenced value, mutably.
    ///
    /// # Safety
    /// The pointer is not null, valid for `'a` and not aliased.
    #[inline(always)]
    pub const unsafe fn as_mut_unchecked<'a>(self) -> &'a mut T {
        unsafe { &mut *self }
    }

    /// The referenced value, mutably, or `None` if the pointer is null.
    ///
    /// # Safety
    /// If not null, the pointer is valid for `'a` and not aliased.
    #[inline]
    pub const unsafe fn as_mut<'a>(self) -> Option<&'a mut T> {
        if self.is_null() { None } else { unsafe { Some(&mut *self) } }
    }

    /// Drops the value behind the pointer.
    ///
    /// # Safety
    /// The value is valid and not used again.
    #[inline(always)]
    pub unsafe fn drop_in_place(self) {
        unsafe { crate::ptr::drop_in_place(self) }
    }
}

impl<T> *mut T {
    pointer_arithmetic! { mut }
    pointer_access! { mut }

    /// Writes a value without dropping the old one.
    ///
    /// # Safety
    /// The pointer is valid for writes and aligned.
    #[inline(always)]
    pub const unsafe fn write(self, value: T) {
        unsafe { crate::intrinsics::write_via_move(self, value) }
    }

    /// Writes a value exactly once.
    ///
    /// # Safety
    /// The pointer is valid for writes and aligned.
    #[inline(always)]
    pub unsafe fn write_volatile(self, value: T) {
        unsafe { crate::intrinsics::volatile_store(self, value) }
    }

    /// Writes a value to an address of any alignment.
    ///
    /// # Safety
    /// The pointer is valid for writes.
    #[inline(always)]
    pub const unsafe fn write_unaligned(self, value: T) {
        unsafe { crate::ptr::write_unaligned(self, value) }
    }

    /// Sets `count` values to a repeated byte.
    ///
    /// # Safety
    /// The run is valid for writes.
    #[inline(always)]
    pub const unsafe fn write_bytes(self, byte: u8, count: usize) {
        unsafe { crate::intrinsics::write_bytes(self, byte, count) }
    }

    /// Copies `count` values from `source`; the runs may overlap.
    ///
    /// # Safety
    /// Both runs are valid.
    #[inline(always)]
    pub const unsafe fn copy_from(self, source: *const T, count: usize) {
        unsafe { crate::intrinsics::copy(source, self, count) }
    }

    /// Copies `count` values from `source`; the runs do not overlap.
    ///
    /// # Safety
    /// Both runs are valid and disjoint.
    #[inline(always)]
    pub const unsafe fn copy_from_nonoverlapping(self, source: *const T, count: usize) {
        unsafe { crate::intrinsics::copy_nonoverlapping(source, self, count) }
    }

    /// Writes a value and returns the old one.
    ///
    /// # Safety
    /// The pointer is valid for reads and writes and aligned.
    #[inline(always)]
    pub const unsafe fn replace(self, value: T) -> T {
        unsafe { crate::ptr::replace(self, value) }
    }

    /// Swaps with another place.
    ///
    /// # Safety
    /// Both pointers are valid for reads and writes and aligned.
    #[inline(always)]
    pub const unsafe fn swap(self, with: *mut T) {
        unsafe { crate::ptr::swap(self, with) }
    }
}

impl<T> *mut [T] {
    /// The number of elements.
    #[inline(always)]
    pub const fn len(self) -> usize {
        crate::intrinsics::ptr_metadata::<[T], usize>(self as *const [T])
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The pointer to the first element.
    #[inline(always)]
    pub const fn as_mut_ptr(self) -> *mut T {
        self as *mut T
    }
}

pointer_traits! { mut }
