"""The only folder that imports tree_sitter: text to tree, syntax errors."""
