"""Where a directive becomes tasks: requirements proposed, mended and confirmed, addressees chosen, given out."""
