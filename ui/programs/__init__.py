"""What other programs ask of an archive, and in which forms they ask it."""
