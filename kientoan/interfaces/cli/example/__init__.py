"""The example city: reading its data files and putting them into an empty database."""
