"""The outlets' record over many stories as one HTML file; reads a corpus's tables, computes none."""
