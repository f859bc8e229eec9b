"""Training of the embedded recogniser: never imported by reading."""
