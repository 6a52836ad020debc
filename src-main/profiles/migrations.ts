/** The shape of our file, as steps that are only ever added at the end. `user_version` counts the steps a file has been through. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE profile (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    environment TEXT NOT NULL,
    read_only INTEGER NOT NULL DEFAULT 1,
    bootstrap TEXT NOT NULL,
    tls TEXT,
    sasl TEXT,
    interval_ms INTEGER NOT NULL DEFAULT 0,
    last_seen_at REAL
  ) STRICT;
  CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
]
