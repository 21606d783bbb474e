//! Borrowing as a trait.
//!
//! What it is: `Borrow` and `BorrowMut`.
//! What it assumes: nothing.
//! What it guarantees: a borrowed value compares and hashes like its owner.
//!
//! ```text
//! fn first<B: Borrow<[u32]>>(b: B) -> u32 { b.borrow()[0] }
//! ```

/// Types that borrow as another.
pub trait Borrow<Borrowed: ?Sized> {
    /// Borrows.
    fn borrow(&self) -> &Borrowed;
}

/// Types that borrow mutably as another.
pub trait BorrowMut<Borrowed: ?Sized>: Borrow<Borrowed> {
    /// Borrows mutably.
    fn borrow_mut(&mut self) -> &mut Borrowed;
}

impl<T: ?Sized> Borrow<T> for T {
    #[inline]
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> BorrowMut<T> for T {
    #[inline]
    fn borrow_mut(&mut self) -> &mut T {
        self
    }
}

impl<T: ?Sized> Borrow<T> for &T {
    #[inline]
    fn borrow(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized> Borrow<T> for &mut T {
    #[inline]
    fn borrow(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized> BorrowMut<T> for &mut T {
    #[inline]
    fn borrow_mut(&mut self) -> &mut T {
        &mut **self
    }
}
