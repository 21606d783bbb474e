//! Read-only rows and columns of a row-major matrix.
//!
//! What it is: `MatrixView32`, its bands `RowView32` and `ColView32`, their iterators, and `zip_exact`.
//! What it assumes: `view`'s.
//! What it guarantees: a band's bounds are checked when it is made; iterating it checks nothing but its own end.
//!
//! ```text
//! let row = a.row(r, k)?; let col = b.col(c, k)?;
//! for (x, y) in row.zip_exact(col)? { sum += x * y }
//! ```

use core::marker::PhantomData;

/// A row-major matrix over a slice.
pub struct MatrixView32<'a, T> {
    elements: &'a [T],
    stride: u32,
}

/// Consecutive elements of a row.
pub struct RowView32<'a, T> {
    pointer: *const T,
    len: u32,
    _borrow: PhantomData<&'a T>,
}

/// Elements of a column, one row apart.
pub struct ColView32<'a, T> {
    pointer: *const T,
    len: u32,
    stride: u32,
    _borrow: PhantomData<&'a T>,
}

macro_rules! copied_views {
    ($($name:ident)*) => {$(
        impl<'a, T> Clone for $name<'a, T> {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<'a, T> Copy for $name<'a, T> {}
    )*};
}

copied_views! { MatrixView32 RowView32 ColView32 }

impl<'a, T> MatrixView32<'a, T> {
    /// A matrix with rows of `stride` elements; nothing is checked yet.
    #[inline(always)]
    pub fn new(elements: &'a [T], stride: u32) -> Self {
        MatrixView32 { elements, stride }
    }

    /// The first `cols` elements of a row, if they lie inside.
    #[inline(always)]
    pub fn row(&self, row: u32, cols: u32) -> Option<RowView32<'a, T>> {
        if cols == 0 {
            return Some(RowView32::empty());
        }
        let start = row as u64 * self.stride as u64;
        if cols <= self.stride && start + (cols as u64 - 1) < self.elements.len() as u64 {
            let pointer = unsafe { self.elements.as_ptr().add(start as usize) };
            Some(RowView32 { pointer, len: cols, _borrow: PhantomData })
        } else {
            None
        }
    }

    /// The first `rows` elements of a column, if they lie inside.
    #[inline(always)]
    pub fn col(&self, col: u32, rows: u32) -> Option<ColView32<'a, T>> {
        if rows == 0 {
            return Some(ColView32::empty());
        }
        let last = (rows as u64 - 1) * self.stride as u64 + col as u64;
        if col < self.stride && last < self.elements.len() as u64 {
            let pointer = unsafe { self.elements.as_ptr().add(col as usize) };
            Some(ColView32 { pointer, len: rows, stride: self.stride, _borrow: PhantomData })
        } else {
            None
        }
    }

    /// The number of elements in a row.
    #[inline(always)]
    pub fn stride(&self) -> u32 {
        self.stride
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }
}

impl<'a, T> RowView32<'a, T> {
    /// No elements.
    #[inline(always)]
    pub fn empty() -> Self {
        RowView32 { pointer: core::ptr::dangling(), len: 0, _borrow: PhantomData }
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

impl<'a, T: Copy> RowView32<'a, T> {
    /// An element, if inside.
    #[inline(always)]
    pub fn get(&self, index: u32) -> Option<T> {
        if index < self.len { Some(unsafe { *self.pointer.add(index as usize) }) } else { None }
    }

    /// Iterates over the elements.
    #[inline(always)]
    pub fn iter(&self) -> RowViewIter32<'a, T> {
        RowViewIter32 { row: *self, next: 0 }
    }

    /// Pairs with a column of the same length.
    #[inline(always)]
    pub fn zip_exact<U: Copy>(self, col: ColView32<'a, U>) -> Option<ZipView32<'a, T, U>> {
        if self.len == col.len { Some(ZipView32 { row: self, col, next: 0 }) } else { None }
    }
}

impl<'a, T> ColView32<'a, T> {
    /// No elements.
    #[inline(always)]
    pub fn empty() -> Self {
        ColView32 { pointer: core::ptr::dangling(), len: 0, stride: 0, _borrow: PhantomData }
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

    /// The distance of two elements.
    #[inline(always)]
    pub fn stride(&self) -> u32 {
        self.stride
    }
}

impl<'a, T: Copy> ColView32<'a, T> {
    /// # Safety
    /// `index < len`.
    #[inline(always)]
    unsafe fn read(&self, index: u32) -> T {
        unsafe { *self.pointer.add(index as usize * self.stride as usize) }
    }

    /// An element, if inside.
    #[inline(always)]
    pub fn get(&self, index: u32) -> Option<T> {
        if index < self.len { Some(unsafe { self.read(index) }) } else { None }
    }

    /// Iterates over the elements.
    #[inline(always)]
    pub fn iter(&self) -> ColViewIter32<'a, T> {
        ColViewIter32 { col: *self, next: 0 }
    }
}

/// Iterates over a row.
pub struct RowViewIter32<'a, T> {
    row: RowView32<'a, T>,
    next: u32,
}

/// Iterates over a column.
pub struct ColViewIter32<'a, T> {
    col: ColView32<'a, T>,
    next: u32,
}

/// Iterates over a row and a column together.
pub struct ZipView32<'a, T, U = T> {
    row: RowView32<'a, T>,
    col: ColView32<'a, U>,
    next: u32,
}

impl<'a, T: Copy> Iterator for RowViewIter32<'a, T> {
    type Item = T;

    #[inline(always)]
    fn next(&mut self) -> Option<T> {
        if self.next >= self.row.len {
            return None;
        }
        let value = unsafe { *self.row.pointer.add(self.next as usize) };
        self.next += 1;
        Some(value)
    }
}

impl<'a, T: Copy> Iterator for ColViewIter32<'a, T> {
    type Item = T;

    #[inline(always)]
    fn next(&mut self) -> Option<T> {
        if self.next >= self.col.len {
            return None;
        }
        let value = unsafe { self.col.read(self.next) };
        self.next += 1;
        Some(value)
    }
}

impl<'a, T: Copy, U: Copy> Iterator for ZipView32<'a, T, U> {
    type Item = (T, U);

    #[inline(always)]
    fn next(&mut self) -> Option<(T, U)> {
        if self.next >= self.row.len {
            return None;
        }
        let pair = unsafe { (*self.row.pointer.add(self.next as usize), self.col.read(self.next)) };
        self.next += 1;
        Some(pair)
    }
}

impl<'a, T: Copy> IntoIterator for RowView32<'a, T> {
    type Item = T;
    type IntoIter = RowViewIter32<'a, T>;
    #[inline(always)]
    fn into_iter(self) -> RowViewIter32<'a, T> {
        self.iter()
    }
}

impl<'a, T: Copy> IntoIterator for ColView32<'a, T> {
    type Item = T;
    type IntoIter = ColViewIter32<'a, T>;
    #[inline(always)]
    fn into_iter(self) -> ColViewIter32<'a, T> {
        self.iter()
    }
}
