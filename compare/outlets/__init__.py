"""From stories to an outlet's record: rates, their uncertainty, and the differences between outlets."""
