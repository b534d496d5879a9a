"""The ids of the places in the window."""

HOME = "home"
MY_AUDITS = "my_audits"
PROGRAMMES = "programmes"
SUMMARY = "summary"
SEARCH = "search"
GRADING = "grading"

# No screens, but places to go to: the window opens the sample, or asks for a spreadsheet.
SAMPLE = "sample"
IMPORT = "import"
