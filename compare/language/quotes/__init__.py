"""Quotations: their place in a text, their cues and their speakers; `extract` puts them in a table."""
