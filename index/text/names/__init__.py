"""The persons, places and organisations that a text names, told by rules that would rather leave a
name out than take something else for one: docs/search.md has how often they are right."""

from hemeroteca.index.text.names.tagger import KINDS, Kind, Name, is_given_name, names

__all__ = ["KINDS", "Kind", "Name", "is_given_name", "names"]
