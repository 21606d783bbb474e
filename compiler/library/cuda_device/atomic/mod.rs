//! Atomics with a scope.
//!
//! What it is: `DeviceAtomic*`, `BlockAtomic*` and `SystemAtomic*` over 32- and 64-bit integers and 16-, 32- and 64-bit
//! floats, and packed half-precision additions.
//! What it assumes: the compiler lowers `atomic_*.<scope>` as it lowers `core`'s atomics, in that scope; after
//! inlining, a constant ordering leaves one of the arms below.
//! What it guarantees: no data race between threads in the scope.
//!
//! ```text
//! let counter = unsafe { DeviceAtomicU32::from_ptr(p) };
//! let ticket = counter.fetch_add(1, AtomicOrdering::Relaxed);
//! ```

use core::cell::UnsafeCell;

pub use cuda_intrinsics::atomic::{atom_add_bf16x2, atom_add_f16x2};

mod scoped;

/// How an atomic operation orders the accesses around it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum AtomicOrdering {
    /// Not at all.
    Relaxed = 0,
    /// Later accesses stay after a load.
    Acquire = 1,
    /// Earlier accesses stay before a store.
    Release = 2,
    /// Both.
    AcqRel = 3,
    /// Both, in one order all threads agree on.
    SeqCst = 4,
}

/// Calls the intrinsic for an order.
macro_rules! ordered {
    ($order:expr, $scope:ident::$operation:ident($($argument:expr),*)) => {
        match $order {
            AtomicOrdering::Relaxed => scoped::$scope::$operation::<_, { scoped::RELAXED }>($($argument),*),
            AtomicOrdering::Acquire => scoped::$scope::$operation::<_, { scoped::ACQUIRE }>($($argument),*),
            AtomicOrdering::Release => scoped::$scope::$operation::<_, { scoped::RELEASE }>($($argument),*),
            AtomicOrdering::AcqRel => scoped::$scope::$operation::<_, { scoped::ACQ_REL }>($($argument),*),
            AtomicOrdering::SeqCst => scoped::$scope::$operation::<_, { scoped::SEQ_CST }>($($argument),*),
        }
    };
}

/// What integer and float atomics share.
macro_rules! atomic_common {
    ($Value:ident $scope:ident) => {
        /// Wraps a value.
        #[inline(always)]
        pub const fn new(value: $Value) -> Self {
            Self { value: UnsafeCell::new(value) }
        }

        /// The atomic at an address.
        ///
        /// # Safety
        /// The pointer is valid for `'a`, aligned, and accessed only atomically meanwhile.
        #[inline(always)]
        pub const unsafe fn from_ptr<'a>(pointer: *mut $Value) -> &'a Self {
            unsafe { &*(pointer as *const Self) }
        }

        /// The address.
        #[inline(always)]
        pub const fn as_ptr(&self) -> *mut $Value {
            self.value.get()
        }

        /// Reads the value. The order is `Relaxed`, `Acquire` or `SeqCst`.
        #[inline(always)]
        pub fn load(&self, order: AtomicOrdering) -> $Value {
            let place = self.value.get() as *const $Value;
            unsafe {
                match order {
                    AtomicOrdering::Relaxed => scoped::$scope::load::<_, { scoped::RELAXED }>(place),
                    AtomicOrdering::Acquire => scoped::$scope::load::<_, { scoped::ACQUIRE }>(place),
                    AtomicOrdering::SeqCst => scoped::$scope::load::<_, { scoped::SEQ_CST }>(place),
                    _ => panic!("atomic load cannot have release ordering; use Relaxed, Acquire or SeqCst"),
                }
            }
        }

        /// Writes the value. The order is `Relaxed`, `Release` or `SeqCst`.
        #[inline(always)]
        pub fn store(&self, value: $Value, order: AtomicOrdering) {
            let place = self.value.get();
            unsafe {
                match order {
                    AtomicOrdering::Relaxed => scoped::$scope::store::<_, { scoped::RELAXED }>(place, value),
                    AtomicOrdering::Release => scoped::$scope::store::<_, { scoped::RELEASE }>(place, value),
                    AtomicOrdering::SeqCst => scoped::$scope::store::<_, { scoped::SEQ_CST }>(place, value),
                    _ => panic!("atomic store cannot have acquire ordering; use Relaxed, Release or SeqCst"),
                }
            }
        }

        /// Writes the value and returns the old one.
        #[inline(always)]
        pub fn swap(&self, value: $Value, order: AtomicOrdering) -> $Value {
            unsafe { ordered!(order, $scope::exchange(self.value.get(), value)) }
        }

        /// Adds; returns the old value.
        #[inline(always)]
        pub fn fetch_add(&self, value: $Value, order: AtomicOrdering) -> $Value {
            unsafe { ordered!(order, $scope::add(self.value.get(), value)) }
        }
    };
}

macro_rules! integer_operations {
    ($Value:ident $scope:ident $($method:ident $operation:ident $doc:literal;)*) => {
        $(
            #[doc = $doc]
            #[inline(always)]
            pub fn $method(&self, value: $Value, order: AtomicOrdering) -> $Value {
                unsafe { ordered!(order, $scope::$operation(self.value.get(), value)) }
            }
        )*

        /// Writes `new` if the value is `current`; returns the old value, as `Ok` if it was written.
        #[inline(always)]
        pub fn compare_exchange(
            &self,
            current: $Value,
            new: $Value,
            success: AtomicOrdering,
            failure: AtomicOrdering,
        ) -> Result<$Value, $Value> {
            let place = self.value.get();
            // One order covers both outcomes: the success order, strengthened by what the failure order asks.
            let (old, exchanged) = unsafe {
                ordered!(success.joined(failure), $scope::compare_exchange(place, current, new))
            };
            if exchanged { Ok(old) } else { Err(old) }
        }
    };
}

impl AtomicOrdering {
    /// The weakest order at least as strong as both.
    #[inline(always)]
    const fn joined(self, other: AtomicOrdering) -> AtomicOrdering {
        match (self, other) {
            (AtomicOrdering::SeqCst, _) | (_, AtomicOrdering::SeqCst) => AtomicOrdering::SeqCst,
            (AtomicOrdering::Relaxed, order) => order,
            (order, AtomicOrdering::Relaxed) => order,
            (AtomicOrdering::Acquire, AtomicOrdering::Acquire) => AtomicOrdering::Acquire,
            (AtomicOrdering::Release, AtomicOrdering::Release) => AtomicOrdering::Release,
            _ => AtomicOrdering::AcqRel,
        }
    }
}

macro_rules! integer_atomics {
    ($($name:ident $Value:ident $scope:ident;)*) => {$(
        /// An integer that the threads of a scope may share.
        #[repr(transparent)]
        pub struct $name {
            value: UnsafeCell<$Value>,
        }

        unsafe impl Sync for $name {}

        impl $name {
            atomic_common! { $Value $scope }
            integer_operations! { $Value $scope
                fetch_sub sub "Subtracts, modulo the width; returns the old value.";
                fetch_and and "Bitwise and; returns the old value.";
                fetch_or or "Bitwise or; returns the old value.";
                fetch_xor xor "Bitwise exclusive or; returns the old value.";
                fetch_min min "Writes the smaller value; returns the old one.";
                fetch_max max "Writes the greater value; returns the old one.";
            }
        }
    )*};
}

macro_rules! float_atomics {
    ($($name:ident $Value:ident $scope:ident;)*) => {$(
        /// A float that the threads of a scope may share.
        #[repr(transparent)]
        pub struct $name {
            value: UnsafeCell<$Value>,
        }

        unsafe impl Sync for $name {}

        impl $name {
            atomic_common! { $Value $scope }

            /// Subtracts; returns the old value.
            #[inline(always)]
            pub fn fetch_sub(&self, value: $Value, order: AtomicOrdering) -> $Value {
                self.fetch_add(-value, order)
            }
        }
    )*};
}

integer_atomics! {
    DeviceAtomicU32 u32 device;
    DeviceAtomicI32 i32 device;
    DeviceAtomicU64 u64 device;
    DeviceAtomicI64 i64 device;
}
float_atomics! {
    DeviceAtomicF16 f16 device;
    DeviceAtomicF32 f32 device;
    DeviceAtomicF64 f64 device;
}
integer_atomics! {
    BlockAtomicU32 u32 block;
    BlockAtomicI32 i32 block;
    BlockAtomicU64 u64 block;
    BlockAtomicI64 i64 block;
}
float_atomics! {
    BlockAtomicF16 f16 block;
    BlockAtomicF32 f32 block;
    BlockAtomicF64 f64 block;
}
integer_atomics! {
    SystemAtomicU32 u32 system;
    SystemAtomicI32 i32 system;
    SystemAtomicU64 u64 system;
    SystemAtomicI64 i64 system;
}
float_atomics! {
    SystemAtomicF16 f16 system;
    SystemAtomicF32 f32 system;
    SystemAtomicF64 f64 system;
}
