"""Where work is kept: the only package that speaks SQL."""
