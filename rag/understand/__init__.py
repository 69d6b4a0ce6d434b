"""What a question means: its period, and what it follows."""
