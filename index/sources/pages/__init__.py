"""Pages that are printed, drawn or scanned, to articles."""
