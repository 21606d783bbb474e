//! Types as values.
//!
//! What it is: `TypeId`, `type_name` and `Any`.
//! What it assumes: the compiler gives every type its own 128 bits and its name.
//! What it guarantees: two types have the same `TypeId` if they are equal but for lifetimes; `Any` is for host code, as
//! there are no trait objects on the device.
//!
//! ```text
//! let is_float = TypeId::of::<T>() == TypeId::of::<f32>();
//! ```

use crate::intrinsics;

/// Identifies a type.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId {
    halves: (u64, u64),
}

impl TypeId {
    /// That of a type.
    #[inline]
    #[must_use]
    pub const fn of<T: ?Sized + 'static>() -> TypeId {
        let bits = intrinsics::type_id_bits::<T>();
        TypeId { halves: ((bits >> 64) as u64, bits as u64) }
    }
}

/// The type's name with its path, for people to read.
#[inline]
#[must_use]
pub const fn type_name<T: ?Sized>() -> &'static str {
    intrinsics::type_name::<T>()
}

/// The name of a value's type.
#[inline]
#[must_use]
pub const fn type_name_of_val<T: ?Sized>(_value: &T) -> &'static str {
    intrinsics::type_name::<T>()
}

/// Values whose type can be asked for.
pub trait Any: 'static {
    /// The identity of the value's type.
    fn type_id(&self) -> TypeId;
}

impl<T: 'static + ?Sized> Any for T {
    fn type_id(&self) -> TypeId {
        TypeId::of::<T>()
    }
}
