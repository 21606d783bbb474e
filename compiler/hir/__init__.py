"""HIR: what the source says, desugared, with no types: item trees, bodies, attributes, macro expansion."""
