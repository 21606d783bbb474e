//! Marker traits: properties of types that the compiler decides or relies on.
//!
//! What it is: `Sized`, `Copy`, `Send`, `Sync`, `Unpin`, `Tuple`, `PhantomData` and the compiler's private markers.
//! What it assumes: traits tagged `#[oxide::auto_trait]` are implemented structurally by the compiler unless an
//! `impl !Trait` says otherwise; `Sized`, `Tuple`, `DiscriminantKind` and `Pointee` are built in.
//! What it guarantees: raw pointers are neither `Send` nor `Sync`.
//!
//! ```text
//! struct Brand<'a>(PhantomData<fn(&'a ()) -> &'a ()>);   // invariant in 'a, zero-sized
//! ```

use crate::clone::Clone;
use crate::cmp::{Eq, Ord, Ordering, PartialEq, PartialOrd};
use crate::default::Default;
use crate::hash::{Hash, Hasher};
use crate::option::Option;

/// Every type, sized or not, that can stand behind a pointer.
#[lang = "pointee_sized"]
pub trait PointeeSized {}

/// Types whose size follows from pointer metadata.
#[lang = "meta_sized"]
pub trait MetaSized: PointeeSized {}

/// Types whose size is known at compile time.
#[lang = "sized"]
#[fundamental]
pub trait Sized: MetaSized {}

/// Types that coerce to an unsized type: `[T; N]` to `[T]`.
#[lang = "unsize"]
pub trait Unsize<T: PointeeSized>: PointeeSized {}

/// Types whose values are duplicated by copying bits.
#[lang = "copy"]
pub trait Copy: Clone {}

/// Types that may move to another thread.
#[oxide::auto_trait]
pub unsafe trait Send {}

/// Types whose shared references may be used from several threads.
#[lang = "sync"]
#[oxide::auto_trait]
pub unsafe trait Sync {}

/// Types that may be moved after being pinned.
#[lang = "unpin"]
#[oxide::auto_trait]
pub trait Unpin {}

/// Types without interior mutability; constants of these types may be promoted.
#[lang = "freeze"]
#[oxide::auto_trait]
pub unsafe trait Freeze {}

/// Types whose mutable references are exclusive even when pinned.
#[lang = "unsafe_unpin"]
#[oxide::auto_trait]
pub unsafe trait UnsafeUnpin {}

impl<T: ?Sized> !Send for *const T {}
impl<T: ?Sized> !Send for *mut T {}
impl<T: ?Sized> !Sync for *const T {}
impl<T: ?Sized> !Sync for *mut T {}
unsafe impl<T: ?Sized> Freeze for PhantomData<T> {}
unsafe impl<T: ?Sized> Freeze for *const T {}
unsafe impl<T: ?Sized> Freeze for *mut T {}
unsafe impl<T: ?Sized> Freeze for &T {}
unsafe impl<T: ?Sized> Freeze for &mut T {}
unsafe impl<T: Sync + ?Sized> Send for &T {}

/// Tuples of any arity; implemented by the compiler.
#[lang = "tuple_trait"]
pub trait Tuple {}

/// Types with a discriminant; implemented by the compiler for every type.
#[lang = "discriminant_kind"]
pub trait DiscriminantKind {
    #[lang = "discriminant_type"]
    type Discriminant: Copy + PartialEq;
}

/// Types usable in patterns by value; the derive of `PartialEq` implements it.
#[lang = "structural_peq"]
pub trait StructuralPartialEq {}

/// Types allowed as const generic parameters.
#[lang = "const_param_ty"]
pub trait ConstParamTy_: StructuralPartialEq + Eq {}

macro_rules! const_param_types {
    ($($type:ty)*) => {$(
        impl StructuralPartialEq for $type {}
        impl ConstParamTy_ for $type {}
    )*};
}

const_param_types! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool char }

/// Types that can be dropped; every type can.
#[lang = "destruct"]
pub trait Destruct: PointeeSized {}

/// Types that never run code when dropped; implemented by the compiler.
#[lang = "bikeshed_guaranteed_no_drop"]
pub trait BikeshedGuaranteedNoDrop {}

/// Function pointer types; implemented by the compiler.
#[lang = "fn_ptr_trait"]
pub trait FnPtr: Copy + Clone {
    #[lang = "fn_ptr_addr"]
    fn addr(self) -> *const ();
}

/// Receivers usable as `self` without `Deref`.
#[lang = "legacy_receiver"]
pub trait LegacyReceiver {}
impl<T: ?Sized> LegacyReceiver for &T {}
impl<T: ?Sized> LegacyReceiver for &mut T {}

/// A zero-sized stand-in that makes its owner behave as if it held a `T`.
#[lang = "phantom_data"]
pub struct PhantomData<T: ?Sized>;

impl<T: ?Sized> Clone for PhantomData<T> {
    fn clone(&self) -> Self {
        PhantomData
    }
}
impl<T: ?Sized> Copy for PhantomData<T> {}
impl<T: ?Sized> Default for PhantomData<T> {
    fn default() -> Self {
        PhantomData
    }
}
impl<T: ?Sized> PartialEq for PhantomData<T> {
    fn eq(&self, _other: &PhantomData<T>) -> bool {
        true
    }
}
impl<T: ?Sized> Eq for PhantomData<T> {}
impl<T: ?Sized> PartialOrd for PhantomData<T> {
    fn partial_cmp(&self, _other: &PhantomData<T>) -> Option<Ordering> {
        Option::Some(Ordering::Equal)
    }
}
impl<T: ?Sized> Ord for PhantomData<T> {
    fn cmp(&self, _other: &PhantomData<T>) -> Ordering {
        Ordering::Equal
    }
}
impl<T: ?Sized> Hash for PhantomData<T> {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}
impl<T: ?Sized> StructuralPartialEq for PhantomData<T> {}

/// A zero-sized field that makes its owner not `Unpin`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhantomPinned;
impl !Unpin for PhantomPinned {}

macro_rules! copy_primitives {
    ($($primitive:ty)*) => {$(
        impl Copy for $primitive {}
        impl Clone for $primitive {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }
    )*};
}

copy_primitives! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 bool char }
copy_primitives! { ! }

impl<T: ?Sized> Copy for *const T {}
impl<T: ?Sized> Copy for *mut T {}
impl<T: ?Sized> Copy for &T {}
impl<T: Copy, const N: usize> Copy for [T; N] {}

impl<T: ?Sized> Clone for *const T {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: ?Sized> Clone for *mut T {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: ?Sized> Clone for &T {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
