"""Data sets of faces with labels, read from the user's copies; none of them is shipped."""
