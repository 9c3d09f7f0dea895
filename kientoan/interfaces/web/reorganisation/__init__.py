"""Pages for changing the organisation: decisions drafted, previewed, applied, undone."""
