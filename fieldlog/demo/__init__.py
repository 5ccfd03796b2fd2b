"""A made-up month in Sollentuna, written through the real protocol. Everyone in it is fictional."""
