"""News invented to learn reading from, and how it becomes examples."""
