"""The restore drill: stores and phones put back to an hour ago, over real HTTP."""
