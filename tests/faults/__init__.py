"""What breaks around the service, injected for real."""
