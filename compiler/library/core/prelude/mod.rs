//! The names every module sees without importing them.
//!
//! What it is: `v1` and one module per edition. The compiler glob-imports the edition's module into every module of
//! every crate, this one included.
//! What it assumes: nothing.
//! What it guarantees: the names are those of Rust's prelude, less the heap types.
//!
//! ```text
//! Some(3).map(|x| x + 1)   // `Some` comes from here
//! ```

/// The names common to all editions.
pub mod v1 {
    pub use crate::clone::Clone;
    pub use crate::cmp::{Eq, Ord, PartialEq, PartialOrd};
    pub use crate::convert::{AsMut, AsRef, From, Into};
    pub use crate::default::Default;
    pub use crate::iter::{DoubleEndedIterator, ExactSizeIterator, Extend, IntoIterator, Iterator};
    pub use crate::marker::{Copy, Send, Sized, Sync, Unpin};
    pub use crate::mem::drop;
    pub use crate::mem::{align_of, align_of_val, size_of, size_of_val};
    pub use crate::ops::{Drop, Fn, FnMut, FnOnce};
    pub use crate::option::Option::{self, None, Some};
    pub use crate::result::Result::{self, Err, Ok};
    pub use crate::{
        assert, assert_eq, assert_ne, cfg, column, compile_error, concat, debug_assert, debug_assert_eq,
        debug_assert_ne, env, file, format_args, include, include_bytes, include_str, line, matches, module_path,
        option_env, panic, r#try, stringify, todo, unimplemented, unreachable,
    };
}

/// The prelude of the 2015 edition.
pub mod rust_2015 {
    pub use super::v1::*;
}

/// The prelude of the 2018 edition.
pub mod rust_2018 {
    pub use super::v1::*;
}

/// The prelude of the 2021 edition.
pub mod rust_2021 {
    pub use super::v1::*;
    pub use crate::convert::{TryFrom, TryInto};
    pub use crate::iter::FromIterator;
}

/// The prelude of the 2024 edition.
pub mod rust_2024 {
    pub use super::rust_2021::*;
}
