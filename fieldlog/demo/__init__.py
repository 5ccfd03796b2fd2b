"""A made-up week in Sollentuna, written through the real protocol. Everyone in it is fictional."""
