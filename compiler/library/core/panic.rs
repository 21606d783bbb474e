//! Where a panic happened, by name.
//!
//! What it is: `Location`, which diagnostics of the host name.
//! What it assumes: on the device a panic is a trap; its place is in the line table.
//! What it guarantees: nothing more.
//!
//! ```text
//! fn describe(at: &core::panic::Location<'_>) -> u32 { at.line() }
//! ```

/// A place in a source file.
#[lang = "panic_location"]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Location<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> Location<'a> {
    /// The file.
    #[inline]
    pub const fn file(&self) -> &'a str {
        self.file
    }

    /// The line, from 1.
    #[inline]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// The column, from 1.
    #[inline]
    pub const fn column(&self) -> u32 {
        self.column
    }
}
