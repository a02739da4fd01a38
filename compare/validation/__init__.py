"""Validation by coders: blind sheets, agreement, the toolkit's error, and rates corrected for it."""
