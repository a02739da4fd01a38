"""From stories to an outlet's record: rates, how sure they are, and how outlets differ."""
