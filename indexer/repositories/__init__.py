"""Every SQL statement on the indexer's tables.

Functions take a connection, so that a caller can join several of them in one transaction; what
builds a statement stands apart from what runs it.
"""
