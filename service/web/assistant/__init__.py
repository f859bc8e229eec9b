"""Pages of the web app: the assistant."""
