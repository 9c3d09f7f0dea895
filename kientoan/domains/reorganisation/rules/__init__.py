"""Rules of the domain in plain Python."""
