"""Faces in photos, films and live frames, and what they say about how a person feels."""
