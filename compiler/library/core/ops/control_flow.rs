//! `?` and early exit from iteration.
//!
//! What it is: `ControlFlow` and the traits `Try`, `FromResidual` and `Residual`. `Option` and `Result` implement
//! them beside their definitions.
//! What it assumes: the compiler lowers `e?` to a match on `Try::branch(e)`.
//! What it guarantees: `?` converts errors through `From`.
//!
//! ```text
//! let r = values.iter().try_fold(0u32, |acc, v| acc.checked_add(*v))?;
//! ```

use crate::convert::Infallible;
use crate::hash::{Hash, Hasher};

/// Types that `?` works on.
#[lang = "Try"]
pub trait Try: FromResidual {
    /// What `?` yields when it does not return.
    type Output;

    /// What `?` returns with.
    type Residual;

    /// Wraps an output.
    #[lang = "from_output"]
    fn from_output(output: Self::Output) -> Self;

    /// Decides whether to go on or to return.
    #[lang = "branch"]
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

/// Types that can be built from what `?` returns with.
pub trait FromResidual<R = <Self as Try>::Residual> {
    /// Wraps a residual.
    #[lang = "from_residual"]
    fn from_residual(residual: R) -> Self;
}

/// Residuals from which a `Try` type with a given output can be named.
pub trait Residual<O> {
    /// The type with this residual and output `O`.
    type TryType: Try<Output = O, Residual = Self>;
}

/// Tells a traversal to go on or to stop.
#[must_use]
pub enum ControlFlow<B, C = ()> {
    /// Go on.
    #[lang = "Continue"]
    Continue(C),
    /// Stop, with a value.
    #[lang = "Break"]
    Break(B),
}

impl<B, C> ControlFlow<B, C> {
    /// Whether this is `Break`.
    #[inline]
    pub fn is_break(&self) -> bool {
        matches!(*self, ControlFlow::Break(_))
    }

    /// Whether this is `Continue`.
    #[inline]
    pub fn is_continue(&self) -> bool {
        matches!(*self, ControlFlow::Continue(_))
    }

    /// The value of `Break`.
    #[inline]
    pub fn break_value(self) -> Option<B> {
        match self {
            ControlFlow::Continue(_) => None,
            ControlFlow::Break(value) => Some(value),
        }
    }

    /// The value of `Continue`.
    #[inline]
    pub fn continue_value(self) -> Option<C> {
        match self {
            ControlFlow::Continue(value) => Some(value),
            ControlFlow::Break(_) => None,
        }
    }

    /// Applies a function to the value of `Break`.
    #[inline]
    pub fn map_break<T, F: FnOnce(B) -> T>(self, f: F) -> ControlFlow<T, C> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value),
            ControlFlow::Break(value) => ControlFlow::Break(f(value)),
        }
    }

    /// Applies a function to the value of `Continue`.
    #[inline]
    pub fn map_continue<T, F: FnOnce(C) -> T>(self, f: F) -> ControlFlow<B, T> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(f(value)),
            ControlFlow::Break(value) => ControlFlow::Break(value),
        }
    }
}

impl<B: Clone, C: Clone> Clone for ControlFlow<B, C> {
    fn clone(&self) -> Self {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value.clone()),
            ControlFlow::Break(value) => ControlFlow::Break(value.clone()),
        }
    }
}

impl<B: Copy, C: Copy> Copy for ControlFlow<B, C> {}

impl<B: PartialEq, C: PartialEq> PartialEq for ControlFlow<B, C> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (ControlFlow::Continue(a), ControlFlow::Continue(b)) => *a == *b,
            (ControlFlow::Break(a), ControlFlow::Break(b)) => *a == *b,
            _ => false,
        }
    }
}

impl<B, C> Try for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;

    #[inline]
    fn from_output(output: C) -> Self {
        ControlFlow::Continue(output)
    }

    #[inline]
    fn branch(self) -> ControlFlow<ControlFlow<B, Infallible>, C> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value),
            ControlFlow::Break(value) => ControlFlow::Break(ControlFlow::Break(value)),
        }
    }
}

impl<B, C> FromResidual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    #[inline]
    fn from_residual(residual: ControlFlow<B, Infallible>) -> Self {
        match residual {
            ControlFlow::Break(value) => ControlFlow::Break(value),
        }
    }
}

impl<B, C> Residual<C> for ControlFlow<B, Infallible> {
    type TryType = ControlFlow<B, C>;
}

impl<B: Eq, C: Eq> Eq for ControlFlow<B, C> {}

impl<B: Hash, C: Hash> Hash for ControlFlow<B, C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            ControlFlow::Continue(value) => {
                state.write_isize(0);
                value.hash(state)
            }
            ControlFlow::Break(value) => {
                state.write_isize(1);
                value.hash(state)
            }
        }
    }
}
