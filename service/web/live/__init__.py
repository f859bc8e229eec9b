"""Camera, microphone and sensor of a browser, measured as they come."""
