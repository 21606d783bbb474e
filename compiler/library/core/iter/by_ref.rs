//! Iterators by mutable reference.
//!
//! What it is: the iteration traits for `&mut I`, so that an adapter can take some values and leave the rest.
//! What it assumes: nothing.
//! What it guarantees: a value is drawn from the iterator only when it is asked for.
//!
//! ```text
//! let head = iter.by_ref().take(2).sum::<u32>(); let tail = iter.sum::<u32>();
//! ```

impl<I: Iterator + ?Sized> Iterator for &mut I {
    type Item = I::Item;
    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        (**self).next()
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (**self).size_hint()
    }
    #[inline]
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        (**self).nth(n)
    }
}

impl<I: DoubleEndedIterator + ?Sized> DoubleEndedIterator for &mut I {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        (**self).next_back()
    }
}

impl<I: ExactSizeIterator + ?Sized> ExactSizeIterator for &mut I {
    #[inline]
    fn len(&self) -> usize {
        (**self).len()
    }
}
