"""What a report or the board shows, loaded whole."""
