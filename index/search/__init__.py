"""Articles found by their words: a grammar of searches, what is found, and where it stands."""
