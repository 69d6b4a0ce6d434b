"""Statement and sentence to what the sentence makes of the statement."""
