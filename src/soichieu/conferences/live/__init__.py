"""The conference live: what changed reaches every face within a moment."""
