"""Text to tokens and tree, and what is wrong with the text. The only folder that imports tree_sitter."""
