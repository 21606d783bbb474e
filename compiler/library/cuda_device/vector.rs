//! Short vectors for wide loads and stores.
//!
//! What it is: over-aligned array wrappers, and checked views of plain slices as slices of them.
//! What it assumes: the compiler copies an aligned aggregate by the widest access its alignment allows.
//! What it guarantees: a view exists only when length and alignment fit.
//!
//! ```text
//! let quads = vector::as_vectors::<F32x4>(input)?; let q = quads[i];   // one 16-byte load
//! ```

/// Types laid out as `LANES` elements of `Elem`.
///
/// # Safety
/// The type is exactly that array, perhaps more strongly aligned, and every bit pattern of the elements is a value.
pub unsafe trait Vector: Copy {
    /// The element type.
    type Elem: Copy;
    /// The number of elements.
    const LANES: usize;
}

macro_rules! vectors {
    ($($name:ident $Elem:ident $lanes:literal $align:literal;)*) => {$(
        /// An aligned short vector.
        #[derive(Clone, Copy, PartialEq)]
        #[repr(C, align($align))]
        pub struct $name(pub [$Elem; $lanes]);

        unsafe impl Vector for $name {
            type Elem = $Elem;
            const LANES: usize = $lanes;
        }

        impl $name {
            /// A vector of the elements.
            #[inline(always)]
            pub const fn new(elements: [$Elem; $lanes]) -> Self {
                $name(elements)
            }

            /// A vector of one value repeated.
            #[inline(always)]
            pub const fn splat(value: $Elem) -> Self {
                $name([value; $lanes])
            }

            /// The elements.
            #[inline(always)]
            pub const fn to_array(self) -> [$Elem; $lanes] {
                self.0
            }

            /// The elements as a slice.
            #[inline(always)]
            pub const fn as_slice(&self) -> &[$Elem] {
                &self.0
            }

            /// The elements as a mutable slice.
            #[inline(always)]
            pub const fn as_mut_slice(&mut self) -> &mut [$Elem] {
                &mut self.0
            }
        }
    )*};
}

vectors! {
    F32x2 f32 2 8; F32x4 f32 4 16; F64x2 f64 2 16; U32x2 u32 2 8; U32x4 u32 4 16; U16x4 u16 4 8; U16x8 u16 8 16;
}

/// Whether a slice can be viewed as vectors: its length is a multiple of the lanes and its address is aligned.
#[inline(always)]
pub fn is_viewable<V: Vector>(slice: &[V::Elem]) -> bool {
    slice.is_empty() || (slice.len() % V::LANES == 0 && slice.as_ptr() as usize % align_of::<V>() == 0)
}

/// A slice as vectors, if it can be viewed so.
#[inline(always)]
pub fn as_vectors<V: Vector>(slice: &[V::Elem]) -> Option<&[V]> {
    if slice.is_empty() {
        return Some(&[]);
    }
    if !is_viewable::<V>(slice) {
        return None;
    }
    Some(unsafe { core::slice::from_raw_parts(slice.as_ptr() as *const V, slice.len() / V::LANES) })
}

/// A mutable slice as vectors, if it can be viewed so.
#[inline(always)]
pub fn as_vectors_mut<V: Vector>(slice: &mut [V::Elem]) -> Option<&mut [V]> {
    if slice.is_empty() {
        return Some(&mut []);
    }
    if !is_viewable::<V>(slice) {
        return None;
    }
    Some(unsafe { core::slice::from_raw_parts_mut(slice.as_mut_ptr() as *mut V, slice.len() / V::LANES) })
}
