"""The sizes that sync 1 allows. Known to both ends; changing one changes the protocol."""

PAYLOAD_MAX = 64 * 1024  # bytes
BATCH_ENTRIES = 2_000
BATCH_BYTES = 1024 * 1024  # plain bytes of a request
LOGS_MAX = 64  # sections of a request
EXPANSION_MAX = 50  # times
HEADER_ROOM = 1_024  # bytes set aside for the header line of a section
SEQ_MAX = 2**53 - 1  # the last number that JavaScript counts exactly
