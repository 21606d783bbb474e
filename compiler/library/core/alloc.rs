//! The shape of allocated memory.
//!
//! What it is: `Layout`, for arenas over shared or global memory.
//! What it assumes: there is no allocator on the device.
//! What it guarantees: sizes rounded up to the alignment fit `isize`.
//!
//! ```text
//! let (layout, offset) = Layout::new::<u8>().extend(Layout::new::<u32>())?;
//! ```

use crate::fmt;
use crate::mem;
use crate::num::NonZero;

/// A size and an alignment.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Layout {
    size: usize,
    align: NonZero<usize>,
}

/// A layout that is too large or not aligned to a power of two.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutError;

impl fmt::Display for LayoutError {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl Layout {
    /// That of a type.
    #[inline]
    #[must_use]
    pub const fn new<T>() -> Layout {
        unsafe { Layout::from_size_align_unchecked(size_of::<T>(), align_of::<T>()) }
    }

    /// That of a value.
    #[inline]
    #[must_use]
    pub const fn for_value<T: ?Sized>(value: &T) -> Layout {
        unsafe { Layout::from_size_align_unchecked(mem::size_of_val(value), mem::align_of_val(value)) }
    }

    /// Size and alignment, if they are possible.
    #[inline]
    pub const fn from_size_align(size: usize, align: usize) -> Result<Layout, LayoutError> {
        if !align.is_power_of_two() || size > (isize::MAX as usize + 1) - align {
            return Err(LayoutError);
        }
        Ok(unsafe { Layout::from_size_align_unchecked(size, align) })
    }

    /// # Safety
    /// `align` is a power of two, and `size` rounded up to it fits `isize`.
    #[inline]
    #[must_use]
    pub const unsafe fn from_size_align_unchecked(size: usize, align: usize) -> Layout {
        Layout { size, align: unsafe { NonZero::new_unchecked(align) } }
    }

    /// That of an array.
    #[inline]
    pub const fn array<T>(n: usize) -> Result<Layout, LayoutError> {
        match size_of::<T>().checked_mul(n) {
            Some(size) => Layout::from_size_align(size, align_of::<T>()),
            None => Err(LayoutError),
        }
    }

    /// Bytes.
    #[inline]
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// The alignment in bytes.
    #[inline]
    #[must_use]
    pub const fn align(&self) -> usize {
        self.align.get()
    }

    /// At least so aligned.
    #[inline]
    pub const fn align_to(&self, align: usize) -> Result<Layout, LayoutError> {
        Layout::from_size_align(self.size, if self.align() > align { self.align() } else { align })
    }

    /// Rounded up to the alignment.
    #[inline]
    #[must_use]
    pub const fn pad_to_align(&self) -> Layout {
        Layout { size: (self.size + self.align() - 1) & !(self.align() - 1), align: self.align }
    }

    /// This, then the next, with the next one's offset.
    #[inline]
    pub const fn extend(&self, next: Layout) -> Result<(Layout, usize), LayoutError> {
        let align = if self.align() > next.align() { self.align() } else { next.align() };
        let offset = (self.size + next.align() - 1) & !(next.align() - 1);
        match offset.checked_add(next.size) {
            Some(size) => match Layout::from_size_align(size, align) {
                Ok(layout) => Ok((layout, offset)),
                Err(error) => Err(error),
            },
            None => Err(LayoutError),
        }
    }
}
