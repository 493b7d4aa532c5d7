"""What the law says in numbers and codes, as dated data with its source; never in code."""
