"""A recursive-descent parser of Rust that produces HIR nodes directly from tokens; one file per grammar area, like
rustc's."""
