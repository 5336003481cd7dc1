"""A written answer over the same quotes, by a chat model that may choose and connect but not misquote."""
