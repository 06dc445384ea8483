"""The tables of Relais, one module a subject."""

from corpus.models.accounts import Role, SignInFailure, Token, User
from corpus.models.articles import Article, Block, Segment, Version
from corpus.models.base import Base, now
from corpus.models.editions import Bead, BeadSegment, Change, Edition, Hit, Origin, State
from corpus.models.jobs import Chunk, ChunkState, Job, JobState
from corpus.models.memory import MemoryUnit
from corpus.models.terms import RenderingEntry, TermEntry

__all__ = [
    "Article",
    "Base",
    "Bead",
    "BeadSegment",
    "Block",
    "Change",
    "Chunk",
    "ChunkState",
    "Edition",
    "Hit",
    "Job",
    "JobState",
    "MemoryUnit",
    "Origin",
    "RenderingEntry",
    "Role",
    "Segment",
    "SignInFailure",
    "State",
    "TermEntry",
    "Token",
    "User",
    "Version",
    "now",
]
