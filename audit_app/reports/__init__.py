"""Plain data in, files out: one module per report."""
