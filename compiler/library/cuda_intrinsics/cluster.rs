//! Raw operations of the family `cluster`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::cluster::barrier_cluster_arrive
//! ```

/// `barrier.cluster.arrive;` (sm_90+, PTX 7.8)
#[oxide::convergent(cluster)]
#[oxide::intrinsic = "cluster::barrier_cluster_arrive"]
pub unsafe fn barrier_cluster_arrive();

/// `barrier.cluster.arrive.aligned;` (sm_90+, PTX 7.8)
#[oxide::convergent(cluster)]
#[oxide::intrinsic = "cluster::barrier_cluster_arrive_aligned"]
pub unsafe fn barrier_cluster_arrive_aligned();

/// `barrier.cluster.arrive.relaxed;` (sm_90+, PTX 8.0)
#[oxide::convergent(cluster)]
#[oxide::intrinsic = "cluster::barrier_cluster_arrive_relaxed"]
pub unsafe fn barrier_cluster_arrive_relaxed();

/// `barrier.cluster.arrive.relaxed.aligned;` (sm_90+, PTX 8.0)
#[oxide::convergent(cluster)]
#[oxide::intrinsic = "cluster::barrier_cluster_arrive_relaxed_aligned"]
pub unsafe fn barrier_cluster_arrive_relaxed_aligned();

/// `barrier.cluster.wait;` (sm_90+, PTX 7.8)
#[oxide::convergent(cluster)]
#[oxide::intrinsic = "cluster::barrier_cluster_wait"]
pub unsafe fn barrier_cluster_wait();

/// `barrier.cluster.wait.aligned;` (sm_90+, PTX 7.8)
#[oxide::convergent(cluster)]
#[oxide::intrinsic = "cluster::barrier_cluster_wait_aligned"]
pub unsafe fn barrier_cluster_wait_aligned();

/// `mapa.shared::cluster.u64 <register>, <register>, <register>;` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "cluster::map_shared_rank"]
pub unsafe fn map_shared_rank(a: *const u8, b: u32) -> *const u8;

/// `ld.shared::cluster.u32 <register>, [<address>];` (sm_90+, PTX 7.8)
#[oxide::intrinsic = "cluster::dsmem_read_u32"]
pub unsafe fn dsmem_read_u32(a: *const u32, b: u32) -> u32;
