//! Comparison and hashing of function pointers.
//!
//! What it is: one macro that stamps the traits for pointers to functions of up to eight parameters.
//! What it assumes: the address of a function is its identity.
//! What it guarantees: the same order as that of the addresses.
//!
//! ```text
//! #[derive(PartialEq)] struct Operation { apply: fn(f32) -> f32 }
//! ```

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};

macro_rules! fn_pointer {
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                *self as usize == *other as usize
            }
        }
        impl<$($generics)*> Eq for $type {}
        impl<$($generics)*> PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some((*self as usize).cmp(&(*other as usize)))
            }
        }
        impl<$($generics)*> Ord for $type {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                (*self as usize).cmp(&(*other as usize))
            }
        }
        impl<$($generics)*> Hash for $type {
            fn hash<State: Hasher>(&self, state: &mut State) {
                state.write_usize(*self as usize)
            }
        }
        impl<$($generics)*> fmt::Debug for $type {
            fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                Ok(())
            }
        }
        impl<$($generics)*> fmt::Pointer for $type {
            fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                Ok(())
            }
        }
    };
}

macro_rules! fn_pointers {
    ($($param:ident)*) => {
        fn_pointer! { [Ret, $($param),*] fn($($param),*) -> Ret }
        fn_pointer! { [Ret, $($param),*] unsafe fn($($param),*) -> Ret }
        fn_pointer! { [Ret, $($param),*] extern "C" fn($($param),*) -> Ret }
    };
}

fn_pointers! {}
fn_pointers! { A }
fn_pointers! { A B }
fn_pointers! { A B C }
fn_pointers! { A B C D }
fn_pointers! { A B C D E }
fn_pointers! { A B C D E F }
fn_pointers! { A B C D E F G }
fn_pointers! { A B C D E F G H }
