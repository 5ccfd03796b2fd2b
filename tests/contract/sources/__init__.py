"""What the contract's JSON files are made from: situations and answers written by hand."""
