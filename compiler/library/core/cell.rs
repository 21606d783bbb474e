//! Interior mutability.
//!
//! What it is: `UnsafeCell`, `SyncUnsafeCell`, `Cell`, `RefCell` and `OnceCell`.
//! What it assumes: the compiler treats the contents of `UnsafeCell` as mutable through shared references.
//! What it guarantees: the safe cells are not `Sync`: they are for one thread's own locals.
//!
//! ```text
//! let hits = Cell::new(0); let f = |x: f32| { if x > 0.5 { hits.set(hits.get() + 1) } };
//! ```

use crate::mem;
use crate::ops::{Deref, DerefMut};
use crate::ptr;

/// The only way to mutable contents behind `&`.
#[lang = "unsafe_cell"]
#[repr(transparent)]
pub struct UnsafeCell<T: ?Sized> {
    value: T,
}

impl<T: ?Sized> !Sync for UnsafeCell<T> {}
impl<T: ?Sized> !crate::marker::Freeze for UnsafeCell<T> {}

impl<T> UnsafeCell<T> {
    /// Wraps a value.
    #[inline(always)]
    pub const fn new(value: T) -> UnsafeCell<T> {
        UnsafeCell { value }
    }

    /// Unwraps the value.
    #[inline(always)]
    pub const fn into_inner(self) -> T {
        self.value
    }
}

impl<T: ?Sized> UnsafeCell<T> {
    /// A mutable pointer to the contents.
    #[inline(always)]
    pub const fn get(&self) -> *mut T {
        self as *const UnsafeCell<T> as *const T as *mut T
    }

    /// The contents, exclusively borrowed.
    #[inline(always)]
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// A mutable pointer to the contents of a cell behind a pointer.
    #[inline(always)]
    pub const fn raw_get(this: *const Self) -> *mut T {
        this as *const T as *mut T
    }
}

impl<T: Default> Default for UnsafeCell<T> {
    fn default() -> UnsafeCell<T> {
        UnsafeCell::new(T::default())
    }
}

impl<T> From<T> for UnsafeCell<T> {
    fn from(value: T) -> UnsafeCell<T> {
        UnsafeCell::new(value)
    }
}

/// An `UnsafeCell` that may be shared between threads.
#[repr(transparent)]
pub struct SyncUnsafeCell<T: ?Sized> {
    value: UnsafeCell<T>,
}

unsafe impl<T: ?Sized + Sync> Sync for SyncUnsafeCell<T> {}

impl<T> SyncUnsafeCell<T> {
    /// Wraps a value.
    #[inline(always)]
    pub const fn new(value: T) -> Self {
        SyncUnsafeCell { value: UnsafeCell::new(value) }
    }
}

impl<T: ?Sized> SyncUnsafeCell<T> {
    /// A mutable pointer to the contents.
    #[inline(always)]
    pub const fn get(&self) -> *mut T {
        self.value.get()
    }
}

/// A cell whose contents are copied in and out.
#[repr(transparent)]
pub struct Cell<T: ?Sized> {
    value: UnsafeCell<T>,
}

impl<T> Cell<T> {
    /// Wraps a value.
    #[inline(always)]
    pub const fn new(value: T) -> Cell<T> {
        Cell { value: UnsafeCell::new(value) }
    }

    /// Stores a value.
    #[inline]
    pub fn set(&self, value: T) {
        self.replace(value);
    }

    /// Stores a value and returns the old one.
    #[inline]
    pub fn replace(&self, value: T) -> T {
        mem::replace(unsafe { &mut *self.value.get() }, value)
    }

    /// Swaps with another cell.
    #[inline]
    pub fn swap(&self, other: &Cell<T>) {
        unsafe { ptr::swap(self.value.get(), other.value.get()) }
    }

    /// Unwraps the value.
    #[inline]
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: Copy> Cell<T> {
    /// A copy of the contents.
    #[inline]
    pub fn get(&self) -> T {
        unsafe { *self.value.get() }
    }

    /// Replaces the contents by a function of them.
    #[inline]
    pub fn update<F: FnOnce(T) -> T>(&self, f: F) {
        self.set(f(self.get()))
    }
}

impl<T: ?Sized> Cell<T> {
    /// A mutable pointer to the contents.
    #[inline]
    pub const fn as_ptr(&self) -> *mut T {
        self.value.get()
    }

    /// The contents, exclusively borrowed.
    #[inline]
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

impl<T: Default> Cell<T> {
    /// Takes the contents, leaving the default.
    #[inline]
    pub fn take(&self) -> T {
        self.replace(T::default())
    }
}

impl<T: Copy> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        Cell::new(self.get())
    }
}
impl<T: Default> Default for Cell<T> {
    fn default() -> Cell<T> {
        Cell::new(T::default())
    }
}
impl<T: PartialEq + Copy> PartialEq for Cell<T> {
    fn eq(&self, other: &Cell<T>) -> bool {
        self.get() == other.get()
    }
}

/// A cell whose borrows are counted at run time.
pub struct RefCell<T: ?Sized> {
    /// Positive: that many shared borrows; -1: one exclusive borrow.
    borrows: Cell<isize>,
    value: UnsafeCell<T>,
}

/// A failed `try_borrow`.
#[derive(Clone, Copy)]
pub struct BorrowError;

/// A failed `try_borrow_mut`.
#[derive(Clone, Copy)]
pub struct BorrowMutError;

impl<T> RefCell<T> {
    /// Wraps a value.
    #[inline]
    pub const fn new(value: T) -> RefCell<T> {
        RefCell { borrows: Cell::new(0), value: UnsafeCell::new(value) }
    }

    /// Unwraps the value.
    #[inline]
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }

    /// Stores a value and returns the old one.
    #[inline]
    pub fn replace(&self, value: T) -> T {
        mem::replace(&mut *self.borrow_mut(), value)
    }
}

impl<T: ?Sized> RefCell<T> {
    /// Borrows the contents; traps while they are borrowed exclusively.
    #[inline]
    pub fn borrow(&self) -> Ref<'_, T> {
        match self.try_borrow() {
            Ok(borrow) => borrow,
            Err(_) => panic!("already mutably borrowed"),
        }
    }

    /// Borrows the contents unless they are borrowed exclusively.
    #[inline]
    pub fn try_borrow(&self) -> Result<Ref<'_, T>, BorrowError> {
        let count = self.borrows.get();
        if count < 0 {
            return Err(BorrowError);
        }
        self.borrows.set(count + 1);
        Ok(Ref { value: unsafe { &*self.value.get() }, borrows: &self.borrows })
    }

    /// Borrows the contents exclusively; traps while they are borrowed.
    #[inline]
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        match self.try_borrow_mut() {
            Ok(borrow) => borrow,
            Err(_) => panic!("already borrowed"),
        }
    }

    /// Borrows the contents exclusively unless they are borrowed.
    #[inline]
    pub fn try_borrow_mut(&self) -> Result<RefMut<'_, T>, BorrowMutError> {
        if self.borrows.get() != 0 {
            return Err(BorrowMutError);
        }
        self.borrows.set(-1);
        Ok(RefMut { value: unsafe { &mut *self.value.get() }, borrows: &self.borrows })
    }

    /// The contents, exclusively borrowed.
    #[inline]
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }
}

/// A counted shared borrow.
pub struct Ref<'b, T: ?Sized> {
    value: &'b T,
    borrows: &'b Cell<isize>,
}

/// A counted exclusive borrow.
pub struct RefMut<'b, T: ?Sized> {
    value: &'b mut T,
    borrows: &'b Cell<isize>,
}

impl<T: ?Sized> Drop for Ref<'_, T> {
    fn drop(&mut self) {
        self.borrows.set(self.borrows.get() - 1)
    }
}
impl<T: ?Sized> Drop for RefMut<'_, T> {
    fn drop(&mut self) {
        self.borrows.set(0)
    }
}
impl<T: ?Sized> Deref for Ref<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value
    }
}
impl<T: ?Sized> Deref for RefMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value
    }
}
impl<T: ?Sized> DerefMut for RefMut<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value
    }
}

/// A cell written at most once.
pub struct OnceCell<T> {
    value: UnsafeCell<Option<T>>,
}

impl<T> OnceCell<T> {
    /// An empty cell.
    #[inline]
    pub const fn new() -> OnceCell<T> {
        OnceCell { value: UnsafeCell::new(None) }
    }

    /// The contents, if written.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        unsafe { (*self.value.get()).as_ref() }
    }

    /// Writes the contents; gives the value back if they were written before.
    #[inline]
    pub fn set(&self, value: T) -> Result<(), T> {
        if self.get().is_some() {
            return Err(value);
        }
        unsafe { *self.value.get() = Some(value) };
        Ok(())
    }

    /// The contents, written from the function first if need be.
    #[inline]
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {
        if self.get().is_none() {
            let value = f();
            assert!(self.set(value).is_ok(), "reentrant init");
        }
        unsafe { self.get().unwrap_unchecked() }
    }
}
