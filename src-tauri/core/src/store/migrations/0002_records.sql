-- The record: rows that can always be rebuilt from the log. Text is never
-- NULL (empty means nothing written); everything else is NULL when not known.

CREATE TABLE team (id BLOB PRIMARY KEY, name TEXT NOT NULL DEFAULT '', auto_lock_minutes INTEGER, recovery_at INTEGER) STRICT;

CREATE TABLE incarnation (
  id BLOB PRIMARY KEY, public_key BLOB, at INTEGER, why TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE user (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '', sign_in TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT '', organisation TEXT NOT NULL DEFAULT '', active INTEGER, passphrase_at INTEGER
) STRICT;

CREATE TABLE family (id BLOB PRIMARY KEY, reference TEXT NOT NULL DEFAULT '', flags_checked_on TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE person (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family,
  role TEXT NOT NULL DEFAULT '',
  family_name TEXT NOT NULL DEFAULT '', given TEXT NOT NULL DEFAULT '', given_awaited INTEGER, preferred TEXT NOT NULL DEFAULT '',
  sex TEXT NOT NULL DEFAULT '', born_on TEXT NOT NULL DEFAULT '', born_time TEXT NOT NULL DEFAULT '', due_on TEXT NOT NULL DEFAULT '',
  birth_order INTEGER, number TEXT NOT NULL DEFAULT '', number_absent TEXT NOT NULL DEFAULT '', died_on TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_family ON person (family);

CREATE TABLE episode (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family,
  opened_on TEXT NOT NULL DEFAULT '', closed_on TEXT NOT NULL DEFAULT '',
  key_worker BLOB, therapist BLOB, partner_worker BLOB
) STRICT;
CREATE INDEX episode_family ON episode (family);
CREATE INDEX episode_key_worker ON episode (key_worker) WHERE closed_on = '';

CREATE TABLE flag (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family,
  kind TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', since TEXT NOT NULL DEFAULT '',
  review_on TEXT NOT NULL DEFAULT '', ended_on TEXT NOT NULL DEFAULT '', set_by BLOB
) STRICT;
CREATE INDEX flag_family ON flag (family);

CREATE TABLE contact (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  kind TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  held_at INTEGER, minutes INTEGER, next_visit INTEGER, signed_at INTEGER, author BLOB, organisation TEXT NOT NULL DEFAULT '', late INTEGER,
  place TEXT NOT NULL DEFAULT '', present TEXT NOT NULL DEFAULT '', others TEXT NOT NULL DEFAULT '', absent TEXT NOT NULL DEFAULT '',
  infants TEXT NOT NULL DEFAULT '', not_seen_why TEXT NOT NULL DEFAULT '', did TEXT NOT NULL DEFAULT '',
  saw TEXT NOT NULL DEFAULT '', told TEXT NOT NULL DEFAULT '', baby_told TEXT NOT NULL DEFAULT '', think TEXT NOT NULL DEFAULT '',
  safety TEXT NOT NULL DEFAULT '', plan TEXT NOT NULL DEFAULT '', plan_done TEXT NOT NULL DEFAULT '',
  health TEXT NOT NULL DEFAULT '', feeding TEXT NOT NULL DEFAULT '', sleep TEXT NOT NULL DEFAULT '', home TEXT NOT NULL DEFAULT '',
  liaison TEXT NOT NULL DEFAULT '', supervision TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contact_family ON contact (family, held_at);
CREATE INDEX contact_held ON contact (held_at);

CREATE TABLE addendum (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, contact BLOB REFERENCES contact,
  text TEXT NOT NULL DEFAULT '', author BLOB, organisation TEXT NOT NULL DEFAULT '', at INTEGER
) STRICT;
CREATE INDEX addendum_contact ON addendum (contact);

CREATE TABLE retraction (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, contact BLOB UNIQUE REFERENCES contact,
  reason TEXT NOT NULL DEFAULT '', author BLOB, at INTEGER
) STRICT;

CREATE TABLE concern (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, contact BLOB REFERENCES contact,
  what TEXT NOT NULL DEFAULT '', told_whom TEXT NOT NULL DEFAULT '', told_at INTEGER, action TEXT NOT NULL DEFAULT '',
  police_informed INTEGER, police_why_not TEXT NOT NULL DEFAULT '', raised_by BLOB, raised_at INTEGER
) STRICT;
CREATE INDEX concern_family ON concern (family);

CREATE TABLE concern_answer (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, concern BLOB UNIQUE REFERENCES concern,
  by BLOB, at INTEGER, answer TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE release (
  id BLOB PRIMARY KEY, quarter TEXT NOT NULL UNIQUE, made_by BLOB, made_at INTEGER, reason TEXT NOT NULL DEFAULT '',
  tables TEXT NOT NULL DEFAULT '', hash TEXT NOT NULL DEFAULT '', head TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TRIGGER contact_fixed BEFORE UPDATE ON contact BEGIN SELECT RAISE(ABORT, 'a signed note is never changed'); END;
CREATE TRIGGER contact_kept BEFORE DELETE ON contact BEGIN SELECT RAISE(ABORT, 'a signed note is never deleted'); END;
CREATE TRIGGER addendum_fixed BEFORE UPDATE ON addendum BEGIN SELECT RAISE(ABORT, 'a signed note is never changed'); END;
CREATE TRIGGER addendum_kept BEFORE DELETE ON addendum BEGIN SELECT RAISE(ABORT, 'a signed note is never deleted'); END;
CREATE TRIGGER retraction_fixed BEFORE UPDATE ON retraction BEGIN SELECT RAISE(ABORT, 'a retraction is never changed'); END;
CREATE TRIGGER retraction_kept BEFORE DELETE ON retraction BEGIN SELECT RAISE(ABORT, 'a retraction is never deleted'); END;
CREATE TRIGGER concern_fixed BEFORE UPDATE ON concern BEGIN SELECT RAISE(ABORT, 'a concern is never changed'); END;
CREATE TRIGGER concern_kept BEFORE DELETE ON concern BEGIN SELECT RAISE(ABORT, 'a concern is never deleted'); END;
CREATE TRIGGER concern_answer_fixed BEFORE UPDATE ON concern_answer BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER concern_answer_kept BEFORE DELETE ON concern_answer BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
CREATE TRIGGER release_fixed BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_kept BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'a release is never deleted'); END;
