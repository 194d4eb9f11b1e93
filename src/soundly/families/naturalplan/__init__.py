"""Calendar scheduling, meeting planning and trip planning (Natural Plan, arXiv:2406.04520)."""
