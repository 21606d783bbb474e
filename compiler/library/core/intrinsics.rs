//! Operations only the compiler can perform.
//!
//! What it is: body-less declarations under rustc's names and signatures; each is lowered where it is called.
//! What it assumes: the compiler knows every name declared here (`../README.md` gives the lowering of each).
//! What it guarantees: nothing by itself; the rest of `core` wraps these safely.
//!
//! ```text
//! let sum = intrinsics::wrapping_add(a, b);
//! ```

use crate::cmp::Ordering as CmpOrdering;
use crate::marker::DiscriminantKind;

pub mod mir;

// Types.

#[rustc_intrinsic]
pub const fn size_of<T>() -> usize;
#[rustc_intrinsic]
pub const fn align_of<T>() -> usize;
#[rustc_intrinsic]
pub const unsafe fn size_of_val<T: ?Sized>(ptr: *const T) -> usize;
#[rustc_intrinsic]
pub const unsafe fn align_of_val<T: ?Sized>(ptr: *const T) -> usize;
#[rustc_intrinsic]
pub const fn needs_drop<T: ?Sized>() -> bool;
#[rustc_intrinsic]
pub const fn variant_count<T>() -> usize;
#[rustc_intrinsic]
pub const fn type_name<T: ?Sized>() -> &'static str;
#[oxide::intrinsic = "type_id"]
pub const fn type_id_bits<T: ?Sized>() -> u128;
#[lang = "offset_of"]
#[rustc_intrinsic]
pub const fn offset_of<T, const VARIANT: u32, const FIELD: u32>() -> usize;
#[rustc_intrinsic]
pub const fn discriminant_value<T>(v: &T) -> <T as DiscriminantKind>::Discriminant;
#[rustc_intrinsic]
pub const fn assert_inhabited<T>();
#[rustc_intrinsic]
pub const unsafe fn transmute<Src, Dst>(src: Src) -> Dst;
#[rustc_intrinsic]
pub const unsafe fn transmute_unchecked<Src, Dst>(src: Src) -> Dst;

// Control.

#[rustc_intrinsic]
pub const fn abort() -> !;
#[rustc_intrinsic]
pub fn breakpoint();
#[rustc_intrinsic]
pub const unsafe fn unreachable() -> !;
#[rustc_intrinsic]
pub const unsafe fn assume(b: bool) {
    if !b {
        unsafe { unreachable() }
    }
}
#[rustc_intrinsic]
pub const fn black_box<T>(dummy: T) -> T;

/// Marks the path that calls it as unlikely.
#[rustc_intrinsic]
#[cold]
pub const fn cold_path() {}

/// The condition, expected to hold.
#[inline(always)]
pub const fn likely(b: bool) -> bool {
    if b {
        true
    } else {
        cold_path();
        false
    }
}

/// The condition, expected not to hold.
#[inline(always)]
pub const fn unlikely(b: bool) -> bool {
    if b {
        cold_path();
        true
    } else {
        false
    }
}

/// One of two values, chosen without a branch.
#[rustc_intrinsic]
#[inline]
pub const fn select_unpredictable<T>(b: bool, true_val: T, false_val: T) -> T
where
    T: Copy,
{
    if b { true_val } else { false_val }
}

// Integers.

#[rustc_intrinsic]
pub const fn wrapping_add<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub const fn wrapping_sub<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub const fn wrapping_mul<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub const fn add_with_overflow<T: Copy>(x: T, y: T) -> (T, bool);
#[rustc_intrinsic]
pub const fn sub_with_overflow<T: Copy>(x: T, y: T) -> (T, bool);
#[rustc_intrinsic]
pub const fn mul_with_overflow<T: Copy>(x: T, y: T) -> (T, bool);
#[rustc_intrinsic]
pub const fn saturating_add<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub const fn saturating_sub<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_add<T: Copy>(x: T, y: T) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_sub<T: Copy>(x: T, y: T) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_mul<T: Copy>(x: T, y: T) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_div<T: Copy>(x: T, y: T) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_rem<T: Copy>(x: T, y: T) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_shl<T: Copy, U: Copy>(x: T, y: U) -> T;
#[rustc_intrinsic]
pub const unsafe fn unchecked_shr<T: Copy, U: Copy>(x: T, y: U) -> T;
#[rustc_intrinsic]
pub const unsafe fn exact_div<T: Copy>(x: T, y: T) -> T;
#[rustc_intrinsic]
pub const fn rotate_left<T: Copy>(x: T, shift: u32) -> T;
#[rustc_intrinsic]
pub const fn rotate_right<T: Copy>(x: T, shift: u32) -> T;
#[rustc_intrinsic]
pub const fn ctpop<T: Copy>(x: T) -> u32;
#[rustc_intrinsic]
pub const fn ctlz<T: Copy>(x: T) -> u32;
#[rustc_intrinsic]
pub const unsafe fn ctlz_nonzero<T: Copy>(x: T) -> u32;
#[rustc_intrinsic]
pub const fn cttz<T: Copy>(x: T) -> u32;
#[rustc_intrinsic]
pub const unsafe fn cttz_nonzero<T: Copy>(x: T) -> u32;
#[rustc_intrinsic]
pub const fn bswap<T: Copy>(x: T) -> T;
#[rustc_intrinsic]
pub const fn bitreverse<T: Copy>(x: T) -> T;
#[rustc_intrinsic]
pub const fn three_way_compare<T: Copy>(lhs: T, rhs: T) -> CmpOrdering;
#[rustc_intrinsic]
pub const fn carrying_mul_add<T, U>(multiplier: T, multiplicand: T, addend: T, carry: T) -> (U, T);

// Pointers and memory.

#[rustc_intrinsic]
pub const unsafe fn offset<Ptr, Delta>(dst: Ptr, offset: Delta) -> Ptr;
#[rustc_intrinsic]
pub const unsafe fn arith_offset<T>(dst: *const T, offset: isize) -> *const T;
#[rustc_intrinsic]
pub const unsafe fn ptr_offset_from<T>(ptr: *const T, base: *const T) -> isize;
#[rustc_intrinsic]
pub const unsafe fn ptr_offset_from_unsigned<T>(ptr: *const T, base: *const T) -> usize;
#[rustc_intrinsic]
pub const fn ptr_mask<T>(ptr: *const T, mask: usize) -> *const T;
#[rustc_intrinsic]
pub const fn ptr_metadata<P: ?Sized, M>(ptr: *const P) -> M;
#[rustc_intrinsic]
pub const fn aggregate_raw_ptr<P, D, M>(data: D, meta: M) -> P;
#[rustc_intrinsic]
pub const unsafe fn copy<T>(src: *const T, dst: *mut T, count: usize);
#[rustc_intrinsic]
pub const unsafe fn copy_nonoverlapping<T>(src: *const T, dst: *mut T, count: usize);
#[rustc_intrinsic]
pub const unsafe fn write_bytes<T>(dst: *mut T, val: u8, count: usize);
#[rustc_intrinsic]
pub const unsafe fn read_via_copy<T>(ptr: *const T) -> T;
#[rustc_intrinsic]
pub const unsafe fn write_via_move<T>(ptr: *mut T, value: T);
#[rustc_intrinsic]
pub unsafe fn volatile_load<T>(src: *const T) -> T;
#[rustc_intrinsic]
pub unsafe fn volatile_store<T>(dst: *mut T, val: T);
#[rustc_intrinsic]
pub const unsafe fn compare_bytes(left: *const u8, right: *const u8, bytes: usize) -> i32;
#[rustc_intrinsic]
pub const unsafe fn raw_eq<T>(a: &T, b: &T) -> bool;

/// Swaps two values that do not overlap.
#[rustc_intrinsic]
#[inline]
pub const unsafe fn typed_swap_nonoverlapping<T>(x: *mut T, y: *mut T) {
    unsafe {
        let value = read_via_copy(x as *const T);
        copy_nonoverlapping(y as *const T, x, 1);
        write_via_move(y, value);
    }
}

// Floats with fast-math semantics.

#[rustc_intrinsic]
pub unsafe fn fadd_fast<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub unsafe fn fsub_fast<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub unsafe fn fmul_fast<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub unsafe fn fdiv_fast<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub unsafe fn frem_fast<T: Copy>(a: T, b: T) -> T;
#[rustc_intrinsic]
pub unsafe fn float_to_int_unchecked<Float: Copy, Int: Copy>(value: Float) -> Int;

macro_rules! float_intrinsics {
    ($float:ident:
        $($unary:ident)*; $($binary:ident)*; $($ternary:ident)*; $powi:ident) => {
        $(
            #[rustc_intrinsic]
            pub const fn $unary(x: $float) -> $float;
        )*
        $(
            #[rustc_intrinsic]
            pub const fn $binary(x: $float, y: $float) -> $float;
        )*
        $(
            #[rustc_intrinsic]
            pub const fn $ternary(a: $float, b: $float, c: $float) -> $float;
        )*
        #[rustc_intrinsic]
        pub fn $powi(x: $float, n: i32) -> $float;
    };
}

float_intrinsics! { f16:
    fabsf16 sqrtf16 sinf16 cosf16 expf16 exp2f16 logf16 log2f16 log10f16 floorf16 ceilf16 truncf16 roundf16
    round_ties_even_f16;
    powf16 copysignf16 minimumf16 maximumf16 minnumf16 maxnumf16;
    fmaf16 fmuladdf16; powif16 }
float_intrinsics! { f32:
    fabsf32 sqrtf32 sinf32 cosf32 expf32 exp2f32 logf32 log2f32 log10f32 floorf32 ceilf32 truncf32 roundf32
    round_ties_even_f32;
    powf32 copysignf32 minimumf32 maximumf32 minnumf32 maxnumf32;
    fmaf32 fmuladdf32; powif32 }
float_intrinsics! { f64:
    fabsf64 sqrtf64 sinf64 cosf64 expf64 exp2f64 logf64 log2f64 log10f64 floorf64 ceilf64 truncf64 roundf64
    round_ties_even_f64;
    powf64 copysignf64 minimumf64 maximumf64 minnumf64 maxnumf64;
    fmaf64 fmuladdf64; powif64 }

macro_rules! number_selection {
    ($($float:ident $minimum:ident $maximum:ident $minnum:ident $maxnum:ident;)*) => {$(
        /// The smaller number; a NaN operand is ignored, the sign of zero is not looked at.
        #[inline(always)]
        pub const fn $minimum(x: $float, y: $float) -> $float {
            $minnum(x, y)
        }
        /// The greater number; a NaN operand is ignored, the sign of zero is not looked at.
        #[inline(always)]
        pub const fn $maximum(x: $float, y: $float) -> $float {
            $maxnum(x, y)
        }
    )*};
}

number_selection! {
    f16 minimum_number_nsz_f16 maximum_number_nsz_f16 minnumf16 maxnumf16;
    f32 minimum_number_nsz_f32 maximum_number_nsz_f32 minnumf32 maxnumf32;
    f64 minimum_number_nsz_f64 maximum_number_nsz_f64 minnumf64 maxnumf64;
}

// Atomics, system scope.

/// The memory order of an atomic operation, as a const argument.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum AtomicOrdering {
    /// No ordering.
    Relaxed = 0,
    /// Later accesses stay after.
    Release = 1,
    /// Earlier accesses stay before.
    Acquire = 2,
    /// Both.
    AcqRel = 3,
    /// Both, in one total order.
    SeqCst = 4,
}

impl crate::marker::ConstParamTy_ for AtomicOrdering {}

#[rustc_intrinsic]
pub unsafe fn atomic_load<T: Copy, const ORD: AtomicOrdering>(src: *const T) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_store<T: Copy, const ORD: AtomicOrdering>(dst: *mut T, val: T);
#[rustc_intrinsic]
pub unsafe fn atomic_xchg<T: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: T) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_xadd<T: Copy, U: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: U) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_xsub<T: Copy, U: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: U) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_and<T: Copy, U: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: U) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_nand<T: Copy, U: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: U) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_or<T: Copy, U: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: U) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_xor<T: Copy, U: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: U) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_max<T: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: T) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_min<T: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: T) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_umax<T: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: T) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_umin<T: Copy, const ORD: AtomicOrdering>(dst: *mut T, src: T) -> T;
#[rustc_intrinsic]
pub unsafe fn atomic_cxchg<T: Copy, const ORD_SUCC: AtomicOrdering, const ORD_FAIL: AtomicOrdering>(
    dst: *mut T,
    old: T,
    src: T,
) -> (T, bool);
#[rustc_intrinsic]
pub unsafe fn atomic_cxchgweak<T: Copy, const ORD_SUCC: AtomicOrdering, const ORD_FAIL: AtomicOrdering>(
    dst: *mut T,
    old: T,
    src: T,
) -> (T, bool);
#[rustc_intrinsic]
pub unsafe fn atomic_fence<const ORD: AtomicOrdering>();
#[rustc_intrinsic]
pub unsafe fn atomic_singlethreadfence<const ORD: AtomicOrdering>();
