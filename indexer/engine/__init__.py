"""The index behind two ports: one that writes a generation, one that answers from it."""
