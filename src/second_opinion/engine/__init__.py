"""The science: arrays in, frozen dataclasses out; no Django, files, network or clock."""
