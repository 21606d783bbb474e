//! Single proven elements, and views of a fixed or clipped number of elements.
//!
//! What it is: `LocalIndex32`, `InBounds32`, `InBoundsMut32`, `StaticView32`, `StaticViewMut32`, `RuntimeViewMut32`.
//! What it assumes: constructors have checked the extent.
//! What it guarantees: no access checks again, except `RuntimeViewMut32::at`.
//!
//! ```text
//! let view = StaticView32::<f32, 4>::from_slice(&weights)?;
//! let w = view.at_const::<2>().read();
//! ```

use core::marker::PhantomData;

/// An index known to be less than `N`.
#[derive(Clone, Copy)]
pub struct LocalIndex32<const N: usize> {
    index: u32,
}

impl<const N: usize> LocalIndex32<N> {
    /// Wraps an index if it is less than `N`.
    #[inline(always)]
    pub const fn new(index: u32) -> Option<Self> {
        if (index as usize) < N { Some(LocalIndex32 { index }) } else { None }
    }

    /// A constant index, checked at compile time.
    #[inline(always)]
    pub const fn constant<const I: u32>() -> Self {
        const { assert!((I as usize) < N, "constant index is out of bounds") };
        LocalIndex32 { index: I }
    }

    /// The index.
    #[inline(always)]
    pub const fn get(&self) -> u32 {
        self.index
    }
}

/// One readable element.
pub struct InBounds32<'a, T> {
    element: &'a T,
}

impl<'a, T> InBounds32<'a, T> {
    /// Borrows the element.
    #[inline(always)]
    pub fn get(&self) -> &T {
        self.element
    }

    /// Copies the element.
    #[inline(always)]
    pub fn read(&self) -> T
    where
        T: Copy,
    {
        *self.element
    }
}

/// One writable element.
pub struct InBoundsMut32<'a, T> {
    element: &'a mut T,
}

impl<'a, T> InBoundsMut32<'a, T> {
    /// # Safety
    /// `pointer` is valid and exclusive for `'a`.
    #[inline(always)]
    pub(crate) unsafe fn from_pointer(pointer: *mut T) -> Self {
        InBoundsMut32 { element: unsafe { &mut *pointer } }
    }

    /// Borrows the element.
    #[inline(always)]
    pub fn get(&self) -> &T {
        self.element
    }

    /// Borrows the element mutably.
    #[inline(always)]
    pub fn get_mut(&mut self) -> &mut T {
        self.element
    }

    /// Copies the element.
    #[inline(always)]
    pub fn read(&self) -> T
    where
        T: Copy,
    {
        *self.element
    }

    /// Stores a value.
    #[inline(always)]
    pub fn write(&mut self, value: T) {
        *self.element = value;
    }
}

/// `N` readable elements.
pub struct StaticView32<'a, T, const N: usize> {
    elements: &'a [T; N],
}

impl<'a, T, const N: usize> StaticView32<'a, T, N> {
    /// Wraps a slice of exactly `N > 0` elements.
    #[inline(always)]
    pub fn from_slice(slice: &'a [T]) -> Option<Self> {
        if N != 0 && slice.len() == N {
            Some(StaticView32 { elements: unsafe { &*(slice.as_ptr() as *const [T; N]) } })
        } else {
            None
        }
    }

    /// An element by a proven index.
    #[inline(always)]
    pub fn at(&self, index: LocalIndex32<N>) -> InBounds32<'_, T> {
        InBounds32 { element: unsafe { self.elements.get_unchecked(index.index as usize) } }
    }

    /// An element by a constant index.
    #[inline(always)]
    pub fn at_const<const I: u32>(&self) -> InBounds32<'_, T> {
        self.at(LocalIndex32::<N>::constant::<I>())
    }

    /// `N`.
    #[inline(always)]
    pub fn len(&self) -> u32 {
        N as u32
    }

    /// Always false.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// `N` writable elements.
pub struct StaticViewMut32<'a, T, const N: usize> {
    pointer: *mut T,
    _borrow: PhantomData<&'a mut T>,
}

impl<'a, T, const N: usize> StaticViewMut32<'a, T, N> {
    /// # Safety
    /// `pointer` is valid and exclusive for `N` elements and `'a`.
    #[inline(always)]
    pub(crate) unsafe fn from_pointer(pointer: *mut T) -> Self {
        StaticViewMut32 { pointer, _borrow: PhantomData }
    }

    /// Wraps a slice of exactly `N > 0` elements that are not zero-sized.
    #[inline(always)]
    pub fn from_slice(slice: &'a mut [T]) -> Option<Self> {
        if N != 0 && size_of::<T>() != 0 && slice.len() == N {
            Some(StaticViewMut32 { pointer: slice.as_mut_ptr(), _borrow: PhantomData })
        } else {
            None
        }
    }

    /// An element by a proven index.
    #[inline(always)]
    pub fn at(&mut self, index: LocalIndex32<N>) -> InBoundsMut32<'_, T> {
        unsafe { InBoundsMut32::from_pointer(self.pointer.add(index.index as usize)) }
    }

    /// An element by a constant index.
    #[inline(always)]
    pub fn at_const<const I: u32>(&mut self) -> InBoundsMut32<'_, T> {
        self.at(LocalIndex32::<N>::constant::<I>())
    }

    /// `N`.
    #[inline(always)]
    pub fn len(&self) -> u32 {
        N as u32
    }

    /// Always false.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// Some writable elements, checked on each access.
pub struct RuntimeViewMut32<'a, T> {
    pointer: *mut T,
    len: u32,
    _borrow: PhantomData<&'a mut T>,
}

impl<'a, T> RuntimeViewMut32<'a, T> {
    /// # Safety
    /// `pointer` is valid and exclusive for `len` elements and `'a`.
    #[inline(always)]
    pub(crate) unsafe fn from_pointer(pointer: *mut T, len: u32) -> Self {
        RuntimeViewMut32 { pointer, len, _borrow: PhantomData }
    }

    /// An element, if inside.
    #[inline(always)]
    pub fn at(&mut self, index: u32) -> Option<InBoundsMut32<'_, T>> {
        if index < self.len {
            Some(unsafe { InBoundsMut32::from_pointer(self.pointer.add(index as usize)) })
        } else {
            None
        }
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}
