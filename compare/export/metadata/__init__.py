"""What others read of a bundle: search engines, archives, loaders of data sets, and people."""
