"""Matches become claims with lasting ids; given claims are tracked."""
