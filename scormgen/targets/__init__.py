"""From rendered pages to the documents and the descriptor of an e-learning standard."""
