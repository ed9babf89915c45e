"""What can be wrong, and how it is reported: places, problems, the table of codes, output formats."""
