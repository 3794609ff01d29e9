"""Events to pictures: the graph, the timeline. Reads events and nothing else."""
