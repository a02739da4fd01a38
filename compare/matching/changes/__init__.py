"""What differs in meaning between two passages that otherwise match, and in which words.

A word counts as changed only where it touches what both passages say: a number or negation in another part of a
long sentence changes nothing. Every kind has its file; `reading` is a passage as they see it, `pair` two of them.
Most of what they find may be none, and a reader weighs it; `proof` says where the words leave no doubt.
"""
