"""The outlets' record over many stories as HTML; it words and lays out the results but computes none."""
