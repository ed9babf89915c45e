"""What a course is: frozen values without I/O, in no e-learning standard's words."""
