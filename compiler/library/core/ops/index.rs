//! The indexing operator.
//!
//! What it is: `Index` and `IndexMut`. Slices and arrays implement them in `slice::index` and `array`.
//! What it assumes: `a[i]` with `i: usize` on an array or slice is built in.
//! What it guarantees: nothing more.
//!
//! ```text
//! impl Index<usize> for Row { type Output = f32; fn index(&self, i: usize) -> &f32 { &self.values[i] } }
//! ```

/// Reading through `container[index]`.
#[lang = "index"]
pub trait Index<Idx: ?Sized> {
    /// What indexing yields.
    type Output: ?Sized;

    /// Borrows the element.
    fn index(&self, index: Idx) -> &Self::Output;
}

/// Writing through `container[index]`.
#[lang = "index_mut"]
pub trait IndexMut<Idx: ?Sized>: Index<Idx> {
    /// Borrows the element mutably.
    fn index_mut(&mut self, index: Idx) -> &mut Self::Output;
}
