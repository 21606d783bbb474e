//! What a string is searched for.
//!
//! What it is: `Pattern`, implemented for characters, sets of characters, predicates and strings.
//! What it assumes: the searched text is UTF-8, so a match never cuts a character.
//! What it guarantees: the first and the last match as Rust's own searchers find them.
//!
//! ```text
//! "key=value".split_once('=') == Some(("key", "value"))
//! ```

/// Something to search for.
pub trait Pattern: Sized {
    /// The length of a match at the start.
    fn prefix_len(&mut self, text: &str) -> Option<usize>;

    /// The length of a match at the end.
    fn suffix_len(&mut self, text: &str) -> Option<usize>;
}

/// A `Pattern` that matches one character, so that its matches are the same from either end.
pub trait CharacterPattern: Pattern {}

/// Matches white space.
#[derive(Clone)]
pub struct Blank;

/// Matches ASCII white space.
#[derive(Clone)]
pub struct AsciiBlank;

/// Start and end of the first match.
pub(super) fn first<P: Pattern>(text: &str, pattern: &mut P) -> Option<(usize, usize)> {
    let mut at = 0;
    while at <= text.len() {
        if text.is_char_boundary(at) {
            if let Some(len) = pattern.prefix_len(&text[at..]) {
                return Some((at, at + len));
            }
        }
        at += 1;
    }
    None
}

/// Start and end of the last match.
pub(super) fn last<P: Pattern>(text: &str, pattern: &mut P) -> Option<(usize, usize)> {
    let mut end = text.len();
    loop {
        if text.is_char_boundary(end) {
            if let Some(len) = pattern.suffix_len(&text[..end]) {
                return Some((end - len, end));
            }
        }
        end = end.checked_sub(1)?;
    }
}

impl Pattern for &str {
    #[inline]
    fn prefix_len(&mut self, text: &str) -> Option<usize> {
        if text.as_bytes().starts_with(self.as_bytes()) { Some(self.len()) } else { None }
    }

    #[inline]
    fn suffix_len(&mut self, text: &str) -> Option<usize> {
        if text.as_bytes().ends_with(self.as_bytes()) { Some(self.len()) } else { None }
    }
}

impl Pattern for &&str {
    #[inline]
    fn prefix_len(&mut self, text: &str) -> Option<usize> {
        let mut pattern: &str = **self;
        pattern.prefix_len(text)
    }

    #[inline]
    fn suffix_len(&mut self, text: &str) -> Option<usize> {
        let mut pattern: &str = **self;
        pattern.suffix_len(text)
    }
}

/// The length of the first or last character of a text, if it is wanted.
#[inline]
fn wanted_len(c: Option<char>, is_wanted: impl FnOnce(char) -> bool) -> Option<usize> {
    let c = c?;
    if is_wanted(c) { Some(c.len_utf8()) } else { None }
}

macro_rules! character_patterns {
    ($([$($generics:tt)*] $pattern:ty, $this:ident, $c:ident => $is_wanted:expr;)*) => {$(
        impl<$($generics)*> Pattern for $pattern {
            #[inline]
            fn prefix_len(&mut $this, text: &str) -> Option<usize> {
                wanted_len(text.chars().next(), |$c| $is_wanted)
            }

            #[inline]
            fn suffix_len(&mut $this, text: &str) -> Option<usize> {
                wanted_len(text.chars().next_back(), |$c| $is_wanted)
            }
        }
        impl<$($generics)*> CharacterPattern for $pattern {}
    )*};
}

character_patterns! {
    [] char, self, c => c == *self;
    [] Blank, self, c => c.is_whitespace();
    [] AsciiBlank, self, c => c.is_ascii_whitespace();
    [const N: usize] [char; N], self, c => self.contains(&c);
    [const N: usize] &[char; N], self, c => self.contains(&c);
    [] &[char], self, c => self.contains(&c);
    [F: FnMut(char) -> bool] F, self, c => self(c);
}
