//! Raw operations of the family `warp`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::warp::redux_sync_add
//! ```

/// `redux.sync.add.s32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_add"]
pub unsafe fn redux_sync_add(a: u32, b: u32) -> u32;

/// `redux.sync.min.u32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_min_u32"]
pub unsafe fn redux_sync_min_u32(a: u32, b: u32) -> u32;

/// `redux.sync.min.s32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_min_i32"]
pub unsafe fn redux_sync_min_i32(a: u32, b: i32) -> i32;

/// `redux.sync.max.u32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_max_u32"]
pub unsafe fn redux_sync_max_u32(a: u32, b: u32) -> u32;

/// `redux.sync.max.s32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_max_i32"]
pub unsafe fn redux_sync_max_i32(a: u32, b: i32) -> i32;

/// `redux.sync.and.b32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_and"]
pub unsafe fn redux_sync_and(a: u32, b: u32) -> u32;

/// `redux.sync.or.b32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_or"]
pub unsafe fn redux_sync_or(a: u32, b: u32) -> u32;

/// `redux.sync.xor.b32 <register>, <register>, <register>;` (sm_80+, PTX 7.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::redux_sync_xor"]
pub unsafe fn redux_sync_xor(a: u32, b: u32) -> u32;

/// `vote.sync.all.pred <register>, <register>, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::all_sync"]
pub unsafe fn all_sync(a: u32, b: bool) -> bool;

/// `vote.sync.any.pred <register>, <register>, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::any_sync"]
pub unsafe fn any_sync(a: u32, b: bool) -> bool;

/// `vote.sync.ballot.b32 <register>, <register>, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::ballot_sync"]
pub unsafe fn ballot_sync(a: u32, b: bool) -> u32;

/// `vote.sync.uni.pred <register>, <register>, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::uni_sync"]
pub unsafe fn uni_sync(a: u32, b: bool) -> bool;

/// `activemask.b32 <register>;` (sm_30+, PTX 6.2)
#[oxide::intrinsic = "warp::active_mask"]
pub fn active_mask() -> u32;

/// `match.any.sync.b32 <register>, <register-or-immediate>, <register-or-immediate>;` (sm_70+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::match_any_sync"]
pub unsafe fn match_any_sync(a: u32, b: u32) -> u32;

/// `match.any.sync.b64 <register>, <register-or-immediate>, <register-or-immediate>;` (sm_70+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::match_any_i64_sync"]
pub unsafe fn match_any_i64_sync(a: u32, b: u64) -> u32;

/// `match.all.sync.b32 <register|predicate>, <register-or-immediate>, <register-or-immediate>;` (sm_70+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::match_all_sync"]
pub unsafe fn match_all_sync(a: u32, b: u32) -> u32;

/// `match.all.sync.b64 <register|predicate>, <register-or-immediate>, <register-or-immediate>;` (sm_70+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::match_all_i64_sync"]
pub unsafe fn match_all_i64_sync(a: u32, b: u64) -> u32;

/// `bar.warp.sync <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::sync_mask"]
pub unsafe fn sync_mask(a: u32);

/// `shfl.sync.idx.b32 <register>, <register>, <register-or-immediate>, 31, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_sync"]
pub unsafe fn shuffle_sync(a: u32, b: u32, c: u32) -> u32;

/// `shfl.sync.bfly.b32 <register>, <register>, <register-or-immediate>, 31, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_xor_sync"]
pub unsafe fn shuffle_xor_sync(a: u32, b: u32, c: u32) -> u32;

/// `shfl.sync.down.b32 <register>, <register>, <register-or-immediate>, 31, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_down_sync"]
pub unsafe fn shuffle_down_sync(a: u32, b: u32, c: u32) -> u32;

/// `shfl.sync.up.b32 <register>, <register>, <register-or-immediate>, 0, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_up_sync"]
pub unsafe fn shuffle_up_sync(a: u32, b: u32, c: u32) -> u32;

/// `shfl.sync.idx.b32 <register>, <register>, <register-or-immediate>, 31, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_f32_sync"]
pub unsafe fn shuffle_f32_sync(a: u32, b: f32, c: u32) -> f32;

/// `shfl.sync.bfly.b32 <register>, <register>, <register-or-immediate>, 31, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_xor_f32_sync"]
pub unsafe fn shuffle_xor_f32_sync(a: u32, b: f32, c: u32) -> f32;

/// `shfl.sync.down.b32 <register>, <register>, <register-or-immediate>, 31, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_down_f32_sync"]
pub unsafe fn shuffle_down_f32_sync(a: u32, b: f32, c: u32) -> f32;

/// `shfl.sync.up.b32 <register>, <register>, <register-or-immediate>, 0, <register-or-immediate>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_up_f32_sync"]
pub unsafe fn shuffle_up_f32_sync(a: u32, b: f32, c: u32) -> f32;

/// `shfl.sync.idx.b32 lo, lo, <register>, 31, <register>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_u64_sync"]
pub unsafe fn shuffle_u64_sync(a: u32, b: u64, c: u32) -> u64;

/// `shfl.sync.bfly.b32 lo, lo, <register>, 31, <register>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_xor_u64_sync"]
pub unsafe fn shuffle_xor_u64_sync(a: u32, b: u64, c: u32) -> u64;

/// `shfl.sync.down.b32 lo, lo, <register>, 31, <register>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_down_u64_sync"]
pub unsafe fn shuffle_down_u64_sync(a: u32, b: u64, c: u32) -> u64;

/// `shfl.sync.up.b32 lo, lo, <register>, 0, <register>;` (sm_30+, PTX 6.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::shuffle_up_u64_sync"]
pub unsafe fn shuffle_up_u64_sync(a: u32, b: u64, c: u32) -> u64;

/// `mov.u32 <register>, %warpid;` (all, PTX 1.3)
#[oxide::intrinsic = "warp::warpid"]
pub fn warpid() -> u32;

/// `mov.u32 <register>, %nwarpid;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "warp::nwarpid"]
pub fn nwarpid() -> u32;

/// `elect.sync <register|predicate>, <register-or-immediate>;` (sm_90+, PTX 8.0)
#[oxide::convergent(warp, mask)]
#[oxide::intrinsic = "warp::elect_sync"]
pub unsafe fn elect_sync(a: u32) -> (u32, bool);
