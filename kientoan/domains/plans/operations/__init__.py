"""What changes plans, one module per noun: `from kientoan.domains.plans.operations import tasks, targets`."""
