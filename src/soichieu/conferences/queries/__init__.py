"""What is read of conferences; each takes the asker."""
