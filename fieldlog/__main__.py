"""`python -m fieldlog`: the same as the command `fieldlog`."""

from fieldlog.cli import main

if __name__ == "__main__":
    main(prog_name="fieldlog")
