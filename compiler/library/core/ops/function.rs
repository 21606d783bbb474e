//! The call operator.
//!
//! What it is: `Fn`, `FnMut` and `FnOnce`, and their implementations for references to callables.
//! What it assumes: the compiler implements them for closures, function items and function pointers, and writes
//! `Fn(A, B) -> C` for `Fn<(A, B), Output = C>`.
//! What it guarantees: nothing more.
//!
//! ```text
//! fn twice<F: Fn(f32) -> f32>(f: F, x: f32) -> f32 { f(f(x)) }
//! ```

use crate::marker::Tuple;

/// Callables that may be called once.
#[lang = "fn_once"]
#[rustc_paren_sugar]
#[fundamental]
pub trait FnOnce<Args: Tuple> {
    /// What the call returns.
    #[lang = "fn_once_output"]
    type Output;

    /// Performs the call.
    extern "rust-call" fn call_once(self, args: Args) -> Self::Output;
}

/// Callables that may be called again and may change their captures.
#[lang = "fn_mut"]
#[rustc_paren_sugar]
#[fundamental]
pub trait FnMut<Args: Tuple>: FnOnce<Args> {
    /// Performs the call.
    extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output;
}

/// Callables that may be called again through a shared reference.
#[lang = "fn"]
#[rustc_paren_sugar]
#[fundamental]
pub trait Fn<Args: Tuple>: FnMut<Args> {
    /// Performs the call.
    extern "rust-call" fn call(&self, args: Args) -> Self::Output;
}

impl<A: Tuple, F: ?Sized + Fn<A>> Fn<A> for &F {
    extern "rust-call" fn call(&self, args: A) -> F::Output {
        (**self).call(args)
    }
}

impl<A: Tuple, F: ?Sized + Fn<A>> FnMut<A> for &F {
    extern "rust-call" fn call_mut(&mut self, args: A) -> F::Output {
        (**self).call(args)
    }
}

impl<A: Tuple, F: ?Sized + Fn<A>> FnOnce<A> for &F {
    type Output = F::Output;
    extern "rust-call" fn call_once(self, args: A) -> F::Output {
        (*self).call(args)
    }
}

impl<A: Tuple, F: ?Sized + FnMut<A>> FnMut<A> for &mut F {
    extern "rust-call" fn call_mut(&mut self, args: A) -> F::Output {
        (**self).call_mut(args)
    }
}

impl<A: Tuple, F: ?Sized + FnMut<A>> FnOnce<A> for &mut F {
    type Output = F::Output;
    extern "rust-call" fn call_once(self, args: A) -> F::Output {
        (*self).call_mut(args)
    }
}
