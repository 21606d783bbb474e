//! Methods of `bool`.
//!
//! What it is: `then`, `then_some`, `select_unpredictable`.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! (i < n).then(|| a[i])
//! ```

impl bool {
    /// The value, if `self`.
    #[inline]
    pub fn then_some<T>(self, value: T) -> Option<T> {
        if self { Some(value) } else { None }
    }

    /// The function's value, if `self`.
    #[inline]
    pub fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T> {
        if self { Some(f()) } else { None }
    }

    /// One of two values, chosen without a branch.
    #[inline]
    pub fn select_unpredictable<T: Copy>(self, true_value: T, false_value: T) -> T {
        crate::intrinsics::select_unpredictable(self, true_value, false_value)
    }
}
