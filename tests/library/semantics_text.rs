//! Strings: characters, searching, slicing, and values read from text.

use super::{hash_of, Random, Record, Recorded};

impl Recorded for &str {
    fn record(self, to: &mut Record) {
        to.put(self.as_bytes())
    }
}

const WORDS: [&str; 12] = [
    "", "a", "key=value=rest", "  two words\t", "grüße, jürgen ❤", "🦀🦀=ü", "-129", "+65536", "340282366920938463463374607431768211455",
    "true", "12x", "aXbXc",
];

fn numbers(text: &str, out: &mut Record) {
    macro_rules! parsed {
        ($($t:ty)*) => {$(
            out.put(text.parse::<$t>().map_err(|e| match e.kind() {
                core::num::IntErrorKind::Empty => 1u8,
                core::num::IntErrorKind::InvalidDigit => 2,
                core::num::IntErrorKind::PosOverflow => 3,
                core::num::IntErrorKind::NegOverflow => 4,
                _ => 5,
            }));
        )*};
    }
    parsed! { u8 u16 u32 u64 u128 i8 i16 i64 i128 }
    out.put(text.parse::<bool>().map_err(|_| 0u8));
}

fn all<'a>(parts: impl Iterator<Item = &'a str>, out: &mut Record) {
    let mut count = 0u32;
    for part in parts {
        out.put(part);
        count += 1;
    }
    out.put(count);
}

fn splitting(text: &str, other: &str, limit: usize, out: &mut Record) {
    let pattern = [other, "=", "a"][limit % 3];
    all(text.split(pattern), out);
    all(text.rsplit(pattern), out);
    all(text.split_terminator('='), out);
    all(text.rsplit_terminator(['=', ' ']), out);
    all(text.split_inclusive(|c: char| c.is_ascii_alphabetic()), out);
    all(text.split_inclusive('a').rev(), out);
    all(text.split(|c: char| c > 'm').rev(), out);
    all(text.splitn(limit, pattern), out);
    all(text.rsplitn(limit, 'e'), out);
    all(text.matches(|c: char| c.is_ascii_digit()), out);
    all(text.rmatches(pattern), out);
    all("one\r\n\ntwo\rthree\n".lines().rev(), out);
    all(text.split_whitespace(), out);
    all(text.split_ascii_whitespace().rev(), out);
    out.put((text.match_indices(pattern).map(|(at, _)| at as u64).sum::<u64>(), text.rmatch_indices('=').count()));
    out.put((text.trim(), text.trim_start(), text.trim_end()));
    out.put((text.trim_matches(['a', 't', 'X']), text.trim_start_matches(pattern), text.trim_end_matches("c")));
    let (mut meeting, mut parts) = (text.split('='), 0u32);
    while let (Some(first), last) = (meeting.next(), meeting.next_back()) {
        out.put((first, last));
        parts += 1;
    }
    out.put(parts);
}

pub fn strings(r: &mut Random, out: &mut Record) {
    let (text, other) = (WORDS[r.below(12) as usize], WORDS[r.below(12) as usize]);
    out.put((text.chars().count(), text.chars().next_back(), text.bytes().map(u64::from).sum::<u64>()));
    for (at, c) in text.char_indices().rev() {
        out.put((at, c, text.is_char_boundary(at + 1)));
    }
    let (start, end) = (r.below(12) as usize, r.below(20) as usize);
    out.put((text.get(start..end), text.get(..end), text.get(start..)));
    out.put((text.get(start..=end), text.split_at_checked(start), text.bytes().rev().next()));
    out.put((text.find('='), text.rfind('='), text.find("ü")));
    out.put((text.find(|c: char| c > 'm'), text.contains(other), text.find(['X', '❤'])));
    out.put((text.starts_with('-'), text.ends_with(other), text.strip_prefix("key")));
    out.put((text.strip_suffix(|c: char| c.is_ascii_alphanumeric()), text.split_once('='), text.rsplit_once("X")));
    out.put((text.trim_ascii(), text.is_ascii(), text.eq_ignore_ascii_case(other)));
    splitting(text, other, r.below(4) as usize, out);
    out.put((text < other, text == other, hash_of(text)));
    let bytes = [0xe2, 0x9d, 0xa4, 0x20 + r.below(0xe0) as u8, 0xf0 + r.below(8) as u8, 0x80 + r.below(80) as u8, 0x9f, 0x80];
    let (from, to) = (r.below(5) as usize, 5 + r.below(4) as usize);
    out.put(core::str::from_utf8(&bytes[from..to]).map_err(|e| e.valid_up_to()));
    numbers(text, out);
    let (mut digits, value) = ([b'0'; 20], r.wide() as i64 >> r.below(64));
    let mut at = 20;
    let mut rest = value.unsigned_abs();
    while at == 20 || rest > 0 {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    numbers(core::str::from_utf8(&digits[at..]).unwrap_or("?"), out);
}
