//! What the methods of `Iterator` return.
//!
//! What it is: one struct for each adapter: element-wise ones in `map`, selecting ones in `select`, counting ones in
//! `position`, combining ones in `combine`, nesting ones in `flatten`.
//! What it assumes: nothing.
//! What it guarantees: each `next` draws from its source only what it needs.
//!
//! ```text
//! a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>()
//! ```

mod combine;
mod flatten;
mod map;
mod position;
mod select;

pub use self::combine::{zip, Chain, Cycle, Rev, Zip};
pub use self::flatten::{FlatMap, Flatten};
pub use self::map::{Cloned, Copied, Inspect, Map, Scan};
pub use self::position::{Enumerate, Skip, StepBy, Take};
pub use self::select::{Filter, FilterMap, Fuse, MapWhile, Peekable, SkipWhile, TakeWhile};
