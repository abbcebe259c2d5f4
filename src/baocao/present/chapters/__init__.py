"""One module for each chapter: pure functions from the month's report to a block, one call in each notebook cell."""
