//! Errors of the host library, by name.
//!
//! What it is: the trait host code converts driver results with.
//! What it assumes: no kernel reaches it.
//! What it guarantees: nothing more.
//!
//! ```text
//! use cuda_core::error::IntoResult;
//! ```

use crate::DriverError;

/// Driver results as `Result`.
pub trait IntoResult {
    /// Performs the conversion.
    fn result(self) -> Result<(), DriverError>;
}
