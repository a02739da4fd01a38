"""Claims x outlets become states."""
