"""An archivist's disk of two thousand files, and what must be said of every one of them."""
