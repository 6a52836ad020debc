/** Steps of a history file. Add one at the end, never change one: files that have been through it are out there. */
export const BOOK_MIGRATIONS: readonly string[] = [
  `
  -- Which file this is, and whose (book-name.ts).
  CREATE TABLE file (id TEXT NOT NULL, owner TEXT NOT NULL) STRICT;

  -- Names of topics, each once.
  CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, sum INTEGER NOT NULL) STRICT;

  -- event-rows.ts says what the columns mean.
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    back INTEGER,
    incident INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    part INTEGER NOT NULL,
    broker INTEGER NOT NULL,
    other INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    elections REAL,
    lag REAL,
    late REAL,
    amount REAL,
    total REAL,
    told_by INTEGER NOT NULL,
    text TEXT,
    before TEXT,
    after TEXT,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX event_incident ON event (incident) WHERE incident > 0;
  CREATE INDEX event_topic ON event (topic, seq, part) WHERE topic > 0;
  CREATE INDEX event_broker ON event (broker) WHERE broker >= 0;
  CREATE INDEX event_other ON event (other) WHERE other >= 0;
  CREATE INDEX event_kind ON event (kind);

  -- Earliest and latest \`at\` of each 1,024 numbers: an index by time that costs a row per batch and holds where the clock was set back.
  CREATE TABLE event_time (chunk INTEGER PRIMARY KEY, low INTEGER NOT NULL, high INTEGER NOT NULL) STRICT;

  CREATE TABLE incident (id INTEGER PRIMARY KEY, format INTEGER NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL) STRICT;

  CREATE TABLE watched (id INTEGER PRIMARY KEY, began REAL NOT NULL, until REAL NOT NULL, end INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
  `,
  // Samples (sample-code.ts) of a tier: `bucket` -1 = the cluster and its brokers, from 0 on 64 topics by their numbers, from -2 down the partitions of 64 topics.
  `
  CREATE TABLE sample (
    tier INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (tier, bucket, at)
  ) STRICT, WITHOUT ROWID;
  `,
  // Excursions of followers, a row for each hour (excursion-table.ts).
  `
  CREATE TABLE excursion (at INTEGER PRIMARY KEY, format INTEGER NOT NULL, body BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
  `,
  // Moments of the past (moment-table.ts), in parts.
  `
  CREATE TABLE moment (
    id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    back INTEGER,
    event INTEGER NOT NULL,
    body BLOB NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (id, part)
  ) STRICT;
  CREATE INDEX moment_whole ON moment (at) WHERE part = 0 AND kind = 1;
  `,
  // A Highwater of before would not find the brokers of the samples that are written from here on.
  `
  -- Samples (sample-code.ts): brokers eight to a row, from -2^40 down, and the cluster alone at -1; those of before stay as they are.
  `,
]
