"""Pages of the web app: the kiosk."""
