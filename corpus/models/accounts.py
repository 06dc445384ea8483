"""People who sign in, and the tokens of their programs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from corpus.models.base import Base, now


class Role(StrEnum):
    """Staff upload; editors also review, publish and keep the glossary; admins also keep accounts."""

    STAFF = "staff"
    EDITOR = "editor"
    ADMIN = "admin"


class User(Base):
    """An account. Readers need none."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(default=Role.STAFF)
    language: Mapped[str] = mapped_column(default="fr")  # of the interface
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    session_key: Mapped[str]  # changes with the password, which ends every session
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime | None]

    tokens: Mapped[list["Token"]] = relationship(back_populates="user")


class Token(Base):
    """An API token; only its SHA-256 is kept."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="tokens")


class SignInFailure(Base):
    """A failed sign-in, counted against guessing."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
