"""Names: module tree, imports, scopes, paths."""
