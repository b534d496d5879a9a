"""The parts of the screen on which a case is graded."""
