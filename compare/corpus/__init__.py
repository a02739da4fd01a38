"""Many stories: compared one at a time into a run folder, and read back as a `Corpus`."""
