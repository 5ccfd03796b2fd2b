"""The pure figures: each against its examples, and against scipy where scipy knows it."""
