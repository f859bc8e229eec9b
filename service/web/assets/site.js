/* What every page needs of the browser itself: see server.py. */
