"""Data sets of people who are seen and heard, each read from the layout its authors published."""
