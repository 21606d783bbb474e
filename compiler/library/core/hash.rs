//! Hashing.
//!
//! What it is: `Hash`, `Hasher`, `BuildHasher` and the implementations for primitives and references.
//! What it assumes: nothing.
//! What it guarantees: equal values feed equal bytes, in little-endian order.
//!
//! ```text
//! key.hash(&mut hasher); let slot = hasher.finish() % buckets;
//! ```

use crate::marker::PhantomData;
use crate::slice;

/// Types that can feed a hasher.
pub trait Hash {
    /// Feeds the value.
    fn hash<H: Hasher>(&self, state: &mut H);

    /// Feeds every value of a slice.
    fn hash_slice<H: Hasher>(data: &[Self], state: &mut H)
    where
        Self: Sized,
    {
        for piece in data {
            piece.hash(state)
        }
    }
}

/// A hash function in progress.
pub trait Hasher {
    /// The hash of what was fed so far.
    #[must_use]
    fn finish(&self) -> u64;

    /// Feeds bytes.
    fn write(&mut self, bytes: &[u8]);

    /// Feeds a `u8`.
    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.write(&[value])
    }
    /// Feeds a `u16`.
    #[inline]
    fn write_u16(&mut self, value: u16) {
        self.write(&value.to_ne_bytes())
    }
    /// Feeds a `u32`.
    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.write(&value.to_ne_bytes())
    }
    /// Feeds a `u64`.
    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.write(&value.to_ne_bytes())
    }
    /// Feeds a `u128`.
    #[inline]
    fn write_u128(&mut self, value: u128) {
        self.write(&value.to_ne_bytes())
    }
    /// Feeds a `usize`.
    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.write(&value.to_ne_bytes())
    }
    /// Feeds an `i8`.
    #[inline]
    fn write_i8(&mut self, value: i8) {
        self.write_u8(value as u8)
    }
    /// Feeds an `i16`.
    #[inline]
    fn write_i16(&mut self, value: i16) {
        self.write_u16(value as u16)
    }
    /// Feeds an `i32`.
    #[inline]
    fn write_i32(&mut self, value: i32) {
        self.write_u32(value as u32)
    }
    /// Feeds an `i64`.
    #[inline]
    fn write_i64(&mut self, value: i64) {
        self.write_u64(value as u64)
    }
    /// Feeds an `i128`.
    #[inline]
    fn write_i128(&mut self, value: i128) {
        self.write_u128(value as u128)
    }
    /// Feeds an `isize`.
    #[inline]
    fn write_isize(&mut self, value: isize) {
        self.write_usize(value as usize)
    }
}

impl<H: Hasher + ?Sized> Hasher for &mut H {
    fn finish(&self) -> u64 {
        (**self).finish()
    }
    fn write(&mut self, bytes: &[u8]) {
        (**self).write(bytes)
    }
}

/// A source of hashers.
pub trait BuildHasher {
    /// The hashers built.
    type Hasher: Hasher;

    /// Builds a hasher.
    fn build_hasher(&self) -> Self::Hasher;

    /// The hash of one value.
    fn hash_one<T: Hash>(&self, value: T) -> u64
    where
        Self: Sized,
    {
        let mut hasher = self.build_hasher();
        value.hash(&mut hasher);
        hasher.finish()
    }
}

macro_rules! hash_integers {
    ($($integer:ident $write:ident;)*) => {$(
        impl Hash for $integer {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                state.$write(*self)
            }
        }
    )*};
}

hash_integers! {
    u8 write_u8; u16 write_u16; u32 write_u32; u64 write_u64; u128 write_u128; usize write_usize;
    i8 write_i8; i16 write_i16; i32 write_i32; i64 write_i64; i128 write_i128; isize write_isize;
}

impl Hash for bool {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u8(*self as u8)
    }
}

impl Hash for char {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(*self as u32)
    }
}

impl Hash for str {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.as_bytes());
        state.write_u8(0xff)
    }
}

impl Hash for () {
    #[inline]
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

impl Hash for ! {
    fn hash<H: Hasher>(&self, _state: &mut H) {
        *self
    }
}

impl<T: Hash> Hash for [T] {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        Hash::hash_slice(self, state)
    }
}

impl<T: Hash, const N: usize> Hash for [T; N] {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        Hash::hash(slice::from_ref(self).as_flattened(), state)
    }
}

impl<T: ?Sized + Hash> Hash for &T {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state)
    }
}

impl<T: ?Sized + Hash> Hash for &mut T {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state)
    }
}

/// Makes hashers with their defaults.
pub struct BuildHasherDefault<H>(PhantomData<fn() -> H>);

impl<H> BuildHasherDefault<H> {
    /// Another one.
    #[inline]
    pub const fn new() -> BuildHasherDefault<H> {
        BuildHasherDefault(PhantomData)
    }
}
impl<H: Default + Hasher> BuildHasher for BuildHasherDefault<H> {
    type Hasher = H;
    #[inline]
    fn build_hasher(&self) -> H {
        H::default()
    }
}
impl<H> Clone for BuildHasherDefault<H> {
    fn clone(&self) -> BuildHasherDefault<H> {
        BuildHasherDefault::new()
    }
}
impl<H> Default for BuildHasherDefault<H> {
    fn default() -> BuildHasherDefault<H> {
        BuildHasherDefault::new()
    }
}
impl<H> PartialEq for BuildHasherDefault<H> {
    fn eq(&self, _other: &BuildHasherDefault<H>) -> bool {
        true
    }
}
impl<H> Eq for BuildHasherDefault<H> {}
impl<H> crate::fmt::Debug for BuildHasherDefault<H> {
    fn fmt(&self, _formatter: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        Ok(())
    }
}
