//! Slices whose elements belong to one thread each.
//!
//! What it is: `DisjointSlice`, the type of every output parameter of a safe kernel.
//! What it assumes: the host passes memory no other parameter aliases.
//! What it guarantees: safe writes go through a witness of the slice's own index space, so no two threads write the
//! same element.
//!
//! ```text
//! pub fn fill(mut out: DisjointSlice<u32>) { if let Some(slot) = out.get_mut(thread::index_1d()) { *slot = 7 } }
//! ```

use core::marker::PhantomData;

use crate::thread::__internal::Scope;
use crate::thread::{ElementSpace, Index1D, Index2D, IndexFormula, Runtime2DIndex, ThreadIndex, WarpIndex};
use crate::view::{LinearTiles, RowMajorTiles, RuntimeRowMajorTiles};

mod sealed {
    pub trait Sealed {}
}

/// Index spaces of a slice, and what the slice carries for them.
pub trait SpaceLayout: sealed::Sealed {
    /// `()`, or the row width.
    type Data: Copy;
}

macro_rules! space_layouts {
    ($([$($generics:tt)*] $space:ty = $data:ty;)*) => {$(
        impl<$($generics)*> sealed::Sealed for $space {}
        impl<$($generics)*> SpaceLayout for $space {
            type Data = $data;
        }
    )*};
}

space_layouts! {
    [] Index1D = ();
    [const S: usize] Index2D<S> = ();
    [] WarpIndex = ();
    [const N: usize] LinearTiles<N> = ();
    [const R: usize, const C: usize, const S: usize] RowMajorTiles<R, C, S> = ();
    [] Runtime2DIndex = u32;
    [const R: usize, const C: usize] RuntimeRowMajorTiles<R, C> = u32;
}

/// A mutable slice in which every thread may touch its own elements only.
#[repr(C)]
pub struct DisjointSlice<'a, T, IS: SpaceLayout = Index1D> {
    ptr: *mut T,
    len: usize,
    space: IS::Data,
    _borrow: PhantomData<&'a mut T>,
}

unsafe impl<'a, T: Send, IS: SpaceLayout> Send for DisjointSlice<'a, T, IS> {}

impl<'a, T, IS: SpaceLayout> DisjointSlice<'a, T, IS> {
    /// A slice from its parts.
    ///
    /// # Safety
    /// `ptr` points to `len` values nobody else accesses for `'a`, and `space` is what the launch uses.
    #[inline(always)]
    pub unsafe fn from_raw_parts_with_space(ptr: *mut T, len: usize, space: IS::Data) -> Self {
        DisjointSlice { ptr, len, space, _borrow: PhantomData }
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A pointer to the first element.
    #[inline(always)]
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.ptr
    }

    /// An element by its offset.
    ///
    /// # Safety
    /// The offset is below the length, and no other thread accesses the element.
    #[inline(always)]
    pub unsafe fn get_unchecked_mut(&mut self, idx: usize) -> &mut T {
        unsafe { &mut *self.ptr.add(idx) }
    }

    #[inline(always)]
    pub(crate) fn pointer(&self) -> *mut T {
        self.ptr
    }
}

impl<'a, T, IS: SpaceLayout<Data = ()>> DisjointSlice<'a, T, IS> {
    /// A slice from its parts.
    ///
    /// # Safety
    /// `ptr` points to `len` values nobody else accesses for `'a`.
    #[inline(always)]
    pub unsafe fn from_raw_parts(ptr: *mut T, len: usize) -> Self {
        DisjointSlice { ptr, len, space: (), _borrow: PhantomData }
    }

    /// A slice over a mutable slice.
    ///
    /// # Safety
    /// Every thread that holds the same memory holds it as a `DisjointSlice` of the same space.
    #[inline(always)]
    pub unsafe fn from_mut_slice(slice: &'a mut [T]) -> Self {
        DisjointSlice { ptr: slice.as_mut_ptr(), len: slice.len(), space: (), _borrow: PhantomData }
    }
}

impl<'a, T, IS: SpaceLayout<Data = u32>> DisjointSlice<'a, T, IS> {
    /// The number of elements in a row.
    #[inline(always)]
    pub fn row_width(&self) -> u32 {
        self.space
    }
}

impl<'a, T, IS: ElementSpace> DisjointSlice<'a, T, IS> {
    /// The witness's element: `None` outside the slice, for an invalid witness, and for zero-sized elements.
    #[inline(always)]
    pub fn get_mut(&mut self, idx: ThreadIndex<'_, IS>) -> Option<&mut T> {
        let offset = IS::offset(idx.raw(), self.space);
        if size_of::<T>() != 0 && offset < self.len { Some(unsafe { &mut *self.ptr.add(offset) }) } else { None }
    }
}

impl<'a, T, IS: IndexFormula> DisjointSlice<'a, T, IS> {
    /// The calling thread's element with its witness. Written `get_mut_indexed()`: the compiler adds the scope.
    #[inline(always)]
    pub fn get_mut_indexed<'kernel, S: Scope>(
        &mut self,
        scope: &'kernel S,
    ) -> Option<(&mut T, ThreadIndex<'kernel, IS>)> {
        let index = IS::witness(scope)?;
        let offset = index.raw();
        if size_of::<T>() != 0 && offset < self.len {
            Some((unsafe { &mut *self.ptr.add(offset) }, index))
        } else {
            None
        }
    }
}
