-- The log: what people did, in the order they did it. Local integers save
-- space and never leave this file; identities are the 16-byte ids.

PRAGMA application_id = 1098151022;      -- "Attn": trial versions had none

CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  vault_id BLOB NOT NULL CHECK (length(vault_id) = 16),
  practice INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  local_rev INTEGER NOT NULL DEFAULT 0   -- counts what is kept outside the log: drafts and local settings
) STRICT;

CREATE TABLE word (wid INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE identity (iid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16)) STRICT;

CREATE TABLE device (
  did INTEGER PRIMARY KEY,
  device_id BLOB NOT NULL UNIQUE CHECK (length(device_id) = 16),  -- first 16 bytes of BLAKE3(public_key)
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  dev_seq INTEGER NOT NULL DEFAULT 0,    -- last given, contiguous over all its streams but the read log
  -- The mark of the place on a computer where its identity is kept: a computer
  -- that has lost its identity is not one that never had one.
  computer BLOB
) STRICT;

CREATE TABLE scope (
  scid INTEGER PRIMARY KEY,
  scope_id BLOB NOT NULL UNIQUE CHECK (length(scope_id) = 16),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2))   -- team, family, read log
) STRICT;

CREATE TABLE stream (
  sid INTEGER PRIMARY KEY,
  did INTEGER NOT NULL REFERENCES device,
  scid INTEGER NOT NULL REFERENCES scope,
  head_seq INTEGER NOT NULL DEFAULT 0,
  head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
  UNIQUE (did, scid)
) STRICT;

CREATE TABLE operation (
  oid INTEGER PRIMARY KEY,
  sid INTEGER NOT NULL REFERENCES stream,
  seq INTEGER NOT NULL,
  dev_seq INTEGER NOT NULL,
  hlc INTEGER NOT NULL,                  -- milliseconds << 16 | counter
  wall_ms INTEGER NOT NULL,
  offset_min INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES identity,
  op INTEGER NOT NULL REFERENCES word,
  schema_v INTEGER NOT NULL,
  deps BLOB,                             -- other streams applied since the last operation of this one
  reason TEXT,
  salt BLOB,                             -- reason and salt belong to the payload
  payload_commit BLOB NOT NULL,          -- BLAKE3(salt, payload)
  hash BLOB NOT NULL,                    -- BLAKE3(previous hash, header, payload_commit)
  act BLOB,                              -- the act of a person that it is part of
  UNIQUE (sid, seq)
) STRICT;

CREATE TABLE record (
  rid INTEGER PRIMARY KEY,
  scid INTEGER NOT NULL REFERENCES scope,
  tbl INTEGER NOT NULL REFERENCES word,
  row_id BLOB NOT NULL UNIQUE CHECK (length(row_id) = 16)
) STRICT;

CREATE TABLE change (
  cid INTEGER PRIMARY KEY,               -- oid << 12 | index
  rid INTEGER NOT NULL REFERENCES record,
  col INTEGER NOT NULL,                  -- 0 = create with all fields packed, else word of the column
  base INTEGER,                          -- the change of the cell that the form was showing
  val ANY
) STRICT;
CREATE INDEX change_cell ON change (rid, col);

CREATE TABLE dep_seen (
  sid INTEGER NOT NULL, on_sid INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (sid, on_sid)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
  sid INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL,
  PRIMARY KEY (sid, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE access (
  aid INTEGER PRIMARY KEY,
  sid INTEGER NOT NULL REFERENCES stream,
  seq INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES identity,
  family INTEGER REFERENCES identity,    -- none for lists and searches
  view INTEGER NOT NULL REFERENCES word,
  denied INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (sid, seq)
) STRICT;
CREATE INDEX access_family ON access (family, wall_ms);

CREATE TRIGGER operation_fixed BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER operation_kept BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'the log is never deleted'); END;
CREATE TRIGGER change_fixed BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER change_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log is never deleted'); END;
CREATE TRIGGER access_fixed BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'the read log is never changed'); END;
CREATE TRIGGER access_kept BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'the read log is never deleted'); END;
CREATE TRIGGER seal_fixed BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END;
CREATE TRIGGER seal_kept BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'a seal is never deleted'); END;
