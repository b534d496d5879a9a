"""The parts of the Programmes screen and its dialog."""
