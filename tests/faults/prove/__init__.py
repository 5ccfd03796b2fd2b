"""Each guard taken away in turn: a fault must find what that costs, or the harness is blind."""
