"""Coders check a sample: blind sheets, agreement, the toolkit's error, and rates corrected for it."""
