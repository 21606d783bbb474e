//! Constant memory.
//!
//! What it is: `ConstantMemory`, the type of a `#[constant]` static, which the host fills before a launch.
//! What it assumes: the compiler puts statics of `#[oxide::constant]` types into constant memory, zeroed.
//! What it guarantees: reads are loads at run time, never folded to the initialiser.
//!
//! ```text
//! #[constant] static WEIGHTS: ConstantMemory<[f32; 9]> = ConstantMemory::UNINIT;
//! let w = WEIGHTS.get_ref()[i];
//! ```

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

/// A value in constant memory.
#[oxide::constant]
#[repr(transparent)]
pub struct ConstantMemory<T: ConstantMemoryValue> {
    value: UnsafeCell<MaybeUninit<T>>,
}

unsafe impl<T: ConstantMemoryValue> Sync for ConstantMemory<T> {}

impl<T: ConstantMemoryValue> ConstantMemory<T> {
    /// The initialiser of the static; constant memory starts out zeroed.
    pub const UNINIT: Self = ConstantMemory { value: UnsafeCell::new(MaybeUninit::zeroed()) };

    /// A copy of the value.
    #[inline(always)]
    pub fn get(&self) -> T {
        *self.get_ref()
    }

    /// The value by reference.
    #[inline(always)]
    pub fn get_ref(&self) -> &T {
        unsafe { &*(self.value.get() as *const T) }
    }
}

/// Types whose all-zero bytes, and any bytes the host writes, are values.
///
/// # Safety
/// Every bit pattern is a value.
pub unsafe trait ConstantMemoryValue: Copy {}

macro_rules! constant_values {
    ($($type:ty)*) => {$(
        unsafe impl ConstantMemoryValue for $type {}
    )*};
}

constant_values! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 }

unsafe impl<T> ConstantMemoryValue for *const T {}
unsafe impl<T> ConstantMemoryValue for *mut T {}
unsafe impl<T: ConstantMemoryValue, const N: usize> ConstantMemoryValue for [T; N] {}

macro_rules! constant_tuples {
    ($($first:ident $($rest:ident)*;)*) => {$(
        unsafe impl<$first: ConstantMemoryValue $(, $rest: ConstantMemoryValue)*> ConstantMemoryValue
            for ($first, $($rest,)*) {}
    )*};
}

constant_tuples! {
    A; A B; A B C; A B C D; A B C D E; A B C D E F; A B C D E F G; A B C D E F G H;
}
