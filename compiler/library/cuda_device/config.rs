//! Kernel policies as types.
//!
//! What it is: shapes, layouts, memory spaces and scopes as marker types, and the traits that combine them into tiles
//! and atoms. No code comes of it.
//! What it assumes: nothing.
//! What it guarantees: nothing more.
//!
//! ```text
//! type BlockTile = Tile<Shape2<64, 64>, RowMajor, Shared, Block>;
//! ```

use core::marker::PhantomData;

/// Extents known at compile time.
pub trait Shape: 'static {
    /// The number of dimensions.
    const RANK: usize;
    /// The extents, outermost first.
    const EXTENTS: &'static [usize];
    /// The product of the extents, unless it overflows.
    const ELEMENTS: Option<usize>;
}

/// One extent.
pub struct Shape1<const D0: usize>;
/// Two extents.
pub struct Shape2<const D0: usize, const D1: usize>;
/// Three extents.
pub struct Shape3<const D0: usize, const D1: usize, const D2: usize>;

impl<const D0: usize> Shape for Shape1<D0> {
    const RANK: usize = 1;
    const EXTENTS: &'static [usize] = &[D0];
    const ELEMENTS: Option<usize> = Some(D0);
}

impl<const D0: usize, const D1: usize> Shape for Shape2<D0, D1> {
    const RANK: usize = 2;
    const EXTENTS: &'static [usize] = &[D0, D1];
    const ELEMENTS: Option<usize> = D0.checked_mul(D1);
}

impl<const D0: usize, const D1: usize, const D2: usize> Shape for Shape3<D0, D1, D2> {
    const RANK: usize = 3;
    const EXTENTS: &'static [usize] = &[D0, D1, D2];
    const ELEMENTS: Option<usize> = match D0.checked_mul(D1) {
        Some(plane) => plane.checked_mul(D2),
        None => None,
    };
}

/// How elements follow each other.
pub trait Layout: 'static {}
/// Where elements live.
pub trait MemorySpace: 'static {}
/// Who works together.
pub trait Scope: 'static {}
/// What an atom does; implemented by users.
pub trait AtomKind: 'static {}

macro_rules! markers {
    ($($trait:ident: $($name:ident)*;)*) => {$($(
        /// A marker.
        pub enum $name {}
        impl $trait for $name {}
    )*)*};
}

markers! {
    Layout: RowMajor ColumnMajor;
    MemorySpace: Global Shared Register TensorMemory;
    Scope: Thread Warp WarpGroup Block Cluster;
}

/// A tile of data.
pub struct Tile<S, L, M, Q> {
    _parts: PhantomData<(S, L, M, Q)>,
}

/// What a tile is made of.
pub trait TileSpec: 'static {
    /// Its extents.
    type Shape: Shape;
    /// Its layout.
    type Layout: Layout;
    /// Where it lives.
    type MemorySpace: MemorySpace;
    /// Who owns it.
    type Scope: Scope;
}

impl<S: Shape, L: Layout, M: MemorySpace, Q: Scope> TileSpec for Tile<S, L, M, Q> {
    type Shape = S;
    type Layout = L;
    type MemorySpace = M;
    type Scope = Q;
}

/// A unit of work.
pub struct Atom<K, S, Q> {
    _parts: PhantomData<(K, S, Q)>,
}

/// What an atom is made of.
pub trait AtomSpec: 'static {
    /// What it does.
    type Kind: AtomKind;
    /// Its extents.
    type Shape: Shape;
    /// Who performs it.
    type Scope: Scope;
}

impl<K: AtomKind, S: Shape, Q: Scope> AtomSpec for Atom<K, S, Q> {
    type Kind = K;
    type Shape = S;
    type Scope = Q;
}

/// A policy's identity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PolicyId {
    namespace: u64,
    value: u64,
}

impl PolicyId {
    /// The identity `value` in a namespace.
    #[inline]
    pub const fn new(namespace: u64, value: u64) -> PolicyId {
        PolicyId { namespace, value }
    }

    /// The namespace.
    #[inline]
    pub const fn namespace(&self) -> u64 {
        self.namespace
    }

    /// The value.
    #[inline]
    pub const fn value(&self) -> u64 {
        self.value
    }
}

impl core::fmt::Debug for PolicyId {
    fn fmt(&self, _formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Ok(())
    }
}

/// A type that configures a generic kernel.
pub trait Policy: 'static {
    /// Its identity.
    const ID: PolicyId;
}
