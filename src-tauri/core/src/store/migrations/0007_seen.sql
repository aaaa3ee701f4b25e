-- Up to when each reader has marked a family as seen, on this computer: outside
-- the log, as drafts are. And what was added to a family, found by the family.

CREATE TABLE seen (
  user BLOB NOT NULL, family BLOB NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (user, family)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_signed ON contact (family, signed_at, author);
CREATE INDEX addendum_family ON addendum (family, at);
CREATE INDEX retraction_family ON retraction (family, at);
CREATE INDEX concern_answer_family ON concern_answer (family, at);
CREATE INDEX placement_confirmation_family ON placement_confirmation (family, at);
