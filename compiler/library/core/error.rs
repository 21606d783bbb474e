//! What errors have in common.
//!
//! What it is: `Error`, for the library's own errors and those of kernels' helpers.
//! What it assumes: errors travel by value; `source` is for host code, as there are no trait objects on the device.
//! What it guarantees: nothing more.
//!
//! ```text
//! impl core::error::Error for Fault {}
//! ```

use crate::fmt::{self, Debug, Display};

/// A type of errors.
pub trait Error: Debug + Display {
    /// What caused it.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        None
    }

    /// A text about it.
    fn description(&self) -> &str {
        "description() is deprecated; use Display"
    }

    /// What caused it, by its older name.
    fn cause(&self) -> Option<&dyn Error> {
        self.source()
    }
}

impl<'a, T: Error + ?Sized> Error for &'a T {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        (**self).source()
    }
}

macro_rules! errors {
    ($($type:ty)*) => {$(
        impl Error for $type {}
    )*};
}

errors! {
    ! fmt::Error crate::convert::Infallible crate::num::ParseIntError crate::num::ParseFloatError
    crate::num::TryFromIntError crate::str::Utf8Error crate::str::ParseBoolError crate::char::CharTryFromError
    crate::char::ParseCharError crate::char::TryFromCharError crate::array::TryFromSliceError crate::cell::BorrowError
    crate::cell::BorrowMutError crate::time::TryFromFloatSecsError crate::alloc::LayoutError
}
