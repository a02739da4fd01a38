"""Render a comparison as figures and as one HTML file, from its tables alone."""
