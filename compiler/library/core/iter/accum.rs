//! Sums, products, and collecting through `Option` and `Result`.
//!
//! What it is: `Sum`, `Product`, and `try_process`, which feeds values to a function until one is a failure.
//! What it assumes: nothing.
//! What it guarantees: integer sums wrap; an empty float sum is -0.0, as in Rust.
//!
//! ```text
//! let total: f32 = row.iter().sum();
//! ```

use crate::ops::{ControlFlow, FromResidual, Residual, Try};

/// Types that are sums of others.
pub trait Sum<A = Self>: Sized {
    /// Adds the values up.
    fn sum<I: Iterator<Item = A>>(iter: I) -> Self;
}

/// Types that are products of others.
pub trait Product<A = Self>: Sized {
    /// Multiplies the values.
    fn product<I: Iterator<Item = A>>(iter: I) -> Self;
}

macro_rules! sum_and_product {
    ($zero:expr, $one:expr; $($number:ident)*) => {$(
        impl Sum for $number {
            #[inline]
            fn sum<I: Iterator<Item = $number>>(iter: I) -> $number {
                iter.fold($zero, |a, b| a + b)
            }
        }
        impl Product for $number {
            #[inline]
            fn product<I: Iterator<Item = $number>>(iter: I) -> $number {
                iter.fold($one, |a, b| a * b)
            }
        }
        impl<'a> Sum<&'a $number> for $number {
            #[inline]
            fn sum<I: Iterator<Item = &'a $number>>(iter: I) -> $number {
                iter.fold($zero, |a, b| a + *b)
            }
        }
        impl<'a> Product<&'a $number> for $number {
            #[inline]
            fn product<I: Iterator<Item = &'a $number>>(iter: I) -> $number {
                iter.fold($one, |a, b| a * *b)
            }
        }
    )*};
}

sum_and_product! { 0, 1; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
sum_and_product! { -0.0, 1.0; f16 f32 f64 }

/// Yields the outputs of a sequence of `Try` values and keeps the first residual.
pub struct Shunt<'a, I, R> {
    iter: I,
    residual: &'a mut Option<R>,
}

impl<I, R> Iterator for Shunt<'_, I, R>
where
    I: Iterator,
    I::Item: Try<Residual = R>,
{
    type Item = <I::Item as Try>::Output;

    fn next(&mut self) -> Option<Self::Item> {
        match self.iter.next()?.branch() {
            ControlFlow::Continue(output) => Some(output),
            ControlFlow::Break(residual) => {
                *self.residual = Some(residual);
                None
            }
        }
    }
}

/// Runs the function over the outputs; the first residual, if any, is the result.
pub fn try_process<I, T, R, F, U>(iter: I, f: F) -> <R as Residual<U>>::TryType
where
    I: Iterator,
    I::Item: Try<Output = T, Residual = R>,
    R: Residual<U>,
    F: FnOnce(Shunt<'_, I, R>) -> U,
{
    let mut residual = None;
    let value = f(Shunt { iter, residual: &mut residual });
    match residual {
        Some(residual) => FromResidual::from_residual(residual),
        None => Try::from_output(value),
    }
}

impl<T: Sum<U>, U> Sum<Option<U>> for Option<T> {
    fn sum<I: Iterator<Item = Option<U>>>(iter: I) -> Option<T> {
        try_process(iter, |values| values.sum())
    }
}

impl<T: Product<U>, U> Product<Option<U>> for Option<T> {
    fn product<I: Iterator<Item = Option<U>>>(iter: I) -> Option<T> {
        try_process(iter, |values| values.product())
    }
}

impl<T: Sum<U>, U, E> Sum<Result<U, E>> for Result<T, E> {
    fn sum<I: Iterator<Item = Result<U, E>>>(iter: I) -> Result<T, E> {
        try_process(iter, |values| values.sum())
    }
}

impl<T: Product<U>, U, E> Product<Result<U, E>> for Result<T, E> {
    fn product<I: Iterator<Item = Result<U, E>>>(iter: I) -> Result<T, E> {
        try_process(iter, |values| values.product())
    }
}
