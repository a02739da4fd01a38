"""Export of tables and data sets."""
