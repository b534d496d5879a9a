"""Files that travel: spreadsheets and packs, read within fixed bounds."""
