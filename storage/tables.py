"""The tables of the catalogue, all of them."""

from __future__ import annotations

import sqlalchemy as sa

#: The format of a catalogue, for software that knows no revisions (``storage.migrating``); a revision raises it only against such software.
#: 2: with weightings. Software that knows only 1 would ignore them and show other figures, so it must not open such a catalogue.
#: 3: with a key for ids. Software that knows only 2 would store ids that do not match and that anybody could guess.
#: 4: with an identity and the marks of all files. Software that knows only 3 would sweep away files it does not know.
#: 5: with kinds of data. Software that knows only 4 and no revisions would take inspections for responses.
FORMAT = 5
#: From this format on a catalogue has an identity and the marks of all files.
WITH_IDENTITY = 4
metadata = sa.MetaData()
format_table = sa.Table("catalogue_format", metadata, sa.Column("version", sa.Integer, primary_key=True))
#: The revision the tables are of; the table is Alembic's own.
revision_table = sa.Table("alembic_version", metadata, sa.Column("version_num", sa.String(32), primary_key=True))
id_key = sa.Table(
    "id_key", metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),  # always 1: there is one key, never two
    sa.Column("secret", sa.LargeBinary(32), nullable=False),
)  # fmt: skip
schemas = sa.Table(
    "survey_schemas", metadata,
    sa.Column("schema_hash", sa.String(64), primary_key=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
)  # fmt: skip
waves = sa.Table(
    "waves", metadata,
    sa.Column("wave_id", sa.String(64), primary_key=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("schema_hash", sa.String(64), sa.ForeignKey("survey_schemas.schema_hash"), nullable=False),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("active_key", sa.String(500), unique=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("content_hash", sa.String(128), nullable=False),
    sa.Column("committed_at", sa.String(40), nullable=False),
    sa.Column("committed_by", sa.Text, nullable=False),
    sa.Column("has_population", sa.Boolean, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False, server_default="responses"),
    sa.UniqueConstraint("survey", "kind", "label", "version", name="waves_of_a_kind"),
)  # fmt: skip
audit = sa.Table(
    "audit", metadata,
    sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    *(sa.Column(name, sa.Text) for name in ("wave_id", "label", "survey", "source_name")),
    sa.Column("detail", sa.Text, nullable=False),
)  # fmt: skip
profiles = sa.Table(
    "profiles", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("fingerprint", sa.String(128), primary_key=True),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
)  # fmt: skip
weightings = sa.Table(
    "weightings", metadata,
    sa.Column("weighting_id", sa.String(64), primary_key=True),
    sa.Column("wave_id", sa.String(64), sa.ForeignKey("waves.wave_id"), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("recipe", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("made_at", sa.String(40), nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.UniqueConstraint("wave_id", "name"),
)  # fmt: skip
weightings_in_force = sa.Table(
    "weightings_in_force", metadata,
    sa.Column("wave_id", sa.String(64), sa.ForeignKey("waves.wave_id"), primary_key=True),
    sa.Column("weighting_id", sa.String(64), sa.ForeignKey("weightings.weighting_id"), nullable=False),
)  # fmt: skip
#: Which store this is, and how often it was changed; files and the catalogue's copy beside them carry the same identity.
identity = sa.Table(
    "store_identity", metadata,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),  # always 1
    sa.Column("store_id", sa.String(32), nullable=False),
    sa.Column("generation", sa.BigInteger, nullable=False),
    sa.Column("key_mark", sa.String(32)),  # tells a wrong key from the right one, and says nothing of it
)  # fmt: skip
#: What every file that counts must be: SHA-256 and size in bytes, by name without the ending.
stored_files = sa.Table(
    "stored_files", metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
)  # fmt: skip
#: Files that were deleted for good on purpose: the only finished files that are ever removed, should a kill have left them.
deleted_files = sa.Table(
    "deleted_files", metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("deleted_at", sa.String(40), nullable=False),
)  # fmt: skip
scenarios = sa.Table(
    "scenarios", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("wave", sa.String(200), primary_key=True),
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False),
)  # fmt: skip
schema_versions = sa.Table(
    "schema_versions", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("schema_hash", sa.String(64), sa.ForeignKey("survey_schemas.schema_hash"), nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)  # fmt: skip
schema_drafts = sa.Table(
    "schema_drafts", metadata,
    sa.Column("survey", sa.String(200), primary_key=True),
    sa.Column("by", sa.String(200), primary_key=True),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
)  # fmt: skip
#: What exported figures followed from, under the code that stands beside them.
seals = sa.Table(
    "seals", metadata,
    sa.Column("code", sa.String(20), primary_key=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("inputs", sa.Text, nullable=False),
    sa.Column("figures", sa.Text, nullable=False),
    sa.Column("sealed_at", sa.String(40), nullable=False),
    sa.Column("sealed_by", sa.Text, nullable=False),
)  # fmt: skip
#: Surveys in the making: what was said of a foreign workbook, by the fingerprint of its headings; with ``survey`` once it was saved.
survey_drafts = sa.Table(
    "survey_drafts", metadata,
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("by", sa.String(200), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("survey", sa.String(200)),
    sa.Column("open_questions", sa.Integer, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
)  # fmt: skip
#: Saved reports, every version of them; ``seen`` are the rows whoever saved it may see, ``definition`` is known to ``reports``.
reports = sa.Table(
    "reports", metadata,
    sa.Column("report_id", sa.String(32), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Column("saved_at", sa.String(40), nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False),
)  # fmt: skip
#: The report each user is working on; ``step`` counts its changes, ``report_id`` and ``version`` are what it was opened from.
report_drafts = sa.Table(
    "report_drafts", metadata,
    sa.Column("by", sa.String(200), primary_key=True),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Column("report_id", sa.String(32)),
    sa.Column("version", sa.Integer),
    sa.Column("changed_at", sa.String(40), nullable=False),
)  # fmt: skip
#: What reports hold that never changes, such as a chart kept as it was or a company's template, under a hash of its content.
report_parts = sa.Table(
    "report_parts", metadata,
    sa.Column("part_id", sa.String(64), primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
)  # fmt: skip
#: What unknown values of a survey's workbooks mean. ``active_key`` names survey, column or scale, and value: one decision holds for each.
repairs = sa.Table(
    "repairs", metadata,
    sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("scope", sa.String(200), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("decision", sa.String(20), nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("decided_at", sa.String(40), nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("revoked_at", sa.String(40)),
    sa.Column("revoked_by", sa.Text),
    sa.Column("active_key", sa.String(64), unique=True),
)  # fmt: skip
#: Branches that count as another one since they were renamed or merged. ``active_key`` names survey and old name.
branch_mappings = sa.Table(
    "branch_mappings", metadata,
    sa.Column("entry", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("since", sa.String(10), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("made_at", sa.String(40), nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("undone_at", sa.String(40)),
    sa.Column("undone_by", sa.Text),
    sa.Column("active_key", sa.String(64), unique=True),
)  # fmt: skip
#: What was written into which section of a QC project, by whom; only ever added to. ``seen`` are the rows whoever wrote it may see.
project_changes = sa.Table(
    "project_changes", metadata,
    sa.Column("project_id", sa.String(32), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("section", sa.String(40), nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
)  # fmt: skip
