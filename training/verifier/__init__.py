"""A judge of what a sentence says: tried, not shipped. README.md says how and how far it came."""
