"""Training of the embedded recogniser of faces on FER-2013; needs torch (the extra `train`)."""
