//! The device API of the kernel language.
//!
//! What it is: thread indices, disjoint slices, shared memory, warp and block collectives, atomics, fences, barriers,
//! asynchronous copies, tensor cores, packed arithmetic. Operations are `cuda_intrinsics`; everything above them is
//! ordinary Rust.
//! What it assumes: the compiler rewrites index calls in `#[kernel]` and `#[device]` bodies to `thread::__internal`
//! and places statics of `#[oxide::shared]` and `#[oxide::constant]` types in those memories.
//! What it guarantees: safe code that writes through `DisjointSlice` has no data race.
//!
//! ```text
//! #[kernel]
//! pub fn scale(a: f32, x: &[f32], mut y: DisjointSlice<f32>) {
//!     let i = thread::index_1d();
//!     let raw = i.get();
//!     if let Some(out) = y.get_mut(i) { *out = a * x[raw]; }
//! }
//! ```

#![no_std]
#![feature(register_tool, f16, never_type)]
#![register_tool(oxide)]
#![allow(internal_features)]

#[macro_use]
mod macros;

pub mod access;
pub mod async_copy;
pub mod atomic;
pub mod barrier;
pub mod bf16;
pub mod bf16x2;
pub mod clc;
pub mod cluster;
pub mod config;
pub mod constant;
pub mod convert;
pub mod cooperative_groups;
pub mod cusimd;
pub mod debug;
pub mod disjoint;
pub mod dotprod;
pub mod f16;
pub mod f16x2;
pub mod fence;
pub mod float;
pub mod grid;
pub mod mma_frag;
pub mod prmt;
pub mod ptx;
pub mod shared;
pub mod swizzle;
pub mod tcgen05;
pub mod thread;
pub mod tma;
pub mod uniform;
pub mod vector;
pub mod view;
pub mod warp;
pub mod wgmma;
pub mod wmma;

pub use self::barrier::{
    Barrier, BarrierToken, GeneralBarrier, Invalidated, ManagedBarrier, MmaBarrier, MmaBarrierHandle, Ready, TmaBarrier,
    TmaBarrier0, TmaBarrier1, TmaBarrierHandle, Uninit,
};
pub use self::constant::{ConstantMemory, ConstantMemoryValue};
pub use self::cusimd::{CuSimd, Float2, Float4, TmemRegs32, TmemRegs4};
pub use self::disjoint::{DisjointSlice, SpaceLayout};
pub use self::fence::*;
pub use self::shared::{DynamicSharedArray, SharedArray};
pub use self::tcgen05::{
    TensorMemoryHandle, TmemAddress, TmemDeallocated, TmemF32x32, TmemF32x4, TmemGuard, TmemReady, TmemUninit,
};
pub use self::thread::*;
pub use self::tma::TmaDescriptor;
pub use self::uniform::Uniform;
pub use self::view::{
    ColView32, ColViewIter32, GridStrideRuns32, InBounds32, InBoundsMut32, LinearTiles, LocalIndex32, MatrixView32,
    RowMajorTiles, RowView32, RowViewIter32, RuntimeRowMajorTiles, RuntimeTileMut32, RuntimeViewMut32, StaticTileMut32,
    StaticView32, StaticViewMut32, ThreadRunMut32, ZipView32,
};
