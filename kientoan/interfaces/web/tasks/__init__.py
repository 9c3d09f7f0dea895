"""Pages of tasks: list, detail, acts, hand-down, import, export."""
