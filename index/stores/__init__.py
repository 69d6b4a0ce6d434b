"""What an index keeps on disk: catalog, vectors, full text."""
