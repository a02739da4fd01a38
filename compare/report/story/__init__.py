"""The page of one story: each subject of it in a module of its own."""
