"""The parts of the dialog that imports audits from a spreadsheet."""
