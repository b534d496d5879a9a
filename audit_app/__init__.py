"""Audit children's social-care case files: grade, summarise and moderate, offline."""

__version__ = "0.1.0"
