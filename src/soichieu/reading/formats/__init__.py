"""From bytes to text and blocks, one module per format."""
