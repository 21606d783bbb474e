//! The integers' limits under their older names.
//!
//! What it is: modules `u8`, `i32`, ... with `MIN` and `MAX`, re-exported by the crate root.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! let none = core::u32::MAX;
//! ```

/// Modules that hold the integers' limits under their older names.
macro_rules! integer_modules {
    ($($integer:ident)*) => {$(
        #[allow(missing_docs)]
        pub mod $integer {
            pub const MIN: $integer = <$integer>::MIN;
            pub const MAX: $integer = <$integer>::MAX;
        }
    )*};
}

integer_modules! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
