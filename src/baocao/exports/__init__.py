"""What a book hands out beside its pages: tables as CSV and one workbook, and the ledger rows behind its figures.

Pure functions: a month's report and the tables of its chapters in, the contents of files out.
"""
