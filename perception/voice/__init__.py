"""A person's speech: how it is said, and the words, and what both say about how they feel."""
