"""The parts of the Open screen: the recent workspaces, unlocking one, making one."""
