//! Methods of `*const T`.
//!
//! What it is: arithmetic, reads and casts; slice pointers know their length.
//! What it assumes: `common`.
//! What it guarantees: see `common`.
//!
//! ```text
//! let x = unsafe { *a.add(i) };
//! ```

impl<T: ?Sized> *const T {
    pointer_any! { const }

    /// The same pointer, mutable.
    #[inline(always)]
    pub const fn cast_mut(self) -> *mut T {
        self as *mut T
    }
}

impl<T> *const T {
    pointer_arithmetic! { const }
    pointer_access! { const }
}

impl<T> *const [T] {
    /// The number of elements.
    #[inline(always)]
    pub const fn len(self) -> usize {
        crate::intrinsics::ptr_metadata::<[T], usize>(self)
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The pointer to the first element.
    #[inline(always)]
    pub const fn as_ptr(self) -> *const T {
        self as *const T
    }
}

pointer_traits! { const }
