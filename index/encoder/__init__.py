"""Texts to vectors: the embedded model, or another."""
