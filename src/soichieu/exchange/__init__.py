"""Files in and out. So far: an office's tracking sheet as the opening balance of the book."""
