-- Screening and placement: priority groups, ACE conversations, steps.

CREATE TABLE priority_answer (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person,
  priority_group TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '', period TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
  by BLOB, at INTEGER
) STRICT;
CREATE INDEX priority_answer_family ON priority_answer (family);

CREATE TABLE placement (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  step INTEGER, model TEXT NOT NULL DEFAULT '', from_date TEXT NOT NULL DEFAULT '', rationale TEXT NOT NULL DEFAULT '',
  indicators TEXT NOT NULL DEFAULT '', parent_view TEXT NOT NULL DEFAULT '', infant_shows TEXT NOT NULL DEFAULT '',
  review_on TEXT NOT NULL DEFAULT '', second_needed INTEGER, by BLOB, at INTEGER
) STRICT;
CREATE INDEX placement_family ON placement (family, at);

CREATE TABLE placement_confirmation (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, placement BLOB UNIQUE REFERENCES placement, by BLOB, at INTEGER
) STRICT;

CREATE TABLE ace_conversation (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person,
  answers TEXT NOT NULL DEFAULT '', protective TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', declined INTEGER, by BLOB, at INTEGER
) STRICT;
CREATE INDEX ace_conversation_family ON ace_conversation (family);

CREATE TABLE ace_exposure (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person,
  answers TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', concern TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE INDEX ace_exposure_family ON ace_exposure (family);

CREATE TRIGGER priority_answer_fixed BEFORE UPDATE ON priority_answer BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER priority_answer_kept BEFORE DELETE ON priority_answer BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
CREATE TRIGGER placement_fixed BEFORE UPDATE ON placement BEGIN SELECT RAISE(ABORT, 'a placement is never changed'); END;
CREATE TRIGGER placement_kept BEFORE DELETE ON placement BEGIN SELECT RAISE(ABORT, 'a placement is never deleted'); END;
CREATE TRIGGER placement_confirmation_fixed BEFORE UPDATE ON placement_confirmation BEGIN SELECT RAISE(ABORT, 'a confirmation is never changed'); END;
CREATE TRIGGER placement_confirmation_kept BEFORE DELETE ON placement_confirmation BEGIN SELECT RAISE(ABORT, 'a confirmation is never deleted'); END;
CREATE TRIGGER ace_conversation_fixed BEFORE UPDATE ON ace_conversation BEGIN SELECT RAISE(ABORT, 'a finished screening is never changed'); END;
CREATE TRIGGER ace_conversation_kept BEFORE DELETE ON ace_conversation BEGIN SELECT RAISE(ABORT, 'a finished screening is never deleted'); END;
CREATE TRIGGER ace_exposure_fixed BEFORE UPDATE ON ace_exposure BEGIN SELECT RAISE(ABORT, 'a finished screening is never changed'); END;
CREATE TRIGGER ace_exposure_kept BEFORE DELETE ON ace_exposure BEGIN SELECT RAISE(ABORT, 'a finished screening is never deleted'); END;
