"""Names: where items are, what is in scope where, what a path means, what attributes say."""
