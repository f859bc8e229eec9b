"""Pages of the web app: the lab."""
