"""Reports are built from the records of the other domains; nothing is stored here."""
