"""Snapshots in the window: made beside all else, looked into, and one put back."""
