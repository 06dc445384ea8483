"""Terms: matching, inflection, enforcement, review, exchange. Knows no HTTP, no queue and no engine."""
