"""Reading of files, folders, records and tables into the articles table."""
