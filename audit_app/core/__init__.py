"""What the words mean: forms, audits, grades and their sums, with the standard library only and no I/O."""
