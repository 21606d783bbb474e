//! Default values.
//!
//! What it is: the `Default` trait and its implementations for primitives, tuples and references to empty slices.
//! What it assumes: nothing.
//! What it guarantees: numbers default to zero, `bool` to false, `char` to NUL.
//!
//! ```text
//! let zeros: [f32; 4] = Default::default();
//! ```

/// Types with a natural starting value.
pub trait Default: Sized {
    /// The starting value.
    fn default() -> Self;
}

macro_rules! default_values {
    ($($primitive:ty = $value:expr,)*) => {$(
        impl Default for $primitive {
            #[inline(always)]
            fn default() -> $primitive {
                $value
            }
        }
    )*};
}

default_values! {
    u8 = 0, u16 = 0, u32 = 0, u64 = 0, u128 = 0, usize = 0,
    i8 = 0, i16 = 0, i32 = 0, i64 = 0, i128 = 0, isize = 0,
    f16 = 0.0, f32 = 0.0, f64 = 0.0, bool = false, char = '\0', () = (),
}

impl<T> Default for &[T] {
    fn default() -> Self {
        &[]
    }
}
