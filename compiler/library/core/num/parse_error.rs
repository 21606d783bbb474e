//! Why a text is no integer.
//!
//! What it is: `ParseIntError` and its kinds.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! matches!("".parse::<u32>().unwrap_err().kind(), IntErrorKind::Empty)
//! ```

/// A text that is no integer of the type.
#[derive(Clone, PartialEq, Eq)]
pub struct ParseIntError {
    pub(crate) kind: IntErrorKind,
}

impl ParseIntError {
    /// What is wrong with it.
    #[inline]
    pub const fn kind(&self) -> &IntErrorKind {
        &self.kind
    }
}

/// What is wrong with a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IntErrorKind {
    /// There is nothing.
    Empty,
    /// Something that is no digit, or a sign alone.
    InvalidDigit,
    /// Too large.
    PosOverflow,
    /// Too small.
    NegOverflow,
    /// Zero, for a type without it.
    Zero,
}
