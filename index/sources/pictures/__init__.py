"""The photographs of articles: found in their files, opened, told from icons and compared."""
