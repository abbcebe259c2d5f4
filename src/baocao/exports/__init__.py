"""The files of a book besides its pages: tables as CSV and as a workbook, and the ledger rows behind its figures.

Pure functions: a month's report and the tables of its chapters in, the contents of files out.
"""
