"""The parts of the Summary screen."""
