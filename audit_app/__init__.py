"""Audit App: grades audited cases and adds them up for the people who must act on them."""
