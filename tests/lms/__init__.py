"""LMSs that we did not write, and a learner who plays a package in them."""
