"""markers of list items, and the part of the file that a block stood in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = {"marker": "", "part": "body"}


def upgrade() -> None:
    for name, value in COLUMNS.items():
        op.add_column("blocks", sa.Column(name, sa.String(), nullable=False, server_default=value))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("blocks", name)
