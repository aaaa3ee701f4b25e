-- What is kept outside the log, on one computer.

-- Unfinished forms: what a row is about is an episode, a family, or for forms
-- of the team nothing (sixteen zeros). The act it will become takes it away.
CREATE TABLE draft (
  about BLOB NOT NULL, form TEXT NOT NULL, author BLOB NOT NULL,
  body TEXT NOT NULL, saved_at INTEGER NOT NULL, act BLOB,
  PRIMARY KEY (about, form, author)
) STRICT;
CREATE INDEX draft_act ON draft (author, act) WHERE act IS NOT NULL;
CREATE INDEX draft_author ON draft (author, form);

CREATE TABLE local_setting (
  user BLOB NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (user, name)
) STRICT, WITHOUT ROWID;

-- Up to where each reader has marked a family as seen.
CREATE TABLE seen (
  user BLOB NOT NULL, family BLOB NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (user, family)
) STRICT, WITHOUT ROWID;

-- Acts: what one request of a person did, kept for some days so that the same
-- request sent twice is one act. Its number is in the log.
CREATE TABLE act (
  n INTEGER PRIMARY KEY,
  act BLOB NOT NULL UNIQUE CHECK (length(act) = 16),
  user BLOB NOT NULL, command TEXT NOT NULL,
  request BLOB NOT NULL CHECK (length(request) = 32),   -- BLAKE3 of the request without its secrets
  answer TEXT,                                          -- NULL where the answer is shown once only
  at INTEGER NOT NULL
) STRICT;

-- Marks of the passphrases that each user has had, so that none comes back.
CREATE TABLE passphrase_used (
  user BLOB NOT NULL, mark BLOB NOT NULL,
  cost BLOB NOT NULL,                    -- of the derivation that made the mark
  at INTEGER NOT NULL,
  PRIMARY KEY (user, mark)
) STRICT, WITHOUT ROWID;
