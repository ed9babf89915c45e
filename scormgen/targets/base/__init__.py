"""What all targets share: documents of pages and questions, and the proof that the learner's state fits."""
