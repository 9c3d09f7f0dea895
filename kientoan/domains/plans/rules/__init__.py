"""The rules of plans in plain Python, one module per noun; they know neither Django nor the database."""
