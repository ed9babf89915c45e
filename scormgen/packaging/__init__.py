"""Zips, questions.csv, checksums, and the folder that they are published in."""
