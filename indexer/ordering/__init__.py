"""Orders of the pages, worked off by a process of its own.

A page writes a row and is done; the importer takes the rows one by one. Whatever is killed goes on
from its row, as the import itself does.
"""
