"""What an evaluation shows as HTML."""
