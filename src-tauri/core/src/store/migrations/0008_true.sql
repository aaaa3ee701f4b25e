-- Room for what this version keeps besides: see CHANGELOG.md.

-- Unfinished forms of every kind, as notes have had them: what a row is about is an episode, a family, or for forms of
-- the team nothing (sixteen zeros). The act it will become takes it away.
ALTER TABLE draft RENAME COLUMN episode TO about;
ALTER TABLE draft ADD COLUMN act BLOB;
CREATE INDEX draft_act ON draft (author, act) WHERE act IS NOT NULL;

-- What lists tell of each open episode, and what they are sorted, narrowed and
-- counted by: computed from the record whenever an operation writes to the
-- family, so that a list of thousands reads the rows it shows and no others.

CREATE TABLE caseload (
  episode BLOB PRIMARY KEY, family BLOB NOT NULL,
  key_worker BLOB, therapist BLOB, partner_worker BLOB,
  name TEXT NOT NULL,                    -- folded, of the first infant
  youngest TEXT NOT NULL,                -- the latest day of birth, or day due
  unborn INTEGER NOT NULL,
  opened_on TEXT NOT NULL,
  flags INTEGER NOT NULL,                -- how many there are
  concerns INTEGER NOT NULL,             -- how many wait for a second person
  last_held INTEGER, last_kind TEXT NOT NULL, last_outcome TEXT NOT NULL,
  last_met INTEGER, next_visit INTEGER,
  step INTEGER, awaited INTEGER NOT NULL, placed_by BLOB, placed_on TEXT NOT NULL, review_on TEXT NOT NULL,
  told_at INTEGER, told_by BLOB,         -- the latest entry of the story, or what was added to one
  told_before INTEGER                    -- the latest by anybody else
) STRICT, WITHOUT ROWID;
CREATE INDEX caseload_family ON caseload (family);
CREATE INDEX caseload_key_worker ON caseload (key_worker);
CREATE INDEX caseload_therapist ON caseload (therapist);
CREATE INDEX caseload_partner_worker ON caseload (partner_worker);

-- Acts: what one request of a person did, kept for some days so that the same
-- request sent twice is one act. Outside the log; its number is in the log.
CREATE TABLE act (
  n INTEGER PRIMARY KEY,
  act BLOB NOT NULL UNIQUE CHECK (length(act) = 16),
  user BLOB NOT NULL, command TEXT NOT NULL,
  request BLOB NOT NULL CHECK (length(request) = 32),   -- BLAKE3 of the request without its secrets
  answer TEXT,                                          -- NULL where the answer is shown once only
  at INTEGER NOT NULL
) STRICT;
ALTER TABLE operation ADD COLUMN act BLOB;
-- The mark of the place on a computer where its identity is kept: a computer
-- that has lost its identity is not one that never had one.
ALTER TABLE device ADD COLUMN computer BLOB;

-- Marks of the passphrases that each user has had, so that none comes back.
CREATE TABLE passphrase_used (
  user BLOB NOT NULL, mark BLOB NOT NULL,
  cost BLOB NOT NULL,                    -- of the derivation that made the mark
  at INTEGER NOT NULL,
  PRIMARY KEY (user, mark)
) STRICT, WITHOUT ROWID;
-- A release is the same files for ever: their bytes and the hash of each, and
-- the role of whoever released it and the rule, as they were then.
ALTER TABLE release ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE release ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE release ADD COLUMN csv BLOB;
ALTER TABLE release ADD COLUMN page BLOB;
ALTER TABLE release ADD COLUMN page_hash TEXT NOT NULL DEFAULT '';
