//! Explicit duplication.
//!
//! What it is: the `Clone` trait. Implementations for primitives, pointers and references are in `marker`, for arrays
//! in `array`; tuples, closures and function items are cloned by the compiler.
//! What it assumes: nothing.
//! What it guarantees: cloning a `Copy` type copies it.
//!
//! ```text
//! let b = a.clone();
//! ```

use crate::marker::Sized;

/// Types whose values can be duplicated explicitly.
#[lang = "clone"]
pub trait Clone: Sized {
    /// A duplicate of the value.
    #[lang = "clone_fn"]
    #[must_use]
    fn clone(&self) -> Self;

    /// Makes `self` a duplicate of `source`.
    #[inline]
    fn clone_from(&mut self, source: &Self) {
        *self = source.clone()
    }
}

/// Used by `derive(Clone)` to check that a field type is `Clone`.
pub struct AssertParamIsClone<T: Clone + ?Sized> {
    _field: crate::marker::PhantomData<T>,
}

/// Used by `derive(Copy)` to check that a field type is `Copy`.
pub struct AssertParamIsCopy<T: crate::marker::Copy + ?Sized> {
    _field: crate::marker::PhantomData<T>,
}
