"""The server that the tests of the distributed engine run against."""
