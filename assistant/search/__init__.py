"""A question's words become ranked passages."""
