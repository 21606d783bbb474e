//! Sizes, moves and raw views of values.
//!
//! What it is: `size_of`, `swap`, `replace`, `take`, `transmute`, `forget`, `ManuallyDrop`, `MaybeUninit`, ...
//! What it assumes: the size and alignment intrinsics follow the target's layout.
//! What it guarantees: the safe functions are safe.
//!
//! ```text
//! let bits: u32 = unsafe { mem::transmute(1.0f32) };
//! ```

mod manually_drop;
mod maybe_uninit;

use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::marker::DiscriminantKind;

pub use self::manually_drop::ManuallyDrop;
pub use self::maybe_uninit::MaybeUninit;
pub use crate::intrinsics::transmute;
pub use crate::offset_of;

/// The size of a type in bytes.
#[inline(always)]
#[must_use]
#[oxide::promotable]
pub const fn size_of<T>() -> usize {
    intrinsics::size_of::<T>()
}

/// The size of a value in bytes.
#[inline(always)]
#[must_use]
pub const fn size_of_val<T: ?Sized>(value: &T) -> usize {
    unsafe { intrinsics::size_of_val(value as *const T) }
}

/// The alignment of a type in bytes.
#[inline(always)]
#[must_use]
#[oxide::promotable]
pub const fn align_of<T>() -> usize {
    intrinsics::align_of::<T>()
}

/// The alignment of a value in bytes.
#[inline(always)]
#[must_use]
pub const fn align_of_val<T: ?Sized>(value: &T) -> usize {
    unsafe { intrinsics::align_of_val(value as *const T) }
}

/// Whether dropping a value of the type runs code.
#[inline(always)]
#[must_use]
pub const fn needs_drop<T: ?Sized>() -> bool {
    intrinsics::needs_drop::<T>()
}

/// The number of variants of an enum.
#[inline(always)]
#[must_use]
pub const fn variant_count<T>() -> usize {
    intrinsics::variant_count::<T>()
}

/// Drops a value.
#[inline]
pub fn drop<T>(_value: T) {}

/// Ends a value's life without dropping it.
#[inline]
pub const fn forget<T>(value: T) {
    let _value = ManuallyDrop::new(value);
}

/// A value of all-zero bytes.
///
/// # Safety
/// All-zero bytes are a valid `T`.
#[inline(always)]
#[must_use]
pub const unsafe fn zeroed<T>() -> T {
    unsafe { MaybeUninit::zeroed().assume_init() }
}

/// Swaps two values.
#[inline]
pub const fn swap<T>(x: &mut T, y: &mut T) {
    unsafe { intrinsics::typed_swap_nonoverlapping(x as *mut T, y as *mut T) }
}

/// Stores a value and returns the old one.
#[inline]
#[must_use]
pub const fn replace<T>(destination: &mut T, value: T) -> T {
    unsafe {
        let old = intrinsics::read_via_copy(destination as *mut T as *const T);
        intrinsics::write_via_move(destination as *mut T, value);
        old
    }
}

/// Stores the type's default and returns the old value.
#[inline]
pub fn take<T: Default>(destination: &mut T) -> T {
    replace(destination, T::default())
}

/// Reads the bytes of a value as another type.
///
/// # Safety
/// `Dst` is no larger than `Src`, and the bytes are a valid `Dst`.
#[inline]
#[must_use]
pub const unsafe fn transmute_copy<Src, Dst>(source: &Src) -> Dst {
    unsafe { crate::ptr::read_unaligned(source as *const Src as *const Dst) }
}

/// The discriminant of an enum value, opaque.
pub struct Discriminant<T>(<T as DiscriminantKind>::Discriminant);

impl<T> Copy for Discriminant<T> {}
impl<T> Clone for Discriminant<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> PartialEq for Discriminant<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Discriminant<T> {}
impl<T> Hash for Discriminant<T>
where
    <T as DiscriminantKind>::Discriminant: Hash,
{
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Which variant a value is.
#[inline]
pub const fn discriminant<T>(value: &T) -> Discriminant<T> {
    Discriminant(intrinsics::discriminant_value(value))
}
