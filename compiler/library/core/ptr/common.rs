//! What `*const T` and `*mut T` have in common.
//!
//! What it is: the macros that stamp arithmetic, reads, address and comparison methods for both pointer types.
//! What it assumes: invoked inside `impl<T> *const T` and `impl<T> *mut T`.
//! What it guarantees: offsets count elements, `byte_` offsets count bytes.
//!
//! ```text
//! impl<T> *const T { pointer_arithmetic! { const } }
//! ```

/// Arithmetic of a pointer to a sized type; the argument is `const` or `mut`.
macro_rules! pointer_arithmetic {
    ($mutability:tt) => {
        /// The pointer `count` elements on.
        ///
        /// # Safety
        /// The result stays inside the same allocation.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn offset(self, count: isize) -> *$mutability T {
            unsafe { crate::intrinsics::offset(self, count) }
        }

        /// The pointer `count` elements on.
        ///
        /// # Safety
        /// The result stays inside the same allocation.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn add(self, count: usize) -> *$mutability T {
            unsafe { crate::intrinsics::offset(self, count) }
        }

        /// The pointer `count` elements back.
        ///
        /// # Safety
        /// The result stays inside the same allocation.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn sub(self, count: usize) -> *$mutability T {
            unsafe { crate::intrinsics::offset(self, (0 as isize).wrapping_sub(count as isize)) }
        }

        /// The pointer `count` elements on, wherever that is.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_offset(self, count: isize) -> *$mutability T {
            unsafe { crate::intrinsics::arith_offset(self as *const T, count) as *$mutability T }
        }

        /// The pointer `count` elements on, wherever that is.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_add(self, count: usize) -> *$mutability T {
            self.wrapping_offset(count as isize)
        }

        /// The pointer `count` elements back, wherever that is.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_sub(self, count: usize) -> *$mutability T {
            self.wrapping_offset((0 as isize).wrapping_sub(count as isize))
        }

        /// The pointer `count` bytes on.
        ///
        /// # Safety
        /// The result stays inside the same allocation.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn byte_offset(self, count: isize) -> *$mutability T {
            unsafe { (self as *$mutability u8).offset(count) as *$mutability T }
        }

        /// The pointer `count` bytes on.
        ///
        /// # Safety
        /// The result stays inside the same allocation.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn byte_add(self, count: usize) -> *$mutability T {
            unsafe { (self as *$mutability u8).add(count) as *$mutability T }
        }

        /// The pointer `count` bytes back.
        ///
        /// # Safety
        /// The result stays inside the same allocation.
        #[inline(always)]
        #[must_use]
        pub const unsafe fn byte_sub(self, count: usize) -> *$mutability T {
            unsafe { (self as *$mutability u8).sub(count) as *$mutability T }
        }

        /// The pointer `count` bytes on, wherever that is.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_byte_offset(self, count: isize) -> *$mutability T {
            (self as *$mutability u8).wrapping_offset(count) as *$mutability T
        }

        /// The pointer `count` bytes on, wherever that is.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_byte_add(self, count: usize) -> *$mutability T {
            (self as *$mutability u8).wrapping_add(count) as *$mutability T
        }

        /// The pointer `count` bytes back, wherever that is.
        #[inline(always)]
        #[must_use]
        pub const fn wrapping_byte_sub(self, count: usize) -> *$mutability T {
            (self as *$mutability u8).wrapping_sub(count) as *$mutability T
        }

        /// The distance from `origin` in elements.
        ///
        /// # Safety
        /// Both pointers point into the same allocation, a whole number of elements apart; `T` is not zero-sized.
        #[inline(always)]
        pub const unsafe fn offset_from(self, origin: *const T) -> isize {
            unsafe { crate::intrinsics::ptr_offset_from(self as *const T, origin) }
        }

        /// The distance from `origin` in elements, which is not negative.
        ///
        /// # Safety
        /// As for `offset_from`, and `self` is not before `origin`.
        #[inline(always)]
        pub const unsafe fn offset_from_unsigned(self, origin: *const T) -> usize {
            unsafe { crate::intrinsics::ptr_offset_from_unsigned(self as *const T, origin) }
        }

        /// The distance from `origin` in bytes.
        ///
        /// # Safety
        /// Both pointers point into the same allocation.
        #[inline(always)]
        pub const unsafe fn byte_offset_from<U>(self, origin: *const U) -> isize {
            unsafe { (self as *const u8).offset_from(origin as *const u8) }
        }

        /// The distance from `origin` in bytes, which is not negative.
        ///
        /// # Safety
        /// As for `byte_offset_from`, and `self` is not before `origin`.
        #[inline(always)]
        pub const unsafe fn byte_offset_from_unsigned<U>(self, origin: *const U) -> usize {
            unsafe { (self as *const u8).offset_from_unsigned(origin as *const u8) }
        }
    };
}

/// Reads, addresses and casts of a pointer to a sized type.
macro_rules! pointer_access {
    ($mutability:tt) => {
        /// Reads the value.
        ///
        /// # Safety
        /// The pointer is valid for reads and aligned.
        #[inline(always)]
        pub const unsafe fn read(self) -> T {
            unsafe { crate::intrinsics::read_via_copy(self as *const T) }
        }

        /// Reads the value exactly once.
        ///
        /// # Safety
        /// The pointer is valid for reads and aligned.
        #[inline(always)]
        pub unsafe fn read_volatile(self) -> T {
            unsafe { crate::intrinsics::volatile_load(self as *const T) }
        }

        /// Reads the value from an address of any alignment.
        ///
        /// # Safety
        /// The pointer is valid for reads.
        #[inline(always)]
        pub const unsafe fn read_unaligned(self) -> T {
            unsafe { crate::ptr::read_unaligned(self as *const T) }
        }

        /// Copies `count` values to `destination`; the runs may overlap.
        ///
        /// # Safety
        /// Both runs are valid.
        #[inline(always)]
        pub const unsafe fn copy_to(self, destination: *mut T, count: usize) {
            unsafe { crate::intrinsics::copy(self as *const T, destination, count) }
        }

        /// Copies `count` values to `destination`; the runs do not overlap.
        ///
        /// # Safety
        /// Both runs are valid and disjoint.
        #[inline(always)]
        pub const unsafe fn copy_to_nonoverlapping(self, destination: *mut T, count: usize) {
            unsafe { crate::intrinsics::copy_nonoverlapping(self as *const T, destination, count) }
        }

        /// The address.
        #[inline(always)]
        #[must_use]
        pub fn addr(self) -> usize {
            unsafe { crate::intrinsics::transmute(self as *const ()) }
        }

        /// The address, exposed for later use by `with_exposed_provenance`.
        #[inline(always)]
        pub fn expose_provenance(self) -> usize {
            self as *const () as usize
        }

        /// A pointer to another address in the same allocation.
        #[inline]
        #[must_use]
        pub fn with_addr(self, address: usize) -> *$mutability T {
            self.wrapping_byte_offset((address as isize).wrapping_sub(self.addr() as isize))
        }

        /// A pointer to a computed address in the same allocation.
        #[inline]
        #[must_use]
        pub fn map_addr<F: FnOnce(usize) -> usize>(self, f: F) -> *$mutability T {
            self.with_addr(f(self.addr()))
        }

        /// Whether the address is a multiple of the type's alignment.
        #[inline]
        #[must_use]
        pub fn is_aligned(self) -> bool {
            self.addr() % crate::mem::align_of::<T>() == 0
        }

        /// The number of elements to the next address aligned to `align`, or `usize::MAX` if there is none.
        #[inline]
        #[must_use]
        pub fn align_offset(self, align: usize) -> usize {
            assert!(align.is_power_of_two(), "align_offset: align is not a power-of-two");
            let size = crate::mem::size_of::<T>();
            let bytes = (0 as usize).wrapping_sub(self.addr()) & (align - 1);
            if bytes == 0 {
                return 0;
            }
            if size == 0 {
                return usize::MAX;
            }
            // Elements advance the address by `size` modulo `align`; try each residue once.
            let mut count = 1;
            let mut reached = size & (align - 1);
            while count < align {
                if reached == bytes {
                    return count;
                }
                reached = (reached + size) & (align - 1);
                count += 1;
            }
            usize::MAX
        }
    };
}

/// Methods of a pointer to any type.
macro_rules! pointer_any {
    ($mutability:tt) => {
        /// Whether the address is null.
        #[inline(always)]
        pub const fn is_null(self) -> bool {
            let address: usize = unsafe { crate::intrinsics::transmute(self as *const ()) };
            address == 0
        }

        /// The same address as a pointer to another type.
        #[inline(always)]
        pub const fn cast<U>(self) -> *$mutability U {
            self as *$mutability U
        }

        /// The referenced value, or `None` if the pointer is null.
        ///
        /// # Safety
        /// If not null, the pointer is valid for `'a`.
        #[inline]
        pub const unsafe fn as_ref<'a>(self) -> Option<&'a T> {
            if self.is_null() { None } else { unsafe { Some(&*self) } }
        }

        /// The referenced value.
        ///
        /// # Safety
        /// The pointer is not null and valid for `'a`.
        #[inline(always)]
        pub const unsafe fn as_ref_unchecked<'a>(self) -> &'a T {
            unsafe { &*self }
        }
    };
}

/// Comparison, copying and hashing of pointers.
macro_rules! pointer_traits {
    ($mutability:tt) => {
        impl<T: ?Sized> PartialEq for *$mutability T {
            #[inline(always)]
            fn eq(&self, other: &*$mutability T) -> bool {
                *self == *other
            }
        }

        impl<T: ?Sized> Eq for *$mutability T {}

        impl<T: ?Sized> PartialOrd for *$mutability T {
            #[inline(always)]
            fn partial_cmp(&self, other: &*$mutability T) -> Option<crate::cmp::Ordering> {
                Some(self.cmp(other))
            }
            #[inline(always)]
            fn lt(&self, other: &*$mutability T) -> bool {
                *self < *other
            }
            #[inline(always)]
            fn le(&self, other: &*$mutability T) -> bool {
                *self <= *other
            }
            #[inline(always)]
            fn gt(&self, other: &*$mutability T) -> bool {
                *self > *other
            }
            #[inline(always)]
            fn ge(&self, other: &*$mutability T) -> bool {
                *self >= *other
            }
        }

        impl<T: ?Sized> Ord for *$mutability T {
            #[inline(always)]
            fn cmp(&self, other: &*$mutability T) -> crate::cmp::Ordering {
                if *self < *other {
                    crate::cmp::Ordering::Less
                } else if *self == *other {
                    crate::cmp::Ordering::Equal
                } else {
                    crate::cmp::Ordering::Greater
                }
            }
        }

        impl<T> Default for *$mutability T {
            #[inline(always)]
            fn default() -> Self {
                0 as *$mutability T
            }
        }

        impl<T: ?Sized> crate::hash::Hash for *$mutability T {
            fn hash<H: crate::hash::Hasher>(&self, state: &mut H) {
                state.write_usize(*self as *const () as usize)
            }
        }
    };
}
