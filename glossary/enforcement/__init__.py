"""Enforcing terms in translations: `enforce`, over any engine that keeps the contract in `base`."""

from glossary.enforcement.base import Enforced, Engine, Hit, Hypothesis, Link, Outcome, Sentence, Wanted
from glossary.enforcement.choice import enforce

__all__ = ["Enforced", "Engine", "Hit", "Hypothesis", "Link", "Outcome", "Sentence", "Wanted", "enforce"]
