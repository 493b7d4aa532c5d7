"""From records to a generation of the index, and from one generation to the next."""
