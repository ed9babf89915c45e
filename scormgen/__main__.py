"""Lets `python -m scormgen` do what the `scormgen` command does."""

from scormgen.cli import main

if __name__ == "__main__":
    main()
