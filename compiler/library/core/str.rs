//! String slices as byte data.
//!
//! What it is: the methods of `str` that need neither Unicode tables nor memory.
//! What it assumes: a `&str` is a byte slice known to be UTF-8.
//! What it guarantees: nothing more.
//!
//! ```text
//! const TAG: &[u8] = "oxide".as_bytes();
//! ```

use crate::cmp::Ordering;

/// A `str` from bytes.
///
/// # Safety
/// The bytes are UTF-8.
#[inline]
pub const unsafe fn from_utf8_unchecked(bytes: &[u8]) -> &str {
    unsafe { crate::intrinsics::transmute(bytes) }
}

impl str {
    /// The number of bytes.
    #[inline]
    pub const fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there are no bytes.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes.
    #[inline]
    pub const fn as_bytes(&self) -> &[u8] {
        unsafe { crate::intrinsics::transmute(self) }
    }

    /// A pointer to the first byte.
    #[inline]
    pub const fn as_ptr(&self) -> *const u8 {
        self as *const str as *const u8
    }
}

impl PartialEq for str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}
impl Eq for str {}
impl PartialOrd for str {
    #[inline]
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for str {
    #[inline]
    fn cmp(&self, other: &str) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}
impl AsRef<[u8]> for str {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}
impl AsRef<str> for str {
    #[inline]
    fn as_ref(&self) -> &str {
        self
    }
}
