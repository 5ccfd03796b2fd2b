"""Pictures of the running demo: every screen, the README's, and those the manifest names."""
