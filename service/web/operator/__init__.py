"""Pages of the web app: the operator."""
