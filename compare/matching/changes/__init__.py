"""What differs in meaning between two passages that otherwise match, and in which words.

A word counts as changed only where it touches what both passages say. Each kind has its own file. Most findings may be
false alarms, so a reader weighs them; `proof` says where the words leave no doubt.
"""
