"""What is looked at in an installation, a file for each of its parts."""
