"""Job-shop scheduling: jobs in steps, one job at a time on each machine, done by a deadline."""
