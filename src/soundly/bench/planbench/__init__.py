"""PlanBench's stored answers (github.com/karthikv792/LLMs-Planning): read, re-judged, compared."""
