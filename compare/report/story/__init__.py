"""The page of one story, with a module for each of its subjects."""
