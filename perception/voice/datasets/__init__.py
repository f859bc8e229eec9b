"""Data sets of emotional speech, each read from the layout its authors published."""
