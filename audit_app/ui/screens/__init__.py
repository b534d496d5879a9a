"""One module per screen; screens do not import each other."""
