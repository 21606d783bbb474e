//! Raw pointers as functions.
//!
//! What it is: reads, writes, copies, swaps, null pointers, slices from parts, `addr_of!`, and `NonNull`. Methods of
//! `*const T` and `*mut T` are in `const_ptr` and `mut_ptr`.
//! What it assumes: device pointers are generic addresses of 64 bits.
//! What it guarantees: pointer arithmetic lowers to one address computation.
//!
//! ```text
//! unsafe { ptr::write(out.add(i), ptr::read(a.add(i))) }
//! ```

#[macro_use]
mod common;
mod const_ptr;
mod fn_ptr;
mod mut_ptr;
mod non_null;

use crate::intrinsics;
use crate::mem::{ManuallyDrop, MaybeUninit};

pub use self::non_null::NonNull;
pub use crate::intrinsics::{copy, copy_nonoverlapping, write_bytes};
pub use crate::{addr_of, addr_of_mut};

/// Pointers with metadata; implemented by the compiler.
#[lang = "pointee_trait"]
pub trait Pointee: crate::marker::PointeeSized {
    /// What a pointer carries beside the address.
    #[lang = "metadata_type"]
    type Metadata: Copy + Send + Sync + Ord + crate::hash::Hash + Unpin;
}

/// Drops the value behind a pointer.
///
/// # Safety
/// The pointer is valid, and the value is not used again.
#[lang = "drop_in_place"]
#[allow(unconditional_recursion)]
pub unsafe fn drop_in_place<T: ?Sized>(to_drop: *mut T) {
    // The compiler replaces the body with the type's drop glue.
    unsafe { drop_in_place(to_drop) }
}

/// The null pointer.
#[inline(always)]
#[must_use]
#[oxide::promotable]
pub const fn null<T>() -> *const T {
    without_provenance(0)
}

/// The mutable null pointer.
#[inline(always)]
#[must_use]
#[oxide::promotable]
pub const fn null_mut<T>() -> *mut T {
    without_provenance_mut(0)
}

/// A pointer with an address and no memory behind it.
#[inline(always)]
#[must_use]
pub const fn without_provenance<T>(address: usize) -> *const T {
    unsafe { intrinsics::transmute(address) }
}

/// A mutable pointer with an address and no memory behind it.
#[inline(always)]
#[must_use]
pub const fn without_provenance_mut<T>(address: usize) -> *mut T {
    unsafe { intrinsics::transmute(address) }
}

/// A well-aligned pointer to no memory.
#[inline(always)]
#[must_use]
pub const fn dangling<T>() -> *const T {
    without_provenance(crate::mem::align_of::<T>())
}

/// A well-aligned mutable pointer to no memory.
#[inline(always)]
#[must_use]
pub const fn dangling_mut<T>() -> *mut T {
    without_provenance_mut(crate::mem::align_of::<T>())
}

/// A pointer from an exposed address.
#[inline(always)]
#[must_use]
pub fn with_exposed_provenance<T>(address: usize) -> *const T {
    address as *const T
}

/// A mutable pointer from an exposed address.
#[inline(always)]
#[must_use]
pub fn with_exposed_provenance_mut<T>(address: usize) -> *mut T {
    address as *mut T
}

/// The pointer of a reference.
#[inline(always)]
#[must_use]
pub const fn from_ref<T: ?Sized>(reference: &T) -> *const T {
    reference
}

/// The pointer of a mutable reference.
#[inline(always)]
#[must_use]
pub const fn from_mut<T: ?Sized>(reference: &mut T) -> *mut T {
    reference
}

/// A slice pointer from its parts.
#[inline(always)]
pub const fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {
    intrinsics::aggregate_raw_ptr::<*const [T], *const T, usize>(data, len)
}

/// A mutable slice pointer from its parts.
#[inline(always)]
pub const fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {
    intrinsics::aggregate_raw_ptr::<*mut [T], *mut T, usize>(data, len)
}

/// Reads a value.
///
/// # Safety
/// The pointer is valid for reads and aligned.
#[inline(always)]
pub const unsafe fn read<T>(source: *const T) -> T {
    unsafe { intrinsics::read_via_copy(source) }
}

/// Reads a value from an address of any alignment.
///
/// # Safety
/// The pointer is valid for reads.
#[inline]
pub const unsafe fn read_unaligned<T>(source: *const T) -> T {
    let mut value = MaybeUninit::<T>::uninit();
    unsafe {
        copy_nonoverlapping(source as *const u8, value.as_mut_ptr() as *mut u8, crate::mem::size_of::<T>());
        value.assume_init()
    }
}

/// Reads a value exactly once, in program order with other volatile accesses.
///
/// # Safety
/// The pointer is valid for reads and aligned.
#[inline(always)]
pub unsafe fn read_volatile<T>(source: *const T) -> T {
    unsafe { intrinsics::volatile_load(source) }
}

/// Writes a value without dropping the old one.
///
/// # Safety
/// The pointer is valid for writes and aligned.
#[inline(always)]
pub const unsafe fn write<T>(destination: *mut T, value: T) {
    unsafe { intrinsics::write_via_move(destination, value) }
}

/// Writes a value to an address of any alignment.
///
/// # Safety
/// The pointer is valid for writes.
#[inline]
pub const unsafe fn write_unaligned<T>(destination: *mut T, value: T) {
    let value = ManuallyDrop::new(value);
    unsafe {
        copy_nonoverlapping(
            &value as *const ManuallyDrop<T> as *const u8,
            destination as *mut u8,
            crate::mem::size_of::<T>(),
        )
    }
}

/// Writes a value exactly once, in program order with other volatile accesses.
///
/// # Safety
/// The pointer is valid for writes and aligned.
#[inline(always)]
pub unsafe fn write_volatile<T>(destination: *mut T, value: T) {
    unsafe { intrinsics::volatile_store(destination, value) }
}

/// Writes a value and returns the old one.
///
/// # Safety
/// The pointer is valid for reads and writes and aligned.
#[inline]
pub const unsafe fn replace<T>(destination: *mut T, value: T) -> T {
    unsafe {
        let old = read(destination as *const T);
        write(destination, value);
        old
    }
}

/// Swaps two values, which may overlap.
///
/// # Safety
/// Both pointers are valid for reads and writes and aligned.
#[inline]
pub const unsafe fn swap<T>(x: *mut T, y: *mut T) {
    unsafe {
        let a = read(x as *const T);
        let b = read(y as *const T);
        write(x, b);
        write(y, a);
    }
}

/// Swaps two runs of values that do not overlap.
///
/// # Safety
/// Both pointers are valid for reads and writes of `count` values.
#[inline]
pub unsafe fn swap_nonoverlapping<T>(x: *mut T, y: *mut T, count: usize) {
    let mut i = 0;
    while i < count {
        unsafe { swap(x.add(i), y.add(i)) }
        i += 1;
    }
}

/// Whether two pointers are equal, metadata included.
#[inline(always)]
#[must_use]
pub fn eq<T: ?Sized>(a: *const T, b: *const T) -> bool {
    a == b
}

/// Whether two pointers have the same address.
#[inline(always)]
#[must_use]
pub fn addr_eq<T: ?Sized, U: ?Sized>(p: *const T, q: *const U) -> bool {
    (p as *const ()) == (q as *const ())
}

/// Whether two function pointers have the same address.
#[inline(always)]
#[must_use]
pub fn fn_addr_eq<T: Copy, U: Copy>(f: T, g: U) -> bool {
    unsafe { crate::mem::transmute_copy::<T, usize>(&f) == crate::mem::transmute_copy::<U, usize>(&g) }
}

/// Feeds the address of a reference to a hasher.
pub fn hash<T: ?Sized, S: crate::hash::Hasher>(hashee: *const T, into: &mut S) {
    into.write_usize(hashee as *const () as usize)
}

/// What a pointer to a trait object has besides the address.
#[lang = "dyn_metadata"]
pub struct DynMetadata<Dyn: crate::marker::PointeeSized> {
    _table: NonNull<()>,
    _object: crate::marker::PhantomData<*const Dyn>,
}
