//! Storage that need not hold a value yet.
//!
//! What it is: `MaybeUninit<T>`.
//! What it assumes: a union of a unit and a value.
//! What it guarantees: the size and alignment of `T`; dropping it does nothing.
//!
//! ```text
//! let mut slot = MaybeUninit::<u32>::uninit();
//! slot.write(7);
//! let value = unsafe { slot.assume_init() };
//! ```

use crate::intrinsics;
use crate::mem::ManuallyDrop;
use crate::ptr;
use crate::slice;

/// Storage for a `T` that may not be initialised.
#[lang = "maybe_uninit"]
#[derive(Copy)]
#[repr(transparent)]
pub union MaybeUninit<T> {
    uninit: (),
    value: ManuallyDrop<T>,
}

impl<T: Copy> Clone for MaybeUninit<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> MaybeUninit<T> {
    /// Storage holding a value.
    #[inline(always)]
    #[must_use]
    pub const fn new(value: T) -> MaybeUninit<T> {
        MaybeUninit { value: ManuallyDrop::new(value) }
    }

    /// Storage holding nothing.
    #[inline(always)]
    #[must_use]
    pub const fn uninit() -> MaybeUninit<T> {
        MaybeUninit { uninit: () }
    }

    /// Storage of zero bytes.
    #[inline]
    #[must_use]
    pub const fn zeroed() -> MaybeUninit<T> {
        let mut slot = MaybeUninit::<T>::uninit();
        unsafe { intrinsics::write_bytes(slot.as_mut_ptr(), 0, 1) };
        slot
    }

    /// An array of storage holding nothing.
    #[inline(always)]
    pub const fn uninit_array<const N: usize>() -> [MaybeUninit<T>; N] {
        [const { MaybeUninit::uninit() }; N]
    }

    /// Stores a value, without dropping what was there, and borrows it.
    #[inline(always)]
    pub const fn write(&mut self, value: T) -> &mut T {
        unsafe {
            intrinsics::write_via_move(self.as_mut_ptr(), value);
            &mut *self.as_mut_ptr()
        }
    }

    /// A pointer to the storage.
    #[inline(always)]
    pub const fn as_ptr(&self) -> *const T {
        self as *const MaybeUninit<T> as *const T
    }

    /// A mutable pointer to the storage.
    #[inline(always)]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut MaybeUninit<T> as *mut T
    }

    /// Moves the value out.
    ///
    /// # Safety
    /// The storage holds a valid value.
    #[inline(always)]
    pub const unsafe fn assume_init(self) -> T {
        unsafe { ManuallyDrop::into_inner(self.value) }
    }

    /// Copies the value out by its bytes.
    ///
    /// # Safety
    /// The storage holds a valid value, which is not dropped twice.
    #[inline(always)]
    pub const unsafe fn assume_init_read(&self) -> T {
        unsafe { intrinsics::read_via_copy(self.as_ptr()) }
    }

    /// Drops the value in place.
    ///
    /// # Safety
    /// The storage holds a valid value.
    #[inline]
    pub unsafe fn assume_init_drop(&mut self) {
        unsafe { ptr::drop_in_place(self.as_mut_ptr()) }
    }

    /// Borrows the value.
    ///
    /// # Safety
    /// The storage holds a valid value.
    #[inline(always)]
    pub const unsafe fn assume_init_ref(&self) -> &T {
        unsafe { &*self.as_ptr() }
    }

    /// Borrows the value mutably.
    ///
    /// # Safety
    /// The storage holds a valid value.
    #[inline(always)]
    pub const unsafe fn assume_init_mut(&mut self) -> &mut T {
        unsafe { &mut *self.as_mut_ptr() }
    }

    /// A slice of storage as a pointer to values.
    #[inline(always)]
    pub const fn slice_as_ptr(this: &[MaybeUninit<T>]) -> *const T {
        this.as_ptr() as *const T
    }

    /// A slice of storage as a mutable pointer to values.
    #[inline(always)]
    pub const fn slice_as_mut_ptr(this: &mut [MaybeUninit<T>]) -> *mut T {
        this.as_mut_ptr() as *mut T
    }
}

impl<T> [MaybeUninit<T>] {
    /// Borrows the values of initialised storage.
    ///
    /// # Safety
    /// Every element holds a valid value.
    #[inline(always)]
    pub const unsafe fn assume_init_ref(&self) -> &[T] {
        unsafe { slice::from_raw_parts(self.as_ptr() as *const T, self.len()) }
    }

    /// Borrows mutably the values of initialised storage.
    ///
    /// # Safety
    /// Every element holds a valid value.
    #[inline(always)]
    pub const unsafe fn assume_init_mut(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.as_mut_ptr() as *mut T, self.len()) }
    }

    /// Drops the values.
    ///
    /// # Safety
    /// Every element holds a valid value, which nothing uses afterwards.
    #[inline]
    pub unsafe fn assume_init_drop(&mut self) {
        unsafe { crate::ptr::drop_in_place(self.assume_init_mut()) }
    }

    /// Copies values into the storage; traps if there are not as many.
    #[inline]
    pub const fn write_copy_of_slice(&mut self, source: &[T]) -> &mut [T]
    where
        T: Copy,
    {
        if self.len() != source.len() {
            panic!("source slice length does not match destination slice length");
        }
        unsafe {
            crate::ptr::copy_nonoverlapping(source.as_ptr(), self.as_mut_ptr() as *mut T, source.len());
            self.assume_init_mut()
        }
    }

    /// Clones values into the storage; traps if there are not as many.
    #[inline]
    pub fn write_clone_of_slice(&mut self, source: &[T]) -> &mut [T]
    where
        T: Clone,
    {
        if self.len() != source.len() {
            panic!("source slice length does not match destination slice length");
        }
        let mut i = 0;
        while i < source.len() {
            self[i].write(source[i].clone());
            i += 1;
        }
        unsafe { self.assume_init_mut() }
    }
}

impl<T, const N: usize> MaybeUninit<[T; N]> {
    /// An array of storage from storage of an array.
    #[inline(always)]
    pub const fn transpose(self) -> [MaybeUninit<T>; N] {
        unsafe { intrinsics::transmute_unchecked(self) }
    }
}
