//! Raw operations of the family `sreg`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::sreg::thread_idx_x
//! ```

/// `mov.u32 <register>, %tid.x;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::thread_idx_x"]
pub fn thread_idx_x() -> u32;

/// `mov.u32 <register>, %ctaid.x;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::block_idx_x"]
pub fn block_idx_x() -> u32;

/// `mov.u32 <register>, %ntid.x;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::block_dim_x"]
pub fn block_dim_x() -> u32;

/// `mov.u32 <register>, %nctaid.x;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::grid_dim_x"]
pub fn grid_dim_x() -> u32;

/// `mov.u32 <register>, %tid.y;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::thread_idx_y"]
pub fn thread_idx_y() -> u32;

/// `mov.u32 <register>, %ctaid.y;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::block_idx_y"]
pub fn block_idx_y() -> u32;

/// `mov.u32 <register>, %ntid.y;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::block_dim_y"]
pub fn block_dim_y() -> u32;

/// `mov.u32 <register>, %nctaid.y;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::grid_dim_y"]
pub fn grid_dim_y() -> u32;

/// `mov.u32 <register>, %tid.z;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::thread_idx_z"]
pub fn thread_idx_z() -> u32;

/// `mov.u32 <register>, %ctaid.z;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::block_idx_z"]
pub fn block_idx_z() -> u32;

/// `mov.u32 <register>, %ntid.z;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::block_dim_z"]
pub fn block_dim_z() -> u32;

/// `mov.u32 <register>, %nctaid.z;` (all, PTX 2.0)
#[oxide::intrinsic = "sreg::grid_dim_z"]
pub fn grid_dim_z() -> u32;

/// `mov.u32 <register>, %laneid;` (all, PTX 1.3)
#[oxide::intrinsic = "sreg::lane_id"]
pub fn lane_id() -> u32;

/// `mov.u32 <register>, %lanemask_lt;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "sreg::lanemask_lt"]
pub fn lanemask_lt() -> u32;

/// `mov.u32 <register>, %lanemask_le;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "sreg::lanemask_le"]
pub fn lanemask_le() -> u32;

/// `mov.u32 <register>, %lanemask_eq;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "sreg::lanemask_eq"]
pub fn lanemask_eq() -> u32;

/// `mov.u32 <register>, %lanemask_ge;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "sreg::lanemask_ge"]
pub fn lanemask_ge() -> u32;

/// `mov.u32 <register>, %lanemask_gt;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "sreg::lanemask_gt"]
pub fn lanemask_gt() -> u32;

/// `mov.u32 <register>, %cluster_ctaid.x;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_block_idx_x"]
pub fn cluster_block_idx_x() -> u32;

/// `mov.u32 <register>, %cluster_ctaid.y;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_block_idx_y"]
pub fn cluster_block_idx_y() -> u32;

/// `mov.u32 <register>, %cluster_ctaid.z;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_block_idx_z"]
pub fn cluster_block_idx_z() -> u32;

/// `mov.u32 <register>, %cluster_nctaid.x;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_dim_x"]
pub fn cluster_dim_x() -> u32;

/// `mov.u32 <register>, %cluster_nctaid.y;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_dim_y"]
pub fn cluster_dim_y() -> u32;

/// `mov.u32 <register>, %cluster_nctaid.z;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_dim_z"]
pub fn cluster_dim_z() -> u32;

/// `mov.u32 <register>, %clusterid.x;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_idx_x"]
pub fn cluster_idx_x() -> u32;

/// `mov.u32 <register>, %clusterid.y;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_idx_y"]
pub fn cluster_idx_y() -> u32;

/// `mov.u32 <register>, %clusterid.z;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_idx_z"]
pub fn cluster_idx_z() -> u32;

/// `mov.u32 <register>, %nclusterid.x;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_grid_dim_x"]
pub fn cluster_grid_dim_x() -> u32;

/// `mov.u32 <register>, %nclusterid.y;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_grid_dim_y"]
pub fn cluster_grid_dim_y() -> u32;

/// `mov.u32 <register>, %nclusterid.z;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_grid_dim_z"]
pub fn cluster_grid_dim_z() -> u32;

/// `mov.u32 <register>, %cluster_ctarank;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_block_rank"]
pub fn cluster_block_rank() -> u32;

/// `mov.u32 <register>, %cluster_nctarank;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "sreg::cluster_block_count"]
pub fn cluster_block_count() -> u32;
