"""A file becomes a document whose every sentence has a place and a voice."""
