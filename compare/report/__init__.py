"""A comparison as figures and as one HTML file; reads tables, runs no matching."""
