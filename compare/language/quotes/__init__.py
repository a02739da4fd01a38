"""Quotations: where a text quotes, with which words it says so, and whom; `extract` puts them in a table."""
