"""Pages of the web app: the result."""
