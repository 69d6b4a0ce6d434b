"""Passages to the span that answers."""
