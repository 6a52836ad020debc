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
  // The journal (history/journal.ts). Wide columns stand last, so that a list never reads them. A row is never touched again: neither by UPDATE
  // or DELETE nor by INSERT OR REPLACE, which deletes without telling the DELETE trigger.
  `
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    change TEXT NOT NULL,
    cluster TEXT NOT NULL,
    cluster_name TEXT NOT NULL,
    cluster_id TEXT NOT NULL,
    os_user TEXT NOT NULL,
    principal TEXT NOT NULL,
    state TEXT NOT NULL,
    began INTEGER NOT NULL,
    draft INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    undo_of TEXT NOT NULL,
    undone_by TEXT NOT NULL,
    applied INTEGER NOT NULL,
    items INTEGER NOT NULL,
    type TEXT NOT NULL,
    format INTEGER NOT NULL,
    topic_count INTEGER,
    topics TEXT,
    keys TEXT,
    reason TEXT,
    words TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_change ON journal (change, seq);
  CREATE INDEX journal_began ON journal (seq) WHERE seq = began;
  CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
  CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
  CREATE TRIGGER journal_at_the_end BEFORE INSERT ON journal WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
  `,
  // SHA-256 of a row (history/row-checksum.ts). Rows that were there before have none.
  'ALTER TABLE journal ADD COLUMN checksum TEXT',
  // A saved cluster as one JSON text: what it holds is said by its definition (contract/profiles.ts) alone.
  `
  CREATE TABLE cluster (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL, last_seen_at REAL) STRICT;
  INSERT INTO cluster (id, position, body, last_seen_at)
    SELECT id, position, json_object(
      'id', id, 'name', name, 'environment', environment, 'readOnly', json(iif(read_only <> 0, 'true', 'false')),
      'bootstrap', json(bootstrap), 'tls', json(tls), 'sasl', json(sasl), 'intervalMs', interval_ms), last_seen_at FROM profile;
  DROP TABLE profile;
  `,
  // Findings of lost records (history/loss-book.ts), by the Kafka id of their cluster.
  `
  CREATE TABLE loss (
    id INTEGER PRIMARY KEY,
    cluster TEXT NOT NULL,
    cluster_id TEXT NOT NULL,
    format INTEGER NOT NULL,
    finding TEXT NOT NULL,
    acknowledged TEXT,
    checksum TEXT NOT NULL
  ) STRICT;
  CREATE INDEX loss_cluster ON loss (cluster_id);
  `,
  // Checksums (ports/stored-row.ts) of what had none; rows that were there before have none. And which file this is, for store-mark.ts: a copy has the
  // same id, a file of another Highwater has not.
  `
  ALTER TABLE cluster ADD COLUMN checksum TEXT;
  ALTER TABLE kept ADD COLUMN checksum TEXT;
  CREATE TABLE file (id TEXT NOT NULL) STRICT;
  INSERT INTO file (id) VALUES (lower(hex(randomblob(16))));
  `,
  // Runs, last reports and acceptances of audits (audit/audit-book.ts), by the Kafka id of their cluster.
  `
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    cluster TEXT NOT NULL,
    cluster_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    format INTEGER NOT NULL,
    body TEXT NOT NULL,
    checksum TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_cluster ON audit (cluster_id);
  `,
]
