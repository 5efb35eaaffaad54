"""days.py FILE DAYS: moves what has happened in this SQLite database so many days into the past."""

import sqlite3
import sys
from datetime import date, datetime, timedelta

PAST = {"created_at", "started_at", "ended_at", "updated_at", "published_at", "ready_at", "built_at", "settled_at", "day"}
# What runs by the clock, and what sessions hold by.
LEFT = {"jobs", "schedules", "sessions", "refresh_tokens", "idempotency_keys", "audit_events", "usage_days"}


def moved(value, days):
    parse = date.fromisoformat if len(value) == 10 else datetime.fromisoformat
    then = parse(value) - timedelta(days=days)
    return then.isoformat() if len(value) == 10 else then.isoformat(value[10], "microseconds" if "." in value else "seconds")


def main(file, days):
    database = sqlite3.connect(file, timeout=30, isolation_level=None)
    database.create_function("moved", 1, lambda value: value and moved(value, days), deterministic=True)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'transcript_words%'")]
    database.execute("BEGIN IMMEDIATE")
    for table in tables:
        columns = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')} & PAST
        if columns and table not in LEFT:
            sets = ", ".join(f'"{column}" = moved("{column}")' for column in columns)
            database.execute(f'UPDATE "{table}" SET {sets}')
    database.execute("COMMIT")


main(sys.argv[1], int(sys.argv[2]))
