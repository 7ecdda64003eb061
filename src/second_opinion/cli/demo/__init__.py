"""`second-opinion demo`: a running service with made-up cases in every stage built so far."""

from second_opinion.cli.demo.command import demo

__all__ = ["demo"]
