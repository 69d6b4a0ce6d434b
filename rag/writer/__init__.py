"""Answers in the words of the user's own model."""
