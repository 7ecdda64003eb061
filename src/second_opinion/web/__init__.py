"""The pages. Each view parses, asks a selector or a service, and renders; it decides nothing."""
