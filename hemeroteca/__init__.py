"""Question a newspaper archive and see the sentence that proves the answer."""
