"""The database floor: articles, versions, editions, beads, jobs; alignment, memory, exchange, evaluation."""
