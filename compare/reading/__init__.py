"""Reading: files, folders, records and tables become the articles table."""
