"""Item models: the rows and columns that tables and lists show."""
