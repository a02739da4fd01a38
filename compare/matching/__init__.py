"""Match sentences: the probability that two say the same, and the changes between them."""
