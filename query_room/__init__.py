"""People: pages, visits, requests logged against results, the register and accounts."""
