//! Slices of bytes as ASCII text.
//!
//! What it is: the ASCII methods of `[u8]`.
//! What it assumes: nothing.
//! What it guarantees: bytes beyond ASCII are left alone.
//!
//! ```text
//! let word = line.trim_ascii();
//! ```

impl [u8] {
    /// Whether all bytes are ASCII.
    #[inline]
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        let mut i = 0;
        while i < self.len() {
            if self[i] >= 128 {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Whether two texts are equal but for the case of ASCII letters.
    #[inline]
    #[must_use]
    pub const fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let mut i = 0;
        while i < self.len() {
            if self[i].to_ascii_lowercase() != other[i].to_ascii_lowercase() {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Turns ASCII letters into their upper-case form.
    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        let mut i = 0;
        while i < self.len() {
            self[i] = self[i].to_ascii_uppercase();
            i += 1;
        }
    }

    /// Turns ASCII letters into their lower-case form.
    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        let mut i = 0;
        while i < self.len() {
            self[i] = self[i].to_ascii_lowercase();
            i += 1;
        }
    }

    /// The bytes without leading ASCII white space.
    #[inline]
    pub const fn trim_ascii_start(&self) -> &[u8] {
        let mut rest = self;
        while let [first, tail @ ..] = rest {
            if !first.is_ascii_whitespace() {
                break;
            }
            rest = tail;
        }
        rest
    }

    /// The bytes without trailing ASCII white space.
    #[inline]
    pub const fn trim_ascii_end(&self) -> &[u8] {
        let mut rest = self;
        while let [head @ .., last] = rest {
            if !last.is_ascii_whitespace() {
                break;
            }
            rest = head;
        }
        rest
    }

    /// The bytes without ASCII white space at either end.
    #[inline]
    pub const fn trim_ascii(&self) -> &[u8] {
        self.trim_ascii_start().trim_ascii_end()
    }
}
