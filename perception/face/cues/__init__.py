"""What is to be seen in a face, in words of the Facial Action Coding System."""
