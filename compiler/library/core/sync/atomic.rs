//! Atomics visible to the whole system.
//!
//! What it is: `AtomicBool`, the integer atomics, `AtomicPtr`, `fence` and `Ordering`.
//! What it assumes: the hardware has atomics of 32 and 64 bits; reaching a narrower read-modify-write is an error.
//! What it guarantees: system scope, so host and device may share the location.
//!
//! ```text
//! let ticket = counter.fetch_add(1, Ordering::Relaxed);
//! ```

use crate::cell::UnsafeCell;
use crate::intrinsics;
use crate::intrinsics::AtomicOrdering as Order;

/// How an atomic operation orders the accesses around it.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ordering {
    /// Not at all.
    Relaxed,
    /// Earlier accesses stay before a store.
    Release,
    /// Later accesses stay after a load.
    Acquire,
    /// Both.
    AcqRel,
    /// Both, in one order all threads agree on.
    SeqCst,
}

/// Selects the intrinsic for an order; the operations inline, so a constant order leaves one arm.
macro_rules! ordered {
    ($order:expr, $intrinsic:ident::<$($type:ty),*>($($argument:expr),*)) => {
        match $order {
            Ordering::Relaxed => intrinsics::$intrinsic::<$($type,)* { Order::Relaxed }>($($argument),*),
            Ordering::Release => intrinsics::$intrinsic::<$($type,)* { Order::Release }>($($argument),*),
            Ordering::Acquire => intrinsics::$intrinsic::<$($type,)* { Order::Acquire }>($($argument),*),
            Ordering::AcqRel => intrinsics::$intrinsic::<$($type,)* { Order::AcqRel }>($($argument),*),
            Ordering::SeqCst => intrinsics::$intrinsic::<$($type,)* { Order::SeqCst }>($($argument),*),
        }
    };
}

#[inline]
unsafe fn atomic_load<T: Copy>(source: *const T, order: Ordering) -> T {
    unsafe {
        match order {
            Ordering::Relaxed => intrinsics::atomic_load::<T, { Order::Relaxed }>(source),
            Ordering::Acquire => intrinsics::atomic_load::<T, { Order::Acquire }>(source),
            Ordering::SeqCst => intrinsics::atomic_load::<T, { Order::SeqCst }>(source),
            Ordering::Release => panic!("there is no such thing as a release load"),
            Ordering::AcqRel => panic!("there is no such thing as an acquire-release load"),
        }
    }
}

#[inline]
unsafe fn atomic_store<T: Copy>(destination: *mut T, value: T, order: Ordering) {
    unsafe {
        match order {
            Ordering::Relaxed => intrinsics::atomic_store::<T, { Order::Relaxed }>(destination, value),
            Ordering::Release => intrinsics::atomic_store::<T, { Order::Release }>(destination, value),
            Ordering::SeqCst => intrinsics::atomic_store::<T, { Order::SeqCst }>(destination, value),
            Ordering::Acquire => panic!("there is no such thing as an acquire store"),
            Ordering::AcqRel => panic!("there is no such thing as an acquire-release store"),
        }
    }
}

/// The success order is strengthened to cover the failure order, which PTX cannot state apart.
#[inline]
unsafe fn atomic_compare_exchange<T: Copy>(
    destination: *mut T,
    old: T,
    new: T,
    success: Ordering,
    failure: Ordering,
) -> Result<T, T> {
    let (value, exchanged) = unsafe {
        match (success, failure) {
            (Ordering::SeqCst, _) | (_, Ordering::SeqCst) => {
                intrinsics::atomic_cxchg::<T, { Order::SeqCst }, { Order::SeqCst }>(destination, old, new)
            }
            (Ordering::AcqRel, _) | (Ordering::Release, Ordering::Acquire) => {
                intrinsics::atomic_cxchg::<T, { Order::AcqRel }, { Order::Acquire }>(destination, old, new)
            }
            (Ordering::Acquire, _) | (Ordering::Relaxed, Ordering::Acquire) => {
                intrinsics::atomic_cxchg::<T, { Order::Acquire }, { Order::Acquire }>(destination, old, new)
            }
            (Ordering::Release, _) => {
                intrinsics::atomic_cxchg::<T, { Order::Release }, { Order::Relaxed }>(destination, old, new)
            }
            (Ordering::Relaxed, _) => {
                intrinsics::atomic_cxchg::<T, { Order::Relaxed }, { Order::Relaxed }>(destination, old, new)
            }
        }
    };
    if exchanged { Ok(value) } else { Err(value) }
}

/// Changes by a function, which every atomic type offers.
macro_rules! atomic_updates {
    ($Value:ty) => {
        /// Applies the function until it declines or its result could be written; returns the old value.
        #[inline]
        pub fn try_update(
            &self,
            set_order: Ordering,
            fetch_order: Ordering,
            f: impl FnMut($Value) -> Option<$Value>,
        ) -> Result<$Value, $Value> {
            self.fetch_update(set_order, fetch_order, f)
        }

        /// Applies the function until its result could be written; returns the old value.
        #[inline]
        pub fn update(&self, set_order: Ordering, fetch_order: Ordering, mut f: impl FnMut($Value) -> $Value) -> $Value {
            let mut seen = self.load(fetch_order);
            loop {
                match self.compare_exchange_weak(seen, f(seen), set_order, fetch_order) {
                    Ok(old) => return old,
                    Err(now) => seen = now,
                }
            }
        }

        /// Applies the function until it declines or its result could be written; returns the old value.
        #[inline]
        pub fn fetch_update<F: FnMut($Value) -> Option<$Value>>(
            &self,
            set_order: Ordering,
            fetch_order: Ordering,
            mut f: F,
        ) -> Result<$Value, $Value> {
            let mut seen = self.load(fetch_order);
            while let Some(next) = f(seen) {
                match self.compare_exchange_weak(seen, next, set_order, fetch_order) {
                    Ok(old) => return Ok(old),
                    Err(now) => seen = now,
                }
            }
            Err(seen)
        }
    };
}

/// What every atomic type offers.
macro_rules! atomic_common {
    ($Value:ty) => {
        /// Wraps a value.
        #[inline]
        #[must_use]
        pub const fn new(value: $Value) -> Self {
            Self { value: UnsafeCell::new(value) }
        }

        /// The atomic at an address.
        ///
        /// # Safety
        /// The pointer is valid for `'a`, aligned, and accessed only atomically meanwhile.
        #[inline]
        pub const unsafe fn from_ptr<'a>(pointer: *mut $Value) -> &'a Self {
            unsafe { &*(pointer as *mut Self) }
        }

        /// The address.
        #[inline]
        pub const fn as_ptr(&self) -> *mut $Value {
            self.value.get()
        }

        /// The value, exclusively borrowed.
        #[inline]
        pub fn get_mut(&mut self) -> &mut $Value {
            self.value.get_mut()
        }

        /// Unwraps the value.
        #[inline]
        pub const fn into_inner(self) -> $Value {
            self.value.into_inner()
        }

        /// Reads the value.
        #[inline]
        pub fn load(&self, order: Ordering) -> $Value {
            unsafe { atomic_load(self.value.get() as *const $Value, order) }
        }

        /// Writes the value.
        #[inline]
        pub fn store(&self, value: $Value, order: Ordering) {
            unsafe { atomic_store(self.value.get(), value, order) }
        }

        /// Writes the value and returns the old one.
        #[inline]
        pub fn swap(&self, value: $Value, order: Ordering) -> $Value {
            unsafe { ordered!(order, atomic_xchg::<$Value>(self.value.get(), value)) }
        }

        /// Writes `new` if the value is `current`; returns the old value, as `Ok` if it was written.
        #[inline]
        pub fn compare_exchange(
            &self,
            current: $Value,
            new: $Value,
            success: Ordering,
            failure: Ordering,
        ) -> Result<$Value, $Value> {
            unsafe { atomic_compare_exchange(self.value.get(), current, new, success, failure) }
        }

        /// `compare_exchange`; the hardware never fails without cause.
        #[inline]
        pub fn compare_exchange_weak(
            &self,
            current: $Value,
            new: $Value,
            success: Ordering,
            failure: Ordering,
        ) -> Result<$Value, $Value> {
            self.compare_exchange(current, new, success, failure)
        }

        atomic_updates! { $Value }
    };
}

macro_rules! atomic_integers {
    ($($name:ident $integer:ident $align:literal $max:ident $min:ident;)*) => {$(
        /// An integer that threads may share.
        #[repr(C, align($align))]
        pub struct $name {
            value: UnsafeCell<$integer>,
        }

        unsafe impl Sync for $name {}

        impl Default for $name {
            fn default() -> Self {
                Self::new(0)
            }
        }

        impl From<$integer> for $name {
            fn from(value: $integer) -> Self {
                Self::new(value)
            }
        }

        impl $name {
            atomic_common! { $integer }

            /// Adds, modulo the width; returns the old value.
            #[inline]
            pub fn fetch_add(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, atomic_xadd::<$integer, $integer>(self.value.get(), value)) }
            }
            /// Subtracts, modulo the width; returns the old value.
            #[inline]
            pub fn fetch_sub(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, atomic_xsub::<$integer, $integer>(self.value.get(), value)) }
            }
            /// Bitwise and; returns the old value.
            #[inline]
            pub fn fetch_and(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, atomic_and::<$integer, $integer>(self.value.get(), value)) }
            }
            /// Bitwise not-and; returns the old value.
            #[inline]
            pub fn fetch_nand(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, atomic_nand::<$integer, $integer>(self.value.get(), value)) }
            }
            /// Bitwise or; returns the old value.
            #[inline]
            pub fn fetch_or(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, atomic_or::<$integer, $integer>(self.value.get(), value)) }
            }
            /// Bitwise exclusive or; returns the old value.
            #[inline]
            pub fn fetch_xor(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, atomic_xor::<$integer, $integer>(self.value.get(), value)) }
            }
            /// Writes the greater value; returns the old one.
            #[inline]
            pub fn fetch_max(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, $max::<$integer>(self.value.get(), value)) }
            }
            /// Writes the smaller value; returns the old one.
            #[inline]
            pub fn fetch_min(&self, value: $integer, order: Ordering) -> $integer {
                unsafe { ordered!(order, $min::<$integer>(self.value.get(), value)) }
            }
        }
    )*};
}

atomic_integers! {
    AtomicU8 u8 1 atomic_umax atomic_umin;
    AtomicU16 u16 2 atomic_umax atomic_umin;
    AtomicU32 u32 4 atomic_umax atomic_umin;
    AtomicU64 u64 8 atomic_umax atomic_umin;
    AtomicUsize usize 8 atomic_umax atomic_umin;
    AtomicI8 i8 1 atomic_max atomic_min;
    AtomicI16 i16 2 atomic_max atomic_min;
    AtomicI32 i32 4 atomic_max atomic_min;
    AtomicI64 i64 8 atomic_max atomic_min;
    AtomicIsize isize 8 atomic_max atomic_min;
}

/// A pointer that threads may share.
#[repr(C, align(8))]
pub struct AtomicPtr<T> {
    value: UnsafeCell<*mut T>,
}

unsafe impl<T> Send for AtomicPtr<T> {}
unsafe impl<T> Sync for AtomicPtr<T> {}

impl<T> AtomicPtr<T> {
    atomic_common! { *mut T }
}

/// A `bool` that threads may share.
#[repr(C, align(1))]
pub struct AtomicBool {
    value: UnsafeCell<u8>,
}

unsafe impl Sync for AtomicBool {}

impl Default for AtomicBool {
    fn default() -> AtomicBool {
        AtomicBool::new(false)
    }
}

impl From<bool> for AtomicBool {
    fn from(value: bool) -> AtomicBool {
        AtomicBool::new(value)
    }
}

impl AtomicBool {
    /// Wraps a value.
    #[inline]
    #[must_use]
    pub const fn new(value: bool) -> AtomicBool {
        AtomicBool { value: UnsafeCell::new(value as u8) }
    }

    /// Reads the value.
    #[inline]
    pub fn load(&self, order: Ordering) -> bool {
        unsafe { atomic_load(self.value.get() as *const u8, order) != 0 }
    }

    /// Writes the value.
    #[inline]
    pub fn store(&self, value: bool, order: Ordering) {
        unsafe { atomic_store(self.value.get(), value as u8, order) }
    }

    /// Writes the value and returns the old one.
    #[inline]
    pub fn swap(&self, value: bool, order: Ordering) -> bool {
        unsafe { ordered!(order, atomic_xchg::<u8>(self.value.get(), value as u8)) != 0 }
    }

    /// The atomic at an address.
    ///
    /// # Safety
    /// The pointer is valid for `'a` and accessed only atomically meanwhile.
    #[inline]
    pub const unsafe fn from_ptr<'a>(pointer: *mut bool) -> &'a AtomicBool {
        unsafe { &*(pointer as *mut AtomicBool) }
    }

    /// The address.
    #[inline]
    pub const fn as_ptr(&self) -> *mut bool {
        self.value.get() as *mut bool
    }

    /// The value, exclusively borrowed.
    #[inline]
    pub fn get_mut(&mut self) -> &mut bool {
        unsafe { &mut *(self.value.get() as *mut bool) }
    }

    /// Unwraps the value.
    #[inline]
    pub const fn into_inner(self) -> bool {
        self.value.into_inner() != 0
    }

    /// Logical exclusive or; returns the old value.
    #[inline]
    pub fn fetch_xor(&self, value: bool, order: Ordering) -> bool {
        unsafe { ordered!(order, atomic_xor::<u8, u8>(self.value.get(), value as u8)) != 0 }
    }

    /// Logical not; returns the old value.
    #[inline]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }

    /// Logical not-and; returns the old value.
    #[inline]
    pub fn fetch_nand(&self, value: bool, order: Ordering) -> bool {
        if value { self.fetch_xor(true, order) } else { self.swap(true, order) }
    }

    /// `compare_exchange`; the hardware never fails without cause.
    #[inline]
    pub fn compare_exchange_weak(
        &self,
        current: bool,
        new: bool,
        success: Ordering,
        failure: Ordering,
    ) -> Result<bool, bool> {
        self.compare_exchange(current, new, success, failure)
    }

    atomic_updates! { bool }

    /// Logical or; returns the old value.
    #[inline]
    pub fn fetch_or(&self, value: bool, order: Ordering) -> bool {
        unsafe { ordered!(order, atomic_or::<u8, u8>(self.value.get(), value as u8)) != 0 }
    }

    /// Logical and; returns the old value.
    #[inline]
    pub fn fetch_and(&self, value: bool, order: Ordering) -> bool {
        unsafe { ordered!(order, atomic_and::<u8, u8>(self.value.get(), value as u8)) != 0 }
    }

    /// Writes `new` if the value is `current`; returns the old value, as `Ok` if it was written.
    #[inline]
    pub fn compare_exchange(
        &self,
        current: bool,
        new: bool,
        success: Ordering,
        failure: Ordering,
    ) -> Result<bool, bool> {
        match unsafe { atomic_compare_exchange(self.value.get(), current as u8, new as u8, success, failure) } {
            Ok(old) => Ok(old != 0),
            Err(now) => Err(now != 0),
        }
    }
}

/// Orders the accesses before and after it, for all threads.
#[inline]
pub fn fence(order: Ordering) {
    unsafe {
        match order {
            Ordering::Acquire => intrinsics::atomic_fence::<{ Order::Acquire }>(),
            Ordering::Release => intrinsics::atomic_fence::<{ Order::Release }>(),
            Ordering::AcqRel => intrinsics::atomic_fence::<{ Order::AcqRel }>(),
            Ordering::SeqCst => intrinsics::atomic_fence::<{ Order::SeqCst }>(),
            Ordering::Relaxed => panic!("there is no such thing as a relaxed fence"),
        }
    }
}

/// Orders the accesses before and after it, for the compiler only.
#[inline]
pub fn compiler_fence(order: Ordering) {
    unsafe {
        match order {
            Ordering::Acquire => intrinsics::atomic_singlethreadfence::<{ Order::Acquire }>(),
            Ordering::Release => intrinsics::atomic_singlethreadfence::<{ Order::Release }>(),
            Ordering::AcqRel => intrinsics::atomic_singlethreadfence::<{ Order::AcqRel }>(),
            Ordering::SeqCst => intrinsics::atomic_singlethreadfence::<{ Order::SeqCst }>(),
            Ordering::Relaxed => panic!("there is no such thing as a relaxed compiler fence"),
        }
    }
}

/// Tells the processor that the caller spins.
#[inline]
pub fn spin_loop_hint() {}
