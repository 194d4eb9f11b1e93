"""What PlanBench asks about plans beside "find one": tasks over the worlds of this family."""
