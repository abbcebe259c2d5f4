"""Reproducible monthly reporting for a plan: submissions in, a checked report book out."""

__version__ = "0.1.0"
