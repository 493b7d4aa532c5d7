"""Files in, searchable records out.

This package owns originals, records, the analysis of text, the text store and the index. It knows
nothing of the web and calls nothing above it: ``query_room → search_api → indexer``.
"""
