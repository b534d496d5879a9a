"""What opens a workspace, in the window: taking down the recovery key, and changing the passphrase."""
