//! The parts of a string between matches.
//!
//! What it is: the iterators behind `split` and its kin, `lines`, `split_whitespace` and `matches`.
//! What it assumes: `Pattern` finds a match at a given place; matches are taken from either end and do not overlap.
//! What it guarantees: the parts that Rust's own iterators give, also for the empty pattern.
//!
//! ```text
//! "a,b,,c".split(',').map(str::len).sum::<usize>() == 3
//! ```

use super::pattern::{AsciiBlank, Blank, CharacterPattern, Pattern};
use crate::iter::FusedIterator;

/// The matches in a string, from either end.
#[derive(Clone)]
pub(super) struct Matched<'a, P> {
    pub(super) text: &'a str,
    pattern: P,
    from: usize,
    /// Where the search from the end stands, plus one; 0 when nothing is left.
    to: usize,
}

impl<'a, P: Pattern> Matched<'a, P> {
    #[inline]
    pub(super) fn new(text: &'a str, pattern: P) -> Self {
        Matched { text, pattern, from: 0, to: text.len() + 1 }
    }

    pub(super) fn next(&mut self) -> Option<(usize, usize)> {
        while self.from < self.to {
            let start = self.from;
            self.from += 1;
            if self.text.is_char_boundary(start) {
                if let Some(len) = self.pattern.prefix_len(&self.text[start..self.to - 1]) {
                    if len > 0 {
                        self.from = start + len;
                    }
                    return Some((start, start + len));
                }
            }
        }
        None
    }

    pub(super) fn next_back(&mut self) -> Option<(usize, usize)> {
        while self.from < self.to {
            self.to -= 1;
            let end = self.to;
            if self.text.is_char_boundary(end) {
                if let Some(len) = self.pattern.suffix_len(&self.text[self.from..end]) {
                    if len > 0 {
                        self.to = end - len + 1;
                    }
                    return Some((end - len, end));
                }
            }
        }
        None
    }
}

/// What is left of a string that is being split.
#[derive(Clone)]
pub(super) struct Parts<'a, P> {
    start: usize,
    end: usize,
    matched: Matched<'a, P>,
    last_may_be_empty: bool,
    finished: bool,
}

impl<'a, P: Pattern> Parts<'a, P> {
    #[inline]
    pub(super) fn new(text: &'a str, pattern: P, last_may_be_empty: bool) -> Self {
        Parts { start: 0, end: text.len(), matched: Matched::new(text, pattern), last_may_be_empty, finished: false }
    }

    #[inline]
    fn remainder(&self) -> Option<&'a str> {
        if self.finished { None } else { Some(&self.matched.text[self.start..self.end]) }
    }

    fn rest(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        self.finished = true;
        if self.last_may_be_empty || self.start < self.end { Some(&self.matched.text[self.start..self.end]) } else { None }
    }

    fn next(&mut self, inclusive: bool) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        match self.matched.next() {
            Some((start, end)) => {
                let part = &self.matched.text[self.start..if inclusive { end } else { start }];
                self.start = end;
                Some(part)
            }
            None => self.rest(),
        }
    }

    fn next_back(&mut self, inclusive: bool) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        if !self.last_may_be_empty {
            self.last_may_be_empty = true;
            match self.next_back(inclusive) {
                Some(part) if !part.is_empty() => return Some(part),
                _ if self.finished => return None,
                _ => {}
            }
        }
        match self.matched.next_back() {
            Some((start, end)) => {
                let part = &self.matched.text[end..self.end];
                self.end = if inclusive { end } else { start };
                Some(part)
            }
            None => self.rest(),
        }
    }
}

macro_rules! splits {
    ($($(#[$doc:meta])* $name:ident $forward:ident $inclusive:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        #[must_use]
        pub struct $name<'a, P: Pattern>(pub(super) Parts<'a, P>);

        impl<'a, P: Pattern> $name<'a, P> {
            /// What has not been split yet.
            #[inline]
            #[must_use]
            pub fn remainder(&self) -> Option<&'a str> {
                self.0.remainder()
            }
        }
        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = &'a str;

            #[inline]
            fn next(&mut self) -> Option<&'a str> {
                self.0.$forward($inclusive)
            }
        }
        impl<P: Pattern> FusedIterator for $name<'_, P> {}
    )*};
}

splits! {
    /// The parts between matches.
    Split next false;
    /// The parts between matches, last first.
    RSplit next_back false;
    /// The parts between matches, without an empty one at the end.
    SplitTerminator next false;
    /// The parts between matches, last first, without an empty one at the end.
    RSplitTerminator next_back false;
    /// The parts that end with a match each.
    SplitInclusive next true;
}

macro_rules! both_ends {
    ($($name:ident $backward:ident $inclusive:literal;)*) => {$(
        impl<P: CharacterPattern> DoubleEndedIterator for $name<'_, P> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.$backward($inclusive)
            }
        }
    )*};
}

both_ends! {
    Split next_back false;
    RSplit next false;
    SplitTerminator next_back false;
    RSplitTerminator next false;
    SplitInclusive next_back true;
}

macro_rules! limited_splits {
    ($($(#[$doc:meta])* $name:ident $forward:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        #[must_use]
        pub struct $name<'a, P: Pattern> {
            pub(super) parts: Parts<'a, P>,
            pub(super) left: usize,
        }

        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = &'a str;

            #[inline]
            fn next(&mut self) -> Option<&'a str> {
                self.left = self.left.checked_sub(1)?;
                if self.left == 0 { self.parts.rest() } else { self.parts.$forward(false) }
            }
        }
        impl<P: Pattern> FusedIterator for $name<'_, P> {}
    )*};
}

limited_splits! {
    /// At most so many parts, the last with all that is left.
    SplitN next;
    /// At most so many parts, last first, the last one taken with all that is left.
    RSplitN next_back;
}

macro_rules! match_iterators {
    ($($(#[$doc:meta])* $name:ident $item:ty, $found:ident => $made:expr, $forward:ident $backward:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        #[must_use]
        pub struct $name<'a, P: Pattern>(pub(super) Matched<'a, P>);

        impl<'a, P: Pattern> Iterator for $name<'a, P> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                let (start, end) = self.0.$forward()?;
                let $found = (start, &self.0.text[start..end]);
                Some($made)
            }
        }
        impl<'a, P: CharacterPattern> DoubleEndedIterator for $name<'a, P> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                let (start, end) = self.0.$backward()?;
                let $found = (start, &self.0.text[start..end]);
                Some($made)
            }
        }
        impl<P: Pattern> FusedIterator for $name<'_, P> {}
    )*};
}

match_iterators! {
    /// The matches.
    Matches &'a str, found => found.1, next next_back;
    /// The matches, last first.
    RMatches &'a str, found => found.1, next_back next;
    /// The matches with the byte each starts at.
    MatchIndices (usize, &'a str), found => found, next next_back;
    /// The matches with the byte each starts at, last first.
    RMatchIndices (usize, &'a str), found => found, next_back next;
}

/// The lines of a string, without their ends.
#[derive(Clone)]
#[must_use]
pub struct Lines<'a>(pub(super) SplitInclusive<'a, char>);

fn without_end(line: &str) -> &str {
    match line.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line),
        None => line,
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.0.next().map(without_end)
    }
}
impl DoubleEndedIterator for Lines<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(without_end)
    }
}
impl FusedIterator for Lines<'_> {}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $blank:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        #[must_use]
        pub struct $name<'a>(pub(super) Split<'a, $blank>);

        impl<'a> Iterator for $name<'a> {
            type Item = &'a str;

            #[inline]
            fn next(&mut self) -> Option<&'a str> {
                loop {
                    let part = self.0.next()?;
                    if !part.is_empty() {
                        return Some(part);
                    }
                }
            }
        }
        impl DoubleEndedIterator for $name<'_> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                loop {
                    let part = self.0.next_back()?;
                    if !part.is_empty() {
                        return Some(part);
                    }
                }
            }
        }
        impl FusedIterator for $name<'_> {}
    )*};
}
words! {
    /// The words between white space.
    SplitWhitespace Blank;
    /// The words between ASCII white space.
    SplitAsciiWhitespace AsciiBlank;
}
