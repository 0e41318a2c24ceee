"""What a recount of the coverage looks at: exported symbols, answers, tests' logs."""
