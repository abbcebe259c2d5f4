"""How workbooks are written."""

from __future__ import annotations

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""For ``xlsxwriter.Workbook``: what was submitted stays text, never a formula, a link or a number by its look."""
