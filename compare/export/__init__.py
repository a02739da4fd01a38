"""Tables leave the toolkit."""
