"""The outlets' record over many stories as HTML; words and lays out the results, computes none."""
