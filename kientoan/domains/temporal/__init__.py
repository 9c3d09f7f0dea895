"""Things that hold for a time: half-open date ranges, their guards in the database, and their history."""
