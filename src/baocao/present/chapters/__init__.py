"""One module a chapter: pure functions from the month's report to a block, one call a notebook cell."""
