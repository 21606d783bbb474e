//! Functions written as MIR: what `mir!` in a `#[custom_mir]` function is made of.
//!
//! What it is: declarations whose types are those of the MIR they stand for, so that a `mir!` body type checks as the
//! calls it is written with. None of them is ever called: MIR building reads them.
//! What it assumes: they are used in `mir!` only.
//! What it guarantees: names and signatures of the unstable module of the same name.
//!
//! ```text
//! #[custom_mir(dialect = "runtime", phase = "optimized")]
//! fn add_one(x: u32) -> u32 { mir! { { RET = x + 1; Return() } } }
//! ```

use crate::marker::DiscriminantKind;

/// The name of a basic block, and the type of what ends one.
pub struct BasicBlock;
/// What a call does when its callee unwinds. Nothing unwinds here.
pub struct UnwindActionArg;
/// Where a call returns to.
pub struct ReturnToArg;
/// Why unwinding ends the program.
pub struct UnwindTerminateReason;

#[rustc_builtin_macro]
pub macro mir($($tokens:tt)*) {}

/// A place that is written as a call.
pub macro place($e:expr) {
    *$crate::intrinsics::mir::__internal_make_place($e)
}

#[allow(non_upper_case_globals)]
pub const ReasonAbi: UnwindTerminateReason = UnwindTerminateReason;
#[allow(non_upper_case_globals)]
pub const ReasonInCleanup: UnwindTerminateReason = UnwindTerminateReason;

macro_rules! declare {
    ($($(#[$attr:meta])* fn $name:ident $(<$($param:ident),*>)? ($($arg:ident: $ty:ty),*) $(-> $out:ty)?;)*) => {
        $($(#[$attr])* #[allow(non_snake_case, unused_variables)] #[rustc_intrinsic]
        pub const fn $name $(<$($param),*>)? ($($arg: $ty),*) $(-> $out)?;)*
    };
}

// Terminators.
declare! {
    fn Return() -> BasicBlock;
    fn Goto(destination: BasicBlock) -> BasicBlock;
    fn Unreachable() -> BasicBlock;
    fn Drop<T>(place: T, goto: ReturnToArg, unwind_action: UnwindActionArg) -> BasicBlock;
    fn Call(call: (), goto: ReturnToArg, unwind_action: UnwindActionArg) -> BasicBlock;
    fn TailCall<T>(call: T) -> BasicBlock;
    fn UnwindResume() -> BasicBlock;
    fn UnwindTerminate(reason: UnwindTerminateReason) -> UnwindActionArg;
    fn UnwindUnreachable() -> UnwindActionArg;
    fn UnwindContinue() -> UnwindActionArg;
    fn UnwindCleanup(goto: BasicBlock) -> UnwindActionArg;
    fn ReturnTo(goto: BasicBlock) -> ReturnToArg;
}

// Statements.
declare! {
    fn StorageLive<T>(local: T);
    fn StorageDead<T>(local: T);
    fn Assume(operand: bool);
    fn Deinit<T>(place: T);
    fn Retag<T>(place: T);
    fn SetDiscriminant<T>(place: T, index: u32);
}

// Right sides, operands and places.
declare! {
    fn Checked<T>(binop: T) -> (T, bool);
    fn Len<T>(place: T) -> usize;
    fn CopyForDeref<T>(place: T) -> T;
    fn Discriminant<T>(place: T) -> <T as DiscriminantKind>::Discriminant;
    fn Offset<T, U>(pointer: T, count: U) -> T;
    fn CastTransmute<T, U>(operand: T) -> U;
    fn CastPtrToPtr<T, U>(operand: T) -> U;
    fn CastUnsize<T, U>(operand: T) -> U;
    fn Move<T>(place: T) -> T;
    fn Field<F>(place: (), field: u32) -> F;
    fn Variant<T>(place: T, index: u32) -> ();
}

#[rustc_intrinsic]
pub const fn PtrMetadata<P: ?Sized>(place: *const P) -> <P as crate::ptr::Pointee>::Metadata;
#[rustc_intrinsic]
pub const fn Static<T>(reference: T) -> &'static T;
#[rustc_intrinsic]
pub const fn StaticMut<T>(reference: T) -> *mut T;
#[rustc_intrinsic]
pub const fn __internal_make_place<T>(place: T) -> *mut T;
