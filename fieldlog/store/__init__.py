"""Where records rest: tables, logs, projections. Knows `sync`; nothing of HTTP."""
