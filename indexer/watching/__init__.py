"""Folders that are followed: what is new, changed, moved or gone comes in by itself.

The kernel tells of changes, and a look through the whole folder now and then finds what it did not
tell of. What a look finds goes through the same import as everything else.
"""
