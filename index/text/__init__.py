"""What the languages of articles and questions need."""
