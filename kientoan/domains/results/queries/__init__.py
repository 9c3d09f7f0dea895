"""What is asked of figures, one module per noun: `results.queries.figures`, `.submissions`, `.imports`."""
