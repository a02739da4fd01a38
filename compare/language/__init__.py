"""Text to language: sentences, quotations, tokens, vectors."""
