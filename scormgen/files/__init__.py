"""Reading and writing inside a root folder: text with positions, names that every system takes, writes that are whole or not at all."""
