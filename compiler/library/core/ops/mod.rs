//! The traits behind operators, calls, ranges, `?` and destructors.
//!
//! What it is: one file per family, everything re-exported here.
//! What it assumes: operators on primitive operands are built into the compiler; these traits serve generic code,
//! references and user types.
//! What it guarantees: lang items carry rustc's names.
//!
//! ```text
//! fn axpy<T: Copy + Add<Output = T> + Mul<Output = T>>(a: T, x: T, y: T) -> T { a * x + y }
//! ```

mod arith;
mod bit;
mod control_flow;
mod deref;
mod function;
mod index;
mod range;

pub use self::arith::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};
pub use self::bit::{
    BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Not, Shl, ShlAssign, Shr, ShrAssign,
};
pub use self::control_flow::{ControlFlow, FromResidual, Residual, Try};
pub use self::deref::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn, Drop, Receiver};
pub use self::function::{Fn, FnMut, FnOnce};
pub use self::index::{Index, IndexMut};
pub use self::range::{
    Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};
