"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "backup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    op.create_table(
        "epoch",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_epoch")),
    )
    op.create_table(
        "held",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("questionnaire", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "key", name=op.f("pk_held")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("never_published", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "kind", name=op.f("pk_ledger")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("code", name=op.f("uq_officer_code")),
    )
    op.create_table(
        "pairing_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_failure")),
    )
    op.create_index(
        op.f("ix_pairing_failure_address_hash_at"),
        "pairing_failure",
        ["address_hash", "at"],
        unique=False,
    )
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("code", name=op.f("uq_procedure_code")),
    )
    op.create_table(
        "receipt",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("install", sa.LargeBinary(length=16), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "item_id", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_receipt_unit_id_install_seq"),
        "receipt",
        ["unit_id", "install", "seq"],
        unique=False,
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        op.f("ix_sign_in_failure_address_hash_at"),
        "sign_in_failure",
        ["address_hash", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sign_in_failure_username_hash_at"),
        "sign_in_failure",
        ["username_hash", "at"],
        unique=False,
    )
    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_table(
        "backup_mark",
        sa.Column("backup_id", sa.Integer(), nullable=False),
        sa.Column("install", sa.LargeBinary(length=16), nullable=False),
        sa.Column("have_through", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["backup_id"],
            ["backup.id"],
            name=op.f("fk_backup_mark_backup_id_backup"),
        ),
        sa.PrimaryKeyConstraint("backup_id", "install", name=op.f("pk_backup_mark")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_audit_entry_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_table(
        "block",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("pool", sa.String(length=10), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("questionnaire", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("k", sa.SmallInteger(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("greeted_yes", sa.Integer(), nullable=False),
        sa.Column("greeted_no", sa.Integer(), nullable=False),
        sa.Column("greeted_unsure", sa.Integer(), nullable=False),
        sa.Column("asked_yes", sa.Integer(), nullable=False),
        sa.Column("asked_no", sa.Integer(), nullable=False),
        sa.Column("asked_unsure", sa.Integer(), nullable=False),
        sa.Column("thanked_yes", sa.Integer(), nullable=False),
        sa.Column("thanked_no", sa.Integer(), nullable=False),
        sa.Column("thanked_unsure", sa.Integer(), nullable=False),
        sa.Column("level_1", sa.Integer(), nullable=False),
        sa.Column("level_2", sa.Integer(), nullable=False),
        sa.Column("level_3", sa.Integer(), nullable=False),
        sa.Column("level_4", sa.Integer(), nullable=False),
        sa.Column("level_5", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(pool = 'officer') = (officer_id IS NOT NULL)", name=op.f("ck_block_pool")
        ),
        sa.CheckConstraint(
            "asked_yes + asked_no + asked_unsure = n", name=op.f("ck_block_asked")
        ),
        sa.CheckConstraint(
            "greeted_yes + greeted_no + greeted_unsure = n",
            name=op.f("ck_block_greeted"),
        ),
        sa.CheckConstraint("k >= 5 AND n >= k", name=op.f("ck_block_size")),
        sa.CheckConstraint(
            "level_1 + level_2 + level_3 + level_4 + level_5 = n",
            name=op.f("ck_block_levels"),
        ),
        sa.CheckConstraint(
            "thanked_yes + thanked_no + thanked_unsure = n",
            name=op.f("ck_block_thanked"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_block_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_block_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "counted_on", "key", name=op.f("pk_block")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment_block",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("k", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.CheckConstraint("k >= 5 AND n >= k", name=op.f("ck_comment_block_size")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_comment_block_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "key", name=op.f("pk_comment_block")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_comment_block_unit_id_month"),
        "comment_block",
        ["unit_id", "month"],
        unique=False,
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_counter_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_counter_unit_id_code")),
    )
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_grant_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
    )
    op.create_index(op.f("ix_grant_account_id"), "grant", ["account_id"], unique=False)
    op.create_table(
        "officer_month",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("greeted_yes", sa.Integer(), nullable=False),
        sa.Column("greeted_no", sa.Integer(), nullable=False),
        sa.Column("greeted_unsure", sa.Integer(), nullable=False),
        sa.Column("asked_yes", sa.Integer(), nullable=False),
        sa.Column("asked_no", sa.Integer(), nullable=False),
        sa.Column("asked_unsure", sa.Integer(), nullable=False),
        sa.Column("thanked_yes", sa.Integer(), nullable=False),
        sa.Column("thanked_no", sa.Integer(), nullable=False),
        sa.Column("thanked_unsure", sa.Integer(), nullable=False),
        sa.Column("level_1", sa.Integer(), nullable=False),
        sa.Column("level_2", sa.Integer(), nullable=False),
        sa.Column("level_3", sa.Integer(), nullable=False),
        sa.Column("level_4", sa.Integer(), nullable=False),
        sa.Column("level_5", sa.Integer(), nullable=False),
        sa.CheckConstraint("n >= 5", name=op.f("ck_officer_month_size")),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_officer_month_officer_id_officer"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_officer_month_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "month", "key", name=op.f("pk_officer_month")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "officer_photo",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_officer_photo_officer_id_officer"),
        ),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_officer_photo")),
    )
    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint("opens < closes", name=op.f("ck_opening_hours_order")),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6", name=op.f("ck_opening_hours_weekday")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_opening_hours_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_hours")),
        sa.UniqueConstraint(
            "unit_id",
            "weekday",
            "opens",
            "first_day",
            name=op.f("uq_opening_hours_unit_id_weekday_opens_first_day"),
        ),
    )
    op.create_table(
        "partial_block",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("questionnaire", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("k", sa.SmallInteger(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("greeted_yes", sa.Integer(), nullable=True),
        sa.Column("greeted_no", sa.Integer(), nullable=True),
        sa.Column("greeted_unsure", sa.Integer(), nullable=True),
        sa.Column("asked_yes", sa.Integer(), nullable=True),
        sa.Column("asked_no", sa.Integer(), nullable=True),
        sa.Column("asked_unsure", sa.Integer(), nullable=True),
        sa.Column("thanked_yes", sa.Integer(), nullable=True),
        sa.Column("thanked_no", sa.Integer(), nullable=True),
        sa.Column("thanked_unsure", sa.Integer(), nullable=True),
        sa.Column("level_1", sa.Integer(), nullable=True),
        sa.Column("level_2", sa.Integer(), nullable=True),
        sa.Column("level_3", sa.Integer(), nullable=True),
        sa.Column("level_4", sa.Integer(), nullable=True),
        sa.Column("level_5", sa.Integer(), nullable=True),
        sa.CheckConstraint("k >= 5 AND n >= k", name=op.f("ck_partial_block_size")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_partial_block_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "counted_on", "key", name=op.f("pk_partial_block")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_posting_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_posting_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint(
            "unit_id",
            "officer_id",
            "first_day",
            name=op.f("uq_posting_unit_id_officer_id_first_day"),
        ),
    )
    op.create_index(
        op.f("ix_posting_officer_id"), "posting", ["officer_id"], unique=False
    )
    op.create_table(
        "reason_block",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("k", sa.SmallInteger(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("fast", sa.Integer(), nullable=False),
        sa.Column("caring", sa.Integer(), nullable=False),
        sa.Column("clear", sa.Integer(), nullable=False),
        sa.Column("punctual", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("attitude", sa.Integer(), nullable=False),
        sa.Column("unclear", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.CheckConstraint("k >= 5 AND n >= k", name=op.f("ck_reason_block_size")),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_reason_block_officer_id_officer"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_reason_block_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "counted_on", "key", name=op.f("pk_reason_block")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release_run",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("k", sa.SmallInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_release_run_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "day", name=op.f("pk_release_run")),
        sa.UniqueConstraint(
            "unit_id", "previous", name=op.f("uq_release_run_unit_id_previous")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_release_run_day"), "release_run", ["day"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(
        op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False
    )
    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("in_part", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["predecessor_id"],
            ["unit.id"],
            name=op.f("fk_succession_predecessor_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["unit.id"], name=op.f("fk_succession_successor_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "predecessor_id", "successor_id", "day", name=op.f("pk_succession")
        ),
    )
    op.create_table(
        "tablet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_tablet_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet")),
    )
    op.create_index(op.f("ix_tablet_unit_id"), "tablet", ["unit_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.CheckConstraint("value BETWEEN 0 AND 1", name=op.f("ck_target_share")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_target_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "unit_id",
            "indicator",
            "year",
            name=op.f("uq_target_unit_id_indicator_year"),
        ),
    )
    op.create_table(
        "area_run",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("members", sa.LargeBinary(length=32), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("k", sa.SmallInteger(), nullable=False),
        sa.Column("heads", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_area_run_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", "day", name=op.f("pk_area_run")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "area_sum",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("began", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tallied", sa.Integer(), nullable=False),
        sa.Column("all_three", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("partials", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.Integer(), nullable=False),
        sa.Column("fast", sa.Integer(), nullable=False),
        sa.Column("caring", sa.Integer(), nullable=False),
        sa.Column("clear", sa.Integer(), nullable=False),
        sa.Column("punctual", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("attitude", sa.Integer(), nullable=False),
        sa.Column("unclear", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("tablet_weeks", sa.Integer(), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.Column("opening_hours", sa.Integer(), nullable=False),
        sa.Column("silent_stretches", sa.Integer(), nullable=False),
        sa.Column("silent_hours", sa.Integer(), nullable=False),
        sa.Column("untouched", sa.Integer(), nullable=False),
        sa.Column("left_half_way", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("greeted_yes", sa.Integer(), nullable=False),
        sa.Column("greeted_no", sa.Integer(), nullable=False),
        sa.Column("greeted_unsure", sa.Integer(), nullable=False),
        sa.Column("asked_yes", sa.Integer(), nullable=False),
        sa.Column("asked_no", sa.Integer(), nullable=False),
        sa.Column("asked_unsure", sa.Integer(), nullable=False),
        sa.Column("thanked_yes", sa.Integer(), nullable=False),
        sa.Column("thanked_no", sa.Integer(), nullable=False),
        sa.Column("thanked_unsure", sa.Integer(), nullable=False),
        sa.Column("level_1", sa.Integer(), nullable=False),
        sa.Column("level_2", sa.Integer(), nullable=False),
        sa.Column("level_3", sa.Integer(), nullable=False),
        sa.Column("level_4", sa.Integer(), nullable=False),
        sa.Column("level_5", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_area_sum_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "kind", "began", "day", name=op.f("pk_area_sum")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_month",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("tallied", sa.Integer(), nullable=False),
        sa.Column("all_three", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("greeted_yes", sa.Integer(), nullable=False),
        sa.Column("greeted_no", sa.Integer(), nullable=False),
        sa.Column("greeted_unsure", sa.Integer(), nullable=False),
        sa.Column("asked_yes", sa.Integer(), nullable=False),
        sa.Column("asked_no", sa.Integer(), nullable=False),
        sa.Column("asked_unsure", sa.Integer(), nullable=False),
        sa.Column("thanked_yes", sa.Integer(), nullable=False),
        sa.Column("thanked_no", sa.Integer(), nullable=False),
        sa.Column("thanked_unsure", sa.Integer(), nullable=False),
        sa.Column("level_1", sa.Integer(), nullable=False),
        sa.Column("level_2", sa.Integer(), nullable=False),
        sa.Column("level_3", sa.Integer(), nullable=False),
        sa.Column("level_4", sa.Integer(), nullable=False),
        sa.Column("level_5", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_month_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "month", "released_on", name=op.f("pk_unit_month")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("questionnaire", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("all_three", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "all_three >= 0 AND unsure >= 0 AND all_three + unsure <= n",
            name=op.f("ck_unit_tally_counts"),
        ),
        sa.CheckConstraint("n >= 20", name=op.f("ck_unit_tally_size")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_tally_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "counted_on", "key", name=op.f("pk_unit_tally")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["unit.id"], name=op.f("fk_unit_version_parent_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_version")),
        sa.UniqueConstraint(
            "code", "first_day", name=op.f("uq_unit_version_code_first_day")
        ),
    )
    op.create_index(
        op.f("ix_unit_version_parent_id"), "unit_version", ["parent_id"], unique=False
    )
    op.create_index(
        op.f("ix_unit_version_unit_id_first_day"),
        "unit_version",
        ["unit_id", "first_day"],
        unique=False,
    )
    op.create_table(
        "waiting",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("questionnaire", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "key", name=op.f("pk_waiting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "activity",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.Column("partials", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablet.id"], name=op.f("fk_activity_tablet_id_tablet")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "tablet_id", "day", "hour", name=op.f("pk_activity")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("block_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id", "block_key"],
            ["comment_block.unit_id", "comment_block.key"],
            name=op.f("fk_comment_unit_id_block_key_comment_block"),
        ),
        sa.PrimaryKeyConstraint("unit_id", "key", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_comment_unit_id_block_key"),
        "comment",
        ["unit_id", "block_key"],
        unique=False,
    )
    op.create_table(
        "coverage_hours",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("first_hour", sa.SmallInteger(), nullable=False),
        sa.Column("last_hour", sa.SmallInteger(), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "first_hour <= last_hour", name=op.f("ck_coverage_hours_order")
        ),
        sa.ForeignKeyConstraint(
            ["tablet_id"],
            ["tablet.id"],
            name=op.f("fk_coverage_hours_tablet_id_tablet"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_coverage_hours_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id",
            "tablet_id",
            "month",
            "first_hour",
            name=op.f("pk_coverage_hours"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coverage_month",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.Column("partials", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tablet_id"],
            ["tablet.id"],
            name=op.f("fk_coverage_month_tablet_id_tablet"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_coverage_month_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "tablet_id", "month", name=op.f("pk_coverage_month")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coverage_week",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.Column("opening_hours", sa.Integer(), nullable=False),
        sa.Column("silent_stretches", sa.Integer(), nullable=False),
        sa.Column("silent_hours", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablet.id"], name=op.f("fk_coverage_week_tablet_id_tablet")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_coverage_week_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "tablet_id", "week", name=op.f("pk_coverage_week")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("install", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablet.id"], name=op.f("fk_enrolment_tablet_id_tablet")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_enrolment_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_enrolment_secret_hash")),
    )
    op.create_index(
        op.f("ix_enrolment_install_unit_id"),
        "enrolment",
        ["install", "unit_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enrolment_tablet_id"), "enrolment", ["tablet_id"], unique=False
    )
    op.create_table(
        "grant_unit",
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name=op.f("fk_grant_unit_grant_id_grant")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_grant_unit_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("grant_id", "unit_id", name=op.f("pk_grant_unit")),
    )
    op.create_table(
        "pairing_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablet.id"], name=op.f("fk_pairing_code_tablet_id_tablet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_code")),
    )
    op.create_index(
        op.f("ix_pairing_code_code_hash"), "pairing_code", ["code_hash"], unique=False
    )
    op.create_index(
        op.f("ix_pairing_code_tablet_id"), "pairing_code", ["tablet_id"], unique=False
    )
    op.create_table(
        "quarantined",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("receipted", sa.Boolean(), nullable=False),
        sa.Column("replayed_on", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablet.id"], name=op.f("fk_quarantined_tablet_id_tablet")
        ),
        sa.PrimaryKeyConstraint("unit_id", "key", name=op.f("pk_quarantined")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_seat_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_seat_posting_id_posting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(
        op.f("ix_seat_counter_id_began_at"),
        "seat",
        ["counter_id", "began_at"],
        unique=False,
    )
    op.create_index(op.f("ix_seat_posting_id"), "seat", ["posting_id"], unique=False)
    op.create_table(
        "tablet_counter",
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"],
            ["counter.id"],
            name=op.f("fk_tablet_counter_counter_id_counter"),
        ),
        sa.ForeignKeyConstraint(
            ["tablet_id"],
            ["tablet.id"],
            name=op.f("fk_tablet_counter_tablet_id_tablet"),
        ),
        sa.PrimaryKeyConstraint(
            "tablet_id", "counter_id", name=op.f("pk_tablet_counter")
        ),
    )
    op.create_table(
        "seat_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=True),
        sa.Column("refusal", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["counter_id"],
            ["counter.id"],
            name=op.f("fk_seat_change_counter_id_counter"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_seat_change_officer_id_officer"),
        ),
        sa.ForeignKeyConstraint(
            ["tablet_id"],
            ["tablet.id"],
            name=op.f("fk_seat_change_tablet_id_tablet"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_seat_change_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_change")),
        sa.UniqueConstraint("change", name=op.f("uq_seat_change_change")),
    )
    op.create_index(
        op.f("ix_seat_change_counter_id_at"),
        "seat_change",
        ["counter_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_seat_change_unit_id_arrived_at"),
        "seat_change",
        ["unit_id", "arrived_at"],
        unique=False,
    )
    op.create_table(
        "staff_pin",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("iterations", sa.Integer(), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_staff_pin_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_staff_pin")),
    )
    op.create_table(
        "comment_withholding",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("comment_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id", "comment_key"],
            ["comment.unit_id", "comment.key"],
            name=op.f("fk_comment_withholding_unit_id_comment_key_comment"),
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "comment_key", name=op.f("pk_comment_withholding")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.Column("queued_before", sa.Integer(), nullable=True),
        sa.Column("persisted", sa.Boolean(), nullable=False),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("skew", sa.BigInteger(), nullable=True),
        sa.Column("have_through", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("durable_through", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_contact_enrolment_id_enrolment"),
        ),
        sa.PrimaryKeyConstraint("unit_id", "enrolment_id", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("contact")
    op.drop_table("comment_withholding")
    op.drop_table("staff_pin")
    op.drop_index(op.f("ix_seat_change_unit_id_arrived_at"), table_name="seat_change")
    op.drop_index(op.f("ix_seat_change_counter_id_at"), table_name="seat_change")
    op.drop_table("seat_change")
    op.drop_table("tablet_counter")
    op.drop_index(op.f("ix_seat_posting_id"), table_name="seat")
    op.drop_index(op.f("ix_seat_counter_id_began_at"), table_name="seat")
    op.drop_table("seat")
    op.drop_table("quarantined")
    op.drop_index(op.f("ix_pairing_code_tablet_id"), table_name="pairing_code")
    op.drop_index(op.f("ix_pairing_code_code_hash"), table_name="pairing_code")
    op.drop_table("pairing_code")
    op.drop_table("grant_unit")
    op.drop_index(op.f("ix_enrolment_tablet_id"), table_name="enrolment")
    op.drop_index(op.f("ix_enrolment_install_unit_id"), table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_table("coverage_week")
    op.drop_table("coverage_month")
    op.drop_table("coverage_hours")
    op.drop_index(op.f("ix_comment_unit_id_block_key"), table_name="comment")
    op.drop_table("comment")
    op.drop_table("activity")
    op.drop_table("waiting")
    op.drop_index(op.f("ix_unit_version_unit_id_first_day"), table_name="unit_version")
    op.drop_index(op.f("ix_unit_version_parent_id"), table_name="unit_version")
    op.drop_table("unit_version")
    op.drop_table("unit_tally")
    op.drop_table("unit_month")
    op.drop_table("area_sum")
    op.drop_table("area_run")
    op.drop_table("target")
    op.drop_index(op.f("ix_tablet_unit_id"), table_name="tablet")
    op.drop_table("tablet")
    op.drop_table("succession")
    op.drop_index(op.f("ix_sign_in_account_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_release_run_day"), table_name="release_run")
    op.drop_table("release_run")
    op.drop_table("reason_block")
    op.drop_index(op.f("ix_posting_officer_id"), table_name="posting")
    op.drop_table("posting")
    op.drop_table("partial_block")
    op.drop_table("opening_hours")
    op.drop_table("officer_photo")
    op.drop_table("officer_month")
    op.drop_index(op.f("ix_grant_account_id"), table_name="grant")
    op.drop_table("grant")
    op.drop_table("counter")
    op.drop_index(op.f("ix_comment_block_unit_id_month"), table_name="comment_block")
    op.drop_table("comment_block")
    op.drop_table("block")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("backup_mark")
    op.drop_table("unit")
    op.drop_table("store")
    op.drop_index(
        op.f("ix_sign_in_failure_username_hash_at"), table_name="sign_in_failure"
    )
    op.drop_index(
        op.f("ix_sign_in_failure_address_hash_at"), table_name="sign_in_failure"
    )
    op.drop_table("sign_in_failure")
    op.drop_index(op.f("ix_receipt_unit_id_install_seq"), table_name="receipt")
    op.drop_table("receipt")
    op.drop_table("procedure")
    op.drop_index(
        op.f("ix_pairing_failure_address_hash_at"), table_name="pairing_failure"
    )
    op.drop_table("pairing_failure")
    op.drop_table("officer")
    op.drop_table("ledger")
    op.drop_table("held")
    op.drop_table("epoch")
    op.drop_table("backup")
    op.drop_table("account")
