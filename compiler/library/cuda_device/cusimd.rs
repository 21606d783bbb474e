//! Values of several registers.
//!
//! What it is: `CuSimd<T, N>`, an array with named lanes, and its aliases.
//! What it assumes: nothing.
//! What it guarantees: the layout of `[T; N]`.
//!
//! ```text
//! let v = Float4::new([1.0, 2.0, 3.0, 4.0]); let s = v.x() + v.get::<3>();
//! ```

use core::ops::Index;

mod sealed {
    pub trait Sealed {}
}

/// Types a register holds.
pub trait SimdElement: Copy + sealed::Sealed {}

macro_rules! elements {
    ($($element:ident)*) => {$(
        impl sealed::Sealed for $element {}
        impl SimdElement for $element {}
    )*};
}

elements! { f32 f64 u32 i32 u64 i64 u16 i16 }

/// `N` values of a register type.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct CuSimd<T: SimdElement, const N: usize> {
    lanes: [T; N],
}

/// Two `f32`.
pub type Float2 = CuSimd<f32, 2>;
/// Four `f32`.
pub type Float4 = CuSimd<f32, 4>;
/// Two `f64`.
pub type Double2 = CuSimd<f64, 2>;
/// Two `i32`.
pub type Int2 = CuSimd<i32, 2>;
/// Four `i32`.
pub type Int4 = CuSimd<i32, 4>;
/// Two `u32`.
pub type Uint2 = CuSimd<u32, 2>;
/// Four `u32`.
pub type Uint4 = CuSimd<u32, 4>;
/// Four registers of tensor memory.
pub type TmemRegs4 = CuSimd<f32, 4>;
/// Eight registers of tensor memory.
pub type TmemRegs8 = CuSimd<f32, 8>;
/// Sixteen registers of tensor memory.
pub type TmemRegs16 = CuSimd<f32, 16>;
/// Thirty-two registers of tensor memory.
pub type TmemRegs32 = CuSimd<f32, 32>;

impl<T: SimdElement, const N: usize> CuSimd<T, N> {
    /// The values.
    #[inline(always)]
    pub const fn new(lanes: [T; N]) -> Self {
        CuSimd { lanes }
    }

    /// A value by a constant index.
    #[inline(always)]
    pub const fn get<const I: usize>(&self) -> T {
        const { assert!(I < N, "lane index is out of bounds") };
        self.lanes[I]
    }

    /// A value by an index; traps outside.
    #[inline(always)]
    pub const fn at(&self, index: usize) -> T {
        self.lanes[index]
    }

    /// The values as an array.
    #[inline(always)]
    pub const fn to_array(self) -> [T; N] {
        self.lanes
    }

    /// `N`.
    #[inline(always)]
    pub const fn len(&self) -> usize {
        N
    }

    /// Whether `N` is zero.
    #[inline(always)]
    pub const fn is_empty(&self) -> bool {
        N == 0
    }
}

impl<T: SimdElement> CuSimd<T, 2> {
    /// The first value.
    #[inline(always)]
    pub const fn x(&self) -> T {
        self.lanes[0]
    }

    /// The second value.
    #[inline(always)]
    pub const fn y(&self) -> T {
        self.lanes[1]
    }

    /// Both values.
    #[inline(always)]
    pub const fn xy(&self) -> (T, T) {
        (self.lanes[0], self.lanes[1])
    }
}

impl<T: SimdElement> CuSimd<T, 4> {
    /// The first value.
    #[inline(always)]
    pub const fn x(&self) -> T {
        self.lanes[0]
    }

    /// The second value.
    #[inline(always)]
    pub const fn y(&self) -> T {
        self.lanes[1]
    }

    /// The third value.
    #[inline(always)]
    pub const fn z(&self) -> T {
        self.lanes[2]
    }

    /// The fourth value.
    #[inline(always)]
    pub const fn w(&self) -> T {
        self.lanes[3]
    }

    /// All values.
    #[inline(always)]
    pub const fn xyzw(&self) -> (T, T, T, T) {
        (self.lanes[0], self.lanes[1], self.lanes[2], self.lanes[3])
    }

    /// The first two values.
    #[inline(always)]
    pub const fn lo(&self) -> CuSimd<T, 2> {
        CuSimd { lanes: [self.lanes[0], self.lanes[1]] }
    }

    /// The last two values.
    #[inline(always)]
    pub const fn hi(&self) -> CuSimd<T, 2> {
        CuSimd { lanes: [self.lanes[2], self.lanes[3]] }
    }
}

impl<T: SimdElement, const N: usize> Index<usize> for CuSimd<T, N> {
    type Output = T;
    #[inline(always)]
    fn index(&self, index: usize) -> &T {
        &self.lanes[index]
    }
}

impl<T: SimdElement + Default, const N: usize> Default for CuSimd<T, N> {
    #[inline(always)]
    fn default() -> Self {
        CuSimd { lanes: core::array::from_fn(|_| T::default()) }
    }
}

impl<T: SimdElement + PartialEq, const N: usize> PartialEq for CuSimd<T, N> {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.lanes == other.lanes
    }
}

impl<T: SimdElement + Eq, const N: usize> Eq for CuSimd<T, N> {}
