"""What the candidate is told, asks, adds and answers; the personal link that lets them in."""
