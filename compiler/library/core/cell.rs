//! Interior mutability.
//!
//! What it is: `UnsafeCell`, `SyncUnsafeCell`, `Cell`, `RefCell`, `OnceCell` and `LazyCell`.
//! What it assumes: the compiler treats the contents of `UnsafeCell` as mutable through shared references.
//! What it guarantees: the safe cells are not `Sync`: they are for one thread's own locals.
//!
//! ```text
//! let hits = Cell::new(0); let f = |x: f32| { if x > 0.5 { hits.set(hits.get() + 1) } };
//! ```

use crate::cmp::Ordering;
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
    /// An exclusive reference as a cell.
    #[inline(always)]
    pub const fn from_mut(value: &mut T) -> &mut UnsafeCell<T> {
        unsafe { &mut *(value as *mut T as *mut UnsafeCell<T>) }
    }

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

    /// An exclusive reference as a cell.
    #[inline]
    pub const fn from_mut(value: &mut T) -> &Cell<T> {
        unsafe { &*(value as *mut T as *const Cell<T>) }
    }
}

impl<T> Cell<[T]> {
    /// A cell of a slice as a slice of cells.
    #[inline]
    pub const fn as_slice_of_cells(&self) -> &[Cell<T>] {
        unsafe { &*(self as *const Cell<[T]> as *const [Cell<T>]) }
    }
}

impl<T, const N: usize> Cell<[T; N]> {
    /// A cell of an array as an array of cells.
    #[inline]
    pub const fn as_array_of_cells(&self) -> &[Cell<T>; N] {
        unsafe { &*(self as *const Cell<[T; N]> as *const [Cell<T>; N]) }
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
impl<T: Eq + Copy> Eq for Cell<T> {}
impl<T: PartialOrd + Copy> PartialOrd for Cell<T> {
    fn partial_cmp(&self, other: &Cell<T>) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}
impl<T: Ord + Copy> Ord for Cell<T> {
    fn cmp(&self, other: &Cell<T>) -> Ordering {
        self.get().cmp(&other.get())
    }
}
impl<T> From<T> for Cell<T> {
    fn from(value: T) -> Cell<T> {
        Cell::new(value)
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

impl<T> RefCell<T> {
    /// Stores a function of the contents and returns the old value.
    #[inline]
    pub fn replace_with<F: FnOnce(&mut T) -> T>(&self, f: F) -> T {
        let contents = &mut *self.borrow_mut();
        let next = f(contents);
        mem::replace(contents, next)
    }

    /// Swaps the contents with another cell's.
    #[inline]
    pub fn swap(&self, other: &RefCell<T>) {
        mem::swap(&mut *self.borrow_mut(), &mut *other.borrow_mut())
    }

    /// Takes the contents, leaving the default.
    #[inline]
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(T::default())
    }
}

impl<T: ?Sized> RefCell<T> {
    /// A mutable pointer to the contents.
    #[inline]
    pub const fn as_ptr(&self) -> *mut T {
        self.value.get()
    }

    /// The contents, not counted, unless they are borrowed exclusively.
    ///
    /// # Safety
    /// Nothing borrows them exclusively while the reference lives.
    #[inline]
    pub unsafe fn try_borrow_unguarded(&self) -> Result<&T, BorrowError> {
        if self.borrows.get() < 0 { Err(BorrowError) } else { Ok(unsafe { &*self.value.get() }) }
    }
}

impl<T: ?Sized + PartialEq> PartialEq for RefCell<T> {
    fn eq(&self, other: &RefCell<T>) -> bool {
        *self.borrow() == *other.borrow()
    }
}
impl<T: ?Sized + Eq> Eq for RefCell<T> {}
impl<T: ?Sized + PartialOrd> PartialOrd for RefCell<T> {
    fn partial_cmp(&self, other: &RefCell<T>) -> Option<Ordering> {
        self.borrow().partial_cmp(&*other.borrow())
    }
}
impl<T: ?Sized + Ord> Ord for RefCell<T> {
    fn cmp(&self, other: &RefCell<T>) -> Ordering {
        self.borrow().cmp(&*other.borrow())
    }
}
impl<T> From<T> for RefCell<T> {
    fn from(value: T) -> RefCell<T> {
        RefCell::new(value)
    }
}
impl<T: Clone> Clone for RefCell<T> {
    fn clone(&self) -> RefCell<T> {
        RefCell::new(self.borrow().clone())
    }
}
impl<T: Default> Default for RefCell<T> {
    fn default() -> RefCell<T> {
        RefCell::new(T::default())
    }
}

impl<'b, T: ?Sized> Ref<'b, T> {
    /// Another borrow of the same contents.
    #[inline]
    #[must_use]
    pub fn clone(original: &Ref<'b, T>) -> Ref<'b, T> {
        original.borrows.set(original.borrows.get() + 1);
        Ref { value: original.value, borrows: original.borrows }
    }

    /// The borrow of a part of the contents.
    #[inline]
    pub fn map<U: ?Sized, F: FnOnce(&T) -> &U>(original: Ref<'b, T>, f: F) -> Ref<'b, U> {
        let original = mem::ManuallyDrop::new(original);
        Ref { value: f(original.value), borrows: original.borrows }
    }

    /// The borrow of a part of the contents, if the function finds one.
    #[inline]
    pub fn filter_map<U: ?Sized, F: FnOnce(&T) -> Option<&U>>(original: Ref<'b, T>, f: F) -> Result<Ref<'b, U>, Self> {
        match f(original.value) {
            Some(value) => {
                let original = mem::ManuallyDrop::new(original);
                Ok(Ref { value, borrows: original.borrows })
            }
            None => Err(original),
        }
    }

    /// Borrows of two parts of the contents.
    #[inline]
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&T) -> (&U, &V)>(
        original: Ref<'b, T>,
        f: F,
    ) -> (Ref<'b, U>, Ref<'b, V>) {
        let (left, right) = f(original.value);
        let second = mem::ManuallyDrop::new(Ref::clone(&original));
        let first = mem::ManuallyDrop::new(original);
        (Ref { value: left, borrows: first.borrows }, Ref { value: right, borrows: second.borrows })
    }
}

impl<'b, T: ?Sized> RefMut<'b, T> {
    /// The exclusive borrow of a part of the contents.
    #[inline]
    pub fn map<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(original: RefMut<'b, T>, f: F) -> RefMut<'b, U> {
        let original = mem::ManuallyDrop::new(original);
        let value: *const &'b mut T = &original.value;
        let value: &'b mut T = unsafe { value.read() };
        RefMut { value: f(value), borrows: original.borrows }
    }

    /// The exclusive borrow of a part of the contents, if the function finds one.
    #[inline]
    pub fn filter_map<U: ?Sized, F: FnOnce(&mut T) -> Option<&mut U>>(
        original: RefMut<'b, T>,
        f: F,
    ) -> Result<RefMut<'b, U>, Self> {
        let whole: *mut T = &mut *unsafe { (&raw const original.value).read() };
        match f(unsafe { &mut *whole }) {
            Some(value) => {
                let original = mem::ManuallyDrop::new(original);
                Ok(RefMut { value, borrows: original.borrows })
            }
            None => Err(original),
        }
    }

    /// Exclusive borrows of two parts of the contents.
    #[inline]
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&mut T) -> (&mut U, &mut V)>(
        original: RefMut<'b, T>,
        f: F,
    ) -> (RefMut<'b, U>, RefMut<'b, V>) {
        let original = mem::ManuallyDrop::new(original);
        let (left, right) = f(unsafe { (&raw const original.value).read() });
        original.borrows.set(original.borrows.get() - 1); // two exclusive borrows are counted below zero
        (RefMut { value: left, borrows: original.borrows }, RefMut { value: right, borrows: original.borrows })
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
        self.borrows.set(self.borrows.get() + 1)
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

impl<T: Clone> Clone for OnceCell<T> {
    fn clone(&self) -> OnceCell<T> {
        OnceCell { value: UnsafeCell::new(self.get().cloned()) }
    }
}
impl<T: PartialEq> PartialEq for OnceCell<T> {
    fn eq(&self, other: &OnceCell<T>) -> bool {
        self.get() == other.get()
    }
}
impl<T: Eq> Eq for OnceCell<T> {}
impl<T> Default for OnceCell<T> {
    fn default() -> OnceCell<T> {
        OnceCell::new()
    }
}
impl<T> From<T> for OnceCell<T> {
    fn from(value: T) -> OnceCell<T> {
        OnceCell { value: UnsafeCell::new(Some(value)) }
    }
}

impl<T> OnceCell<T> {
    /// The contents, mutably, if written.
    #[inline]
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    /// Unwraps the contents, if written.
    #[inline]
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    /// Takes the contents, leaving the cell empty.
    #[inline]
    pub fn take(&mut self) -> Option<T> {
        self.value.get_mut().take()
    }

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

enum Lazy<T, F> {
    Waiting(F),
    Made(T),
    Poisoned,
}

/// A value made when it is first looked at.
pub struct LazyCell<T, F = fn() -> T> {
    state: UnsafeCell<Lazy<T, F>>,
}

impl<T, F: FnOnce() -> T> LazyCell<T, F> {
    /// Not made yet.
    #[inline]
    pub const fn new(make: F) -> LazyCell<T, F> {
        LazyCell { state: UnsafeCell::new(Lazy::Waiting(make)) }
    }

    /// The value, made now if it was not.
    pub fn force(this: &LazyCell<T, F>) -> &T {
        let state = this.state.get();
        if let Lazy::Waiting(_) = unsafe { &*state } {
            // poisoned while `make` runs, which may look at this cell itself
            let Lazy::Waiting(make) = (unsafe { mem::replace(&mut *state, Lazy::Poisoned) }) else { unreachable!() };
            let made = make();
            unsafe { *state = Lazy::Made(made) };
        }
        match unsafe { &*state } {
            Lazy::Made(value) => value,
            _ => panic!("LazyCell instance has previously been poisoned"),
        }
    }

    /// The value, mutably, made now if it was not.
    pub fn force_mut(this: &mut LazyCell<T, F>) -> &mut T {
        LazyCell::force(this);
        match this.state.get_mut() {
            Lazy::Made(value) => value,
            _ => unreachable!(),
        }
    }
}

impl<T, F> LazyCell<T, F> {
    /// The value, if it was made.
    #[inline]
    pub fn get(this: &LazyCell<T, F>) -> Option<&T> {
        if let Lazy::Made(value) = unsafe { &*this.state.get() } { Some(value) } else { None }
    }

    /// The value, mutably, if it was made.
    #[inline]
    pub fn get_mut(this: &mut LazyCell<T, F>) -> Option<&mut T> {
        if let Lazy::Made(value) = this.state.get_mut() { Some(value) } else { None }
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyCell<T, F> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        LazyCell::force(self)
    }
}
impl<T: Default> Default for LazyCell<T> {
    fn default() -> LazyCell<T> {
        LazyCell::new(T::default)
    }
}
impl<T: crate::fmt::Debug, F> crate::fmt::Debug for LazyCell<T, F> {
    fn fmt(&self, _formatter: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        Ok(())
    }
}
