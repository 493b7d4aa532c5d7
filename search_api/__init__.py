"""A question in, what this viewer may see out; owns the search log and a small JSON service."""
