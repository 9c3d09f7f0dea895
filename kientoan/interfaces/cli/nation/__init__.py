"""Loading all provinces, districts and communes from public lists, with their changes since 1979."""
