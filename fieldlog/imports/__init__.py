"""Reads what others have published as bodies of records. Knows neither store nor HTTP."""
