//! Iterators.
//!
//! What it is: `Iterator` and its companions (`traits`), the adapters its methods return, ranges as iterators
//! (`range`), accumulation (`accum`), and functions that make iterators (`sources`).
//! What it assumes: everything inlines; an adapter's `next` is a few instructions around its source's.
//! What it guarantees: adapters are lazy and call closures in iteration order.
//!
//! ```text
//! for i in (start..n).step_by(stride) { out[i] = a[i] }
//! ```

mod accum;
mod adapters;
mod by_ref;
mod range;
mod sources;
mod traits;

pub use self::accum::{try_process, Product, Sum};
pub use self::adapters::{
    Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, FlatMap, Flatten, Fuse, Inspect, Map, MapWhile, Peekable,
    Rev, Scan, Skip, SkipWhile, StepBy, Take, TakeWhile, Zip, zip,
};
pub use self::range::Step;
pub use self::sources::{
    empty, from_fn, once, once_with, repeat, repeat_n, repeat_with, successors, Empty, FromFn, Once, OnceWith, Repeat,
    RepeatN, RepeatWith, Successors,
};
pub use self::traits::{
    DoubleEndedIterator, ExactSizeIterator, Extend, FromIterator, FusedIterator, IntoIterator, Iterator, Yields,
};
