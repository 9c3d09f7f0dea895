"""What changes figures, one module per noun: `results.operations.submissions`, `.figures`, `.indicators`."""
