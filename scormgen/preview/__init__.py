"""The live preview: courses in a simulated LMS at a local address, built again on each save."""
