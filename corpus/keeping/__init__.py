"""Keeping the corpus for decades: backup and restore, the check of every rule, withdrawing and purging an article."""

from corpus.keeping.backup import backup, restore
from corpus.keeping.purge import compact, purge, withdraw_article
from corpus.keeping.rules import RULES, Violation, check

__all__ = ["RULES", "Violation", "backup", "check", "compact", "purge", "restore", "withdraw_article"]
