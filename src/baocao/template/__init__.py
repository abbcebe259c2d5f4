"""Blank workbooks for the units, made from ``params/`` and the submission contract."""
