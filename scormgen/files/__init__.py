"""Reading and writing inside a root folder: text with positions, portable file names, atomic writes."""
