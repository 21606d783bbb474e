//! The compiler's atomic operations, by scope.
//!
//! What it is: one module for each scope with the same declarations. The order is a const argument, numbered as
//! `core::intrinsics::AtomicOrdering`.
//! What it assumes: `atomic_<operation>.<scope>` is `core`'s `atomic_<operation>` in that scope; `max` and `min` compare
//! by the type's signedness.
//! What it guarantees: nothing by itself.
//!
//! ```text
//! scoped::device::add::<u32, { scoped::RELAXED }>(place, 1)
//! ```

pub const RELAXED: u32 = 0;
pub const RELEASE: u32 = 1;
pub const ACQUIRE: u32 = 2;
pub const ACQ_REL: u32 = 3;
pub const SEQ_CST: u32 = 4;

/// Operations in `device` scope.
pub mod device {
    #[oxide::intrinsic = "atomic_load.device"]
    pub unsafe fn load<T: Copy, const ORDER: u32>(place: *const T) -> T;

    #[oxide::intrinsic = "atomic_store.device"]
    pub unsafe fn store<T: Copy, const ORDER: u32>(place: *mut T, value: T);

    #[oxide::intrinsic = "atomic_xchg.device"]
    pub unsafe fn exchange<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xadd.device"]
    pub unsafe fn add<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xsub.device"]
    pub unsafe fn sub<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_and.device"]
    pub unsafe fn and<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_or.device"]
    pub unsafe fn or<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xor.device"]
    pub unsafe fn xor<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_min.device"]
    pub unsafe fn min<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_max.device"]
    pub unsafe fn max<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_cxchg.device"]
    pub unsafe fn compare_exchange<T: Copy, const ORDER: u32>(place: *mut T, old: T, new: T) -> (T, bool);
}

/// Operations in `block` scope.
pub mod block {
    #[oxide::intrinsic = "atomic_load.block"]
    pub unsafe fn load<T: Copy, const ORDER: u32>(place: *const T) -> T;

    #[oxide::intrinsic = "atomic_store.block"]
    pub unsafe fn store<T: Copy, const ORDER: u32>(place: *mut T, value: T);

    #[oxide::intrinsic = "atomic_xchg.block"]
    pub unsafe fn exchange<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xadd.block"]
    pub unsafe fn add<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xsub.block"]
    pub unsafe fn sub<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_and.block"]
    pub unsafe fn and<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_or.block"]
    pub unsafe fn or<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xor.block"]
    pub unsafe fn xor<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_min.block"]
    pub unsafe fn min<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_max.block"]
    pub unsafe fn max<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_cxchg.block"]
    pub unsafe fn compare_exchange<T: Copy, const ORDER: u32>(place: *mut T, old: T, new: T) -> (T, bool);
}

/// Operations in `system` scope.
pub mod system {
    #[oxide::intrinsic = "atomic_load.system"]
    pub unsafe fn load<T: Copy, const ORDER: u32>(place: *const T) -> T;

    #[oxide::intrinsic = "atomic_store.system"]
    pub unsafe fn store<T: Copy, const ORDER: u32>(place: *mut T, value: T);

    #[oxide::intrinsic = "atomic_xchg.system"]
    pub unsafe fn exchange<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xadd.system"]
    pub unsafe fn add<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xsub.system"]
    pub unsafe fn sub<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_and.system"]
    pub unsafe fn and<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_or.system"]
    pub unsafe fn or<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_xor.system"]
    pub unsafe fn xor<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_min.system"]
    pub unsafe fn min<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_max.system"]
    pub unsafe fn max<T: Copy, const ORDER: u32>(place: *mut T, value: T) -> T;

    #[oxide::intrinsic = "atomic_cxchg.system"]
    pub unsafe fn compare_exchange<T: Copy, const ORDER: u32>(place: *mut T, old: T, new: T) -> (T, bool);
}
