//! Spans of time.
//!
//! What it is: `Duration`.
//! What it assumes: clocks are the host's; a kernel counts cycles or nanoseconds itself.
//! What it guarantees: results and panics of Rust's own `Duration`.
//!
//! ```text
//! let elapsed = Duration::from_nanos(end - start);
//! ```

use crate::fmt;
use crate::iter::Sum;
use crate::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

const NANOS: u32 = 1_000_000_000;

#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_start(0)]
#[rustc_layout_scalar_valid_range_end(999_999_999)]
struct Nanoseconds(u32);

/// Seconds and nanoseconds.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    secs: u64,
    nanos: Nanoseconds,
}

/// What of a float is no duration.
#[derive(Clone, PartialEq, Eq)]
pub struct TryFromFloatSecsError {
    negative: bool,
}

impl fmt::Display for TryFromFloatSecsError {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl Default for Duration {
    fn default() -> Duration {
        Duration::ZERO
    }
}

impl Duration {
    /// No time.
    pub const ZERO: Duration = Duration::made(0, 0);
    /// The longest one.
    pub const MAX: Duration = Duration::made(u64::MAX, NANOS - 1);

    /// `nanos` is less than a second.
    #[inline]
    const fn made(secs: u64, nanos: u32) -> Duration {
        Duration { secs, nanos: unsafe { Nanoseconds(nanos) } }
    }

    #[inline]
    const fn nanos(self) -> u32 {
        self.nanos.0
    }

    /// So many seconds and nanoseconds.
    #[inline]
    #[must_use]
    pub const fn new(secs: u64, nanos: u32) -> Duration {
        match secs.checked_add((nanos / NANOS) as u64) {
            Some(secs) => Duration::made(secs, nanos % NANOS),
            None => panic!("overflow in Duration::new"),
        }
    }

    /// So many seconds.
    #[inline]
    #[must_use]
    pub const fn from_secs(secs: u64) -> Duration {
        Duration::made(secs, 0)
    }

    /// So many milliseconds.
    #[inline]
    #[must_use]
    pub const fn from_millis(millis: u64) -> Duration {
        Duration::made(millis / 1_000, (millis % 1_000) as u32 * 1_000_000)
    }

    /// So many microseconds.
    #[inline]
    #[must_use]
    pub const fn from_micros(micros: u64) -> Duration {
        Duration::made(micros / 1_000_000, (micros % 1_000_000) as u32 * 1_000)
    }

    /// So many nanoseconds.
    #[inline]
    #[must_use]
    pub const fn from_nanos(nanos: u64) -> Duration {
        Duration::made(nanos / NANOS as u64, (nanos % NANOS as u64) as u32)
    }

    /// So many nanoseconds.
    #[inline]
    #[must_use]
    pub const fn from_nanos_u128(nanos: u128) -> Duration {
        let secs = nanos / NANOS as u128;
        if secs > u64::MAX as u128 {
            panic!("overflow in `Duration::from_nanos_u128`");
        }
        Duration::made(secs as u64, (nanos % NANOS as u128) as u32)
    }

    /// So many minutes.
    #[inline]
    #[must_use]
    pub const fn from_mins(mins: u64) -> Duration {
        if mins > u64::MAX / 60 {
            panic!("overflow in Duration::from_mins");
        }
        Duration::from_secs(mins * 60)
    }

    /// So many hours.
    #[inline]
    #[must_use]
    pub const fn from_hours(hours: u64) -> Duration {
        if hours > u64::MAX / 3600 {
            panic!("overflow in Duration::from_hours");
        }
        Duration::from_secs(hours * 3600)
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.secs == 0 && self.nanos() == 0
    }

    /// Whole seconds.
    #[inline]
    #[must_use]
    pub const fn as_secs(&self) -> u64 {
        self.secs
    }

    /// Whole milliseconds beyond the seconds.
    #[inline]
    #[must_use]
    pub const fn subsec_millis(&self) -> u32 {
        self.nanos() / 1_000_000
    }

    /// Whole microseconds beyond the seconds.
    #[inline]
    #[must_use]
    pub const fn subsec_micros(&self) -> u32 {
        self.nanos() / 1_000
    }

    /// Nanoseconds beyond the seconds.
    #[inline]
    #[must_use]
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos()
    }

    /// All of it in whole milliseconds.
    #[inline]
    #[must_use]
    pub const fn as_millis(&self) -> u128 {
        self.secs as u128 * 1_000 + (self.nanos() / 1_000_000) as u128
    }

    /// All of it in whole microseconds.
    #[inline]
    #[must_use]
    pub const fn as_micros(&self) -> u128 {
        self.secs as u128 * 1_000_000 + (self.nanos() / 1_000) as u128
    }

    /// All of it in nanoseconds.
    #[inline]
    #[must_use]
    pub const fn as_nanos(&self) -> u128 {
        self.secs as u128 * NANOS as u128 + self.nanos() as u128
    }

    /// How far apart two are.
    #[inline]
    #[must_use]
    pub const fn abs_diff(self, other: Duration) -> Duration {
        match self.checked_sub(other) {
            Some(difference) => difference,
            None => other.checked_sub(self).unwrap(),
        }
    }

    /// The sum, if it fits.
    #[inline]
    #[must_use]
    pub const fn checked_add(self, other: Duration) -> Option<Duration> {
        let nanos = self.nanos() + other.nanos();
        match self.secs.checked_add(other.secs) {
            Some(secs) if nanos < NANOS => Some(Duration::made(secs, nanos)),
            Some(u64::MAX) | None => None,
            Some(secs) => Some(Duration::made(secs + 1, nanos - NANOS)),
        }
    }

    /// The sum, or the longest one.
    #[inline]
    #[must_use]
    pub const fn saturating_add(self, other: Duration) -> Duration {
        match self.checked_add(other) {
            Some(sum) => sum,
            None => Duration::MAX,
        }
    }

    /// The difference, if it is not negative.
    #[inline]
    #[must_use]
    pub const fn checked_sub(self, other: Duration) -> Option<Duration> {
        match self.secs.checked_sub(other.secs) {
            Some(secs) if self.nanos() >= other.nanos() => Some(Duration::made(secs, self.nanos() - other.nanos())),
            Some(0) | None => None,
            Some(secs) => Some(Duration::made(secs - 1, self.nanos() + NANOS - other.nanos())),
        }
    }

    /// The difference, or none.
    #[inline]
    #[must_use]
    pub const fn saturating_sub(self, other: Duration) -> Duration {
        match self.checked_sub(other) {
            Some(difference) => difference,
            None => Duration::ZERO,
        }
    }

    /// So many times it, if that fits.
    #[inline]
    #[must_use]
    pub const fn checked_mul(self, times: u32) -> Option<Duration> {
        let nanos = self.nanos() as u64 * times as u64;
        match self.secs.checked_mul(times as u64) {
            Some(secs) => match secs.checked_add(nanos / NANOS as u64) {
                Some(secs) => Some(Duration::made(secs, (nanos % NANOS as u64) as u32)),
                None => None,
            },
            None => None,
        }
    }

    /// So many times it, or the longest one.
    #[inline]
    #[must_use]
    pub const fn saturating_mul(self, times: u32) -> Duration {
        match self.checked_mul(times) {
            Some(product) => product,
            None => Duration::MAX,
        }
    }

    /// A part of it, unless the divisor is zero.
    #[inline]
    #[must_use]
    pub const fn checked_div(self, parts: u32) -> Option<Duration> {
        if parts == 0 {
            return None;
        }
        let (secs, left) = (self.secs / parts as u64, self.secs % parts as u64);
        let (nanos, more) = (self.nanos() / parts, self.nanos() % parts);
        let extra = (left * NANOS as u64 + more as u64) / parts as u64;
        Some(Duration::made(secs, nanos + extra as u32))
    }

    /// In seconds.
    #[inline]
    #[must_use]
    pub const fn as_secs_f64(&self) -> f64 {
        self.secs as f64 + self.nanos() as f64 / NANOS as f64
    }

    /// In seconds.
    #[inline]
    #[must_use]
    pub const fn as_secs_f32(&self) -> f32 {
        self.secs as f32 + self.nanos() as f32 / NANOS as f32
    }

    /// So many seconds, rounded to nanoseconds.
    #[inline]
    #[must_use]
    pub fn from_secs_f64(secs: f64) -> Duration {
        match Duration::try_from_secs_f64(secs) {
            Ok(duration) => duration,
            Err(_) => panic!("cannot convert float seconds to Duration"),
        }
    }

    /// So many seconds, rounded to nanoseconds.
    #[inline]
    #[must_use]
    pub fn from_secs_f32(secs: f32) -> Duration {
        // an `f32` is an `f64`, and its nanoseconds are rounded once either way
        Duration::from_secs_f64(secs as f64)
    }

    /// So many seconds, if that is a duration.
    pub fn try_from_secs_f64(secs: f64) -> Result<Duration, TryFromFloatSecsError> {
        if secs < 0.0 {
            return Err(TryFromFloatSecsError { negative: true });
        }
        if !(secs < 18446744073709551616.0) {
            return Err(TryFromFloatSecsError { negative: false });
        }
        let bits = secs.to_bits();
        let exponent = (bits >> 52) as i32 - 1075;
        let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
        if exponent >= 0 {
            return Ok(Duration::from_secs(mantissa << exponent));
        }
        if exponent < -116 {
            return Ok(Duration::ZERO);
        }
        let shift = -exponent as u32;
        let whole = if shift < 64 { mantissa >> shift } else { 0 };
        let rest = mantissa as u128 - ((whole as u128) << (shift % 128)) * (shift < 64) as u128;
        // `rest * 10^9 / 2^shift`, to the nearest, ties to even; `rest` has at most 53 bits
        let scaled = rest * NANOS as u128;
        let (floor, left) = (scaled >> shift, scaled & ((1 << shift) - 1));
        let half = 1u128 << (shift - 1);
        let up = left > half || (left == half && floor & 1 == 1);
        let nanos = floor as u64 + up as u64;
        if nanos < NANOS as u64 {
            Ok(Duration::made(whole, nanos as u32))
        } else {
            whole.checked_add(1).map(Duration::from_secs).ok_or(TryFromFloatSecsError { negative: false })
        }
    }

    /// So many seconds, if that is a duration.
    #[inline]
    pub fn try_from_secs_f32(secs: f32) -> Result<Duration, TryFromFloatSecsError> {
        Duration::try_from_secs_f64(secs as f64)
    }

    /// So many times it.
    #[inline]
    #[must_use]
    pub fn mul_f64(self, times: f64) -> Duration {
        Duration::from_secs_f64(times * self.as_secs_f64())
    }

    /// So many times it.
    #[inline]
    #[must_use]
    pub fn mul_f32(self, times: f32) -> Duration {
        Duration::from_secs_f32(times * self.as_secs_f32())
    }

    /// A part of it.
    #[inline]
    #[must_use]
    pub fn div_f64(self, parts: f64) -> Duration {
        Duration::from_secs_f64(self.as_secs_f64() / parts)
    }

    /// A part of it.
    #[inline]
    #[must_use]
    pub fn div_f32(self, parts: f32) -> Duration {
        Duration::from_secs_f32(self.as_secs_f32() / parts)
    }

    /// How often the other goes into it.
    #[inline]
    #[must_use]
    pub const fn div_duration_f64(self, other: Duration) -> f64 {
        self.as_nanos() as f64 / other.as_nanos() as f64
    }

    /// How often the other goes into it.
    #[inline]
    #[must_use]
    pub const fn div_duration_f32(self, other: Duration) -> f32 {
        self.as_nanos() as f32 / other.as_nanos() as f32
    }
}

impl Add for Duration {
    type Output = Duration;
    #[inline]
    fn add(self, other: Duration) -> Duration {
        self.checked_add(other).expect("overflow when adding durations")
    }
}
impl AddAssign for Duration {
    #[inline]
    fn add_assign(&mut self, other: Duration) {
        *self = *self + other;
    }
}
impl Sub for Duration {
    type Output = Duration;
    #[inline]
    fn sub(self, other: Duration) -> Duration {
        self.checked_sub(other).expect("overflow when subtracting durations")
    }
}
impl SubAssign for Duration {
    #[inline]
    fn sub_assign(&mut self, other: Duration) {
        *self = *self - other;
    }
}
impl Mul<u32> for Duration {
    type Output = Duration;
    #[inline]
    fn mul(self, times: u32) -> Duration {
        self.checked_mul(times).expect("overflow when multiplying duration by scalar")
    }
}
impl Mul<Duration> for u32 {
    type Output = Duration;
    #[inline]
    fn mul(self, duration: Duration) -> Duration {
        duration * self
    }
}
impl MulAssign<u32> for Duration {
    #[inline]
    fn mul_assign(&mut self, times: u32) {
        *self = *self * times;
    }
}
impl Div<u32> for Duration {
    type Output = Duration;
    #[inline]
    fn div(self, parts: u32) -> Duration {
        self.checked_div(parts).expect("divide by zero error when dividing duration by scalar")
    }
}
impl DivAssign<u32> for Duration {
    #[inline]
    fn div_assign(&mut self, parts: u32) {
        *self = *self / parts;
    }
}
impl Sum for Duration {
    fn sum<I: Iterator<Item = Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |sum, duration| sum + duration)
    }
}
impl<'a> Sum<&'a Duration> for Duration {
    fn sum<I: Iterator<Item = &'a Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |sum, duration| sum + *duration)
    }
}
