"""Ranked passages become an answer that can be checked."""
