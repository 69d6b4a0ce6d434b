"""Folders that programs keep: what these say of the pages and documents in them."""
