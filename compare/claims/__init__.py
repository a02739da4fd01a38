"""Group matches into claims with lasting ids, and read a researcher's own claims."""
