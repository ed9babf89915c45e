"""The live preview: courses in a simulated LMS at a local address, built anew on each save."""
