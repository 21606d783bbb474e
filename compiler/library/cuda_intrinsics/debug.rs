//! Raw operations of the family `debug`.
//!
//! What it is: generated; see the crate root.
//! What it assumes: see the crate root.
//! What it guarantees: see the crate root.
//!
//! ```text
//! cuda_intrinsics::debug::clock
//! ```

/// `mov.u32 <register>, %clock;` (all, PTX 1.0)
#[oxide::intrinsic = "debug::clock"]
pub fn clock() -> u32;

/// `mov.u64 <register>, %clock64;` (sm_20+, PTX 2.0)
#[oxide::intrinsic = "debug::clock64"]
pub fn clock64() -> u64;

/// `mov.u64 <register>, %globaltimer;` (sm_30+, PTX 3.1)
#[oxide::intrinsic = "debug::globaltimer"]
pub fn globaltimer() -> u64;

/// `trap;` (all, PTX 1.0)
#[oxide::intrinsic = "debug::trap"]
pub fn trap() -> !;

/// `brkpt;` (sm_11+, PTX 1.0)
#[oxide::intrinsic = "debug::breakpoint"]
pub fn breakpoint();

/// `pmevent <immediate>;` (all, PTX 1.4)
#[oxide::intrinsic = "debug::pmevent"]
pub fn pmevent(a: u32);
