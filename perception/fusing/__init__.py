"""How the probabilities of several modalities become one: added up, or joined by a small network."""
