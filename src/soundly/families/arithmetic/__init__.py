"""Game of 24 and Countdown: reach a target by arithmetic on given numbers."""
