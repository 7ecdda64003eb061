"""Append-only events by pseudonymous id, and the outbox that carries news to higher rooms."""
