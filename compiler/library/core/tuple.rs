//! Comparison, defaults and hashing of tuples, and their conversion from and to arrays.
//!
//! What it is: one macro that stamps the traits for each arity up to twelve.
//! What it assumes: the compiler implements `Clone` and `Copy` for tuples.
//! What it guarantees: lexicographic order.
//!
//! ```text
//! (1, 2.0) < (1, 3.0)
//! ```

use crate::cmp::Ordering;
use crate::hash::{Hash, Hasher};

macro_rules! tuple_traits {
    ($($type:ident $index:tt)+) => {
        impl<$($type: PartialEq),+> PartialEq for ($($type,)+) {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $(self.$index == other.$index)&&+
            }
        }

        impl<$($type: Eq),+> Eq for ($($type,)+) {}

        impl<$($type: PartialOrd),+> PartialOrd for ($($type,)+) {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                $(
                    match self.$index.partial_cmp(&other.$index) {
                        Some(Ordering::Equal) => {}
                        decided => return decided,
                    }
                )+
                Some(Ordering::Equal)
            }
        }

        impl<$($type: Ord),+> Ord for ($($type,)+) {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                $(
                    match self.$index.cmp(&other.$index) {
                        Ordering::Equal => {}
                        decided => return decided,
                    }
                )+
                Ordering::Equal
            }
        }

        impl<$($type: Default),+> Default for ($($type,)+) {
            #[inline]
            fn default() -> Self {
                ($($type::default(),)+)
            }
        }

        impl<$($type: Hash),+> Hash for ($($type,)+) {
            #[inline]
            fn hash<State: Hasher>(&self, state: &mut State) {
                $(self.$index.hash(state);)+
            }
        }
    };
}

macro_rules! array_conversions {
    ($($count:literal ($($same:ident)+) ($($name:ident)+);)*) => {$(
        impl<T> From<[T; $count]> for ($($same,)+) {
            #[inline]
            fn from([$($name),+]: [T; $count]) -> Self {
                ($($name,)+)
            }
        }
        impl<T> From<($($same,)+)> for [T; $count] {
            #[inline]
            fn from(($($name,)+): ($($same,)+)) -> Self {
                [$($name),+]
            }
        }
    )*};
}

array_conversions! {
    1 (T) (a);
    2 (T T) (a b);
    3 (T T T) (a b c);
    4 (T T T T) (a b c d);
    5 (T T T T T) (a b c d e);
    6 (T T T T T T) (a b c d e f);
    7 (T T T T T T T) (a b c d e f g);
    8 (T T T T T T T T) (a b c d e f g h);
    9 (T T T T T T T T T) (a b c d e f g h i);
    10 (T T T T T T T T T T) (a b c d e f g h i j);
    11 (T T T T T T T T T T T) (a b c d e f g h i j k);
    12 (T T T T T T T T T T T T) (a b c d e f g h i j k l);
}

tuple_traits! { A 0 }
tuple_traits! { A 0 B 1 }
tuple_traits! { A 0 B 1 C 2 }
tuple_traits! { A 0 B 1 C 2 D 3 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 }
tuple_traits! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 }
