//! Smart pointers and destructors.
//!
//! What it is: `Deref`, `DerefMut`, `Drop`, and the compiler's coercion markers.
//! What it assumes: `*r` on a reference is built in.
//! What it guarantees: `Drop::drop` runs once, on normal exits only (kernels do not unwind).
//!
//! ```text
//! impl Deref for Wrapper { type Target = u32; fn deref(&self) -> &u32 { &self.0 } }
//! ```

use crate::marker::{PointeeSized, Unsize};

/// Immutable dereferencing, `*v`.
#[lang = "deref"]
pub trait Deref {
    /// What the value points to.
    #[lang = "deref_target"]
    type Target: ?Sized;

    /// Borrows what the value points to.
    fn deref(&self) -> &Self::Target;
}

/// Mutable dereferencing, `*v = x`.
#[lang = "deref_mut"]
pub trait DerefMut: Deref {
    /// Borrows mutably what the value points to.
    fn deref_mut(&mut self) -> &mut Self::Target;
}

impl<T: ?Sized> Deref for &T {
    type Target = T;
    fn deref(&self) -> &T {
        *self
    }
}

impl<T: ?Sized> Deref for &mut T {
    type Target = T;
    fn deref(&self) -> &T {
        *self
    }
}

impl<T: ?Sized> DerefMut for &mut T {
    fn deref_mut(&mut self) -> &mut T {
        *self
    }
}

/// Types usable as `self` parameters.
#[lang = "receiver"]
pub trait Receiver {
    /// The type whose methods are found.
    #[lang = "receiver_target"]
    type Target: ?Sized;
}

impl<P: Deref<Target = T> + ?Sized, T: ?Sized> Receiver for P {
    type Target = T;
}

/// Code that runs when a value goes out of scope.
#[lang = "drop"]
pub trait Drop {
    /// The destructor.
    fn drop(&mut self);
}

/// Pointers that coerce when their pointee unsizes.
#[lang = "coerce_unsized"]
pub trait CoerceUnsized<T: PointeeSized> {}

impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<&'a mut U> for &'a mut T {}
impl<'a, 'b: 'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<&'a U> for &'b mut T {}
impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*mut U> for &'a mut T {}
impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*const U> for &'a mut T {}
impl<'a, 'b: 'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<&'a U> for &'b T {}
impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*const U> for &'a T {}
impl<T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*mut U> for *mut T {}
impl<T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*const U> for *mut T {}
impl<T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*const U> for *const T {}

/// Pointers usable as receivers of trait-object methods.
#[lang = "dispatch_from_dyn"]
pub trait DispatchFromDyn<T> {}

impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> DispatchFromDyn<&'a U> for &'a T {}
impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> DispatchFromDyn<&'a mut U> for &'a mut T {}
