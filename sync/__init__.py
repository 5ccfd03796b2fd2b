"""The ground floor: what a record is, the hash chain, and the conversation that carries records.

Knows neither Flask nor SQL, and does no I/O except in `http`.
"""
