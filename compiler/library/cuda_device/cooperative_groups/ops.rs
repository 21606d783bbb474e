//! Operations to reduce by.
//!
//! What it is: `ReduceOp`, which users may implement, and `Sum`, `Min`, `Max`, `BitAnd`, `BitOr`, `BitXor`.
//! What it assumes: an operation is associative, and its identity changes nothing.
//! What it guarantees: integer sums wrap.
//!
//! ```text
//! struct Product; impl ReduceOp<f32> for Product { fn identity() -> f32 { 1.0 } fn combine(a: f32, b: f32) -> f32 { a * b } }
//! ```

/// An associative operation with an identity.
pub trait ReduceOp<T> {
    /// The value that changes nothing.
    fn identity() -> T;
    /// The operation.
    fn combine(a: T, b: T) -> T;
}

/// Addition.
pub struct Sum;
/// The smaller value.
pub struct Min;
/// The greater value.
pub struct Max;
/// Bitwise and.
pub struct BitAnd;
/// Bitwise or.
pub struct BitOr;
/// Bitwise exclusive or.
pub struct BitXor;

macro_rules! operations {
    ($($name:ident<$type:ident>: $identity:expr, |$a:ident, $b:ident| $combine:expr;)*) => {$(
        impl ReduceOp<$type> for $name {
            #[inline(always)]
            fn identity() -> $type {
                $identity
            }
            #[inline(always)]
            fn combine($a: $type, $b: $type) -> $type {
                $combine
            }
        }
    )*};
}

operations! {
    Sum<u32>: 0, |a, b| a.wrapping_add(b);
    Sum<i32>: 0, |a, b| a.wrapping_add(b);
    Sum<f32>: 0.0, |a, b| a + b;
    Min<u32>: u32::MAX, |a, b| a.min(b);
    Min<i32>: i32::MAX, |a, b| a.min(b);
    Min<f32>: f32::INFINITY, |a, b| a.min(b);
    Max<u32>: u32::MIN, |a, b| a.max(b);
    Max<i32>: i32::MIN, |a, b| a.max(b);
    Max<f32>: f32::NEG_INFINITY, |a, b| a.max(b);
    BitAnd<u32>: u32::MAX, |a, b| a & b;
    BitOr<u32>: 0, |a, b| a | b;
    BitXor<u32>: 0, |a, b| a ^ b;
}
