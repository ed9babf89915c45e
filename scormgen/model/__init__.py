"""What a course is: frozen values without I/O, and without terms of any e-learning standard."""
