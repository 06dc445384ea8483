"""Figures of the newsroom's work."""
