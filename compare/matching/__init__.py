"""Sentences become probabilities that they say the same, and what changed."""
