"""What auditors are asked: the questionnaires, read from TOML and kept by id and version."""
