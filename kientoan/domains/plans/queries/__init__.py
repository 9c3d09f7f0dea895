"""What is asked of plans, one module per noun: `from kientoan.domains.plans.queries import tasks`."""
