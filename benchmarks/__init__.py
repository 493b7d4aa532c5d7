"""What the product is worth in figures; ``docs/benchmarks.md`` holds them with their commands."""
