"""The board's questions. Each takes the asker and answers from the fold's arrays, never from one query a cell."""
