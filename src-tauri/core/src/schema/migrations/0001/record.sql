-- The record: rows that can always be rebuilt from the log. Text is never
-- NULL (empty means nothing written); everything else is NULL when not known.
-- Nothing but the id of a row is unique: what would be refused here may come
-- from another computer, and is then kept and shown.
--
-- A row that a person marked as entered in error stays in its table, `..._row`.
-- The view of the plain name has those that stand: whatever counts, lists or
-- reminds reads that, and cannot count a mistake. What was recorded of
-- something that was entered in error does not stand either.

CREATE TABLE team (id BLOB PRIMARY KEY, name TEXT NOT NULL DEFAULT '', auto_lock_minutes INTEGER, recovery_at INTEGER,
  copies_owed_by TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE incarnation (
  id BLOB PRIMARY KEY, public_key BLOB, at INTEGER, why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER incarnation_fixed BEFORE UPDATE ON incarnation BEGIN SELECT RAISE(ABORT, 'an incarnation is never changed'); END;
CREATE TRIGGER incarnation_kept BEFORE DELETE ON incarnation BEGIN SELECT RAISE(ABORT, 'an incarnation is never deleted'); END;

CREATE TABLE user (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '', sign_in TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT '', organisation TEXT NOT NULL DEFAULT '', active INTEGER, passphrase_at INTEGER
) STRICT;
CREATE INDEX user_role ON user (role);

-- A list and the model of the steps are changed by a new version of the whole.
CREATE TABLE code_list (
  id BLOB PRIMARY KEY, list TEXT NOT NULL DEFAULT '', entries TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE TABLE step_model (
  id BLOB PRIMARY KEY, label TEXT NOT NULL DEFAULT '', steps TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE TRIGGER code_list_fixed BEFORE UPDATE ON code_list BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END;
CREATE TRIGGER code_list_kept BEFORE DELETE ON code_list BEGIN SELECT RAISE(ABORT, 'a version is never deleted'); END;
CREATE TRIGGER step_model_fixed BEFORE UPDATE ON step_model BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END;
CREATE TRIGGER step_model_kept BEFORE DELETE ON step_model BEGIN SELECT RAISE(ABORT, 'a version is never deleted'); END;

-- Figures: from which state of the record they were counted, what was seen of them and what has left. A release is
-- the same files for ever: their bytes and the hash of each, and the role of whoever released it and the rule, as
-- they were then. Raw counts are kept nowhere.
CREATE TABLE figure_key (id BLOB PRIMARY KEY, secret BLOB, by BLOB, at INTEGER) STRICT;
CREATE TABLE figure_frame (
  id BLOB PRIMARY KEY, quarter TEXT NOT NULL DEFAULT '', number INTEGER, reached TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE TABLE figure_look (
  id BLOB PRIMARY KEY, frame BLOB REFERENCES figure_frame, period TEXT NOT NULL DEFAULT '', figures TEXT NOT NULL DEFAULT '',
  told TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE INDEX figure_look_frame ON figure_look (frame);
CREATE TABLE release (
  id BLOB PRIMARY KEY, period TEXT NOT NULL DEFAULT '', frame BLOB REFERENCES figure_frame,
  made_by BLOB, role TEXT NOT NULL DEFAULT '', made_at INTEGER, reason TEXT NOT NULL DEFAULT '',
  outside INTEGER, recipient TEXT NOT NULL DEFAULT '', licence TEXT NOT NULL DEFAULT '', expires_on TEXT NOT NULL DEFAULT '',
  corrects BLOB REFERENCES release, corrects_elsewhere TEXT NOT NULL DEFAULT '', figures TEXT NOT NULL DEFAULT '', rule TEXT NOT NULL DEFAULT '',
  outsider TEXT NOT NULL DEFAULT '', insider TEXT NOT NULL DEFAULT '', beside TEXT NOT NULL DEFAULT '', head TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE release_file (
  id BLOB PRIMARY KEY, release BLOB REFERENCES release, name TEXT NOT NULL DEFAULT '', bytes BLOB, hash TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX release_file_release ON release_file (release);
CREATE TABLE release_word (
  id BLOB PRIMARY KEY, release BLOB REFERENCES release, said TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE INDEX release_word_release ON release_word (release);
CREATE TABLE release_seat (
  id BLOB PRIMARY KEY, device BLOB, computer BLOB, reason TEXT NOT NULL DEFAULT '', left_elsewhere TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE TABLE period_ready (id BLOB PRIMARY KEY, period TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER) STRICT;
CREATE TABLE year_plan (
  id BLOB PRIMARY KEY, year TEXT NOT NULL DEFAULT '', tables TEXT NOT NULL DEFAULT '', role TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE TRIGGER figure_key_fixed BEFORE UPDATE ON figure_key BEGIN SELECT RAISE(ABORT, 'a secret is never changed'); END;
CREATE TRIGGER figure_key_kept BEFORE DELETE ON figure_key BEGIN SELECT RAISE(ABORT, 'a secret is never deleted'); END;
CREATE TRIGGER figure_frame_fixed BEFORE UPDATE ON figure_frame BEGIN SELECT RAISE(ABORT, 'what figures are counted from is never changed'); END;
CREATE TRIGGER figure_frame_kept BEFORE DELETE ON figure_frame BEGIN SELECT RAISE(ABORT, 'what figures are counted from is never deleted'); END;
CREATE TRIGGER figure_look_fixed BEFORE UPDATE ON figure_look BEGIN SELECT RAISE(ABORT, 'a look is never changed'); END;
CREATE TRIGGER figure_look_kept BEFORE DELETE ON figure_look BEGIN SELECT RAISE(ABORT, 'a look is never deleted'); END;
CREATE TRIGGER release_fixed BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_kept BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'a release is never deleted'); END;
CREATE TRIGGER release_file_fixed BEFORE UPDATE ON release_file BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_file_kept BEFORE DELETE ON release_file BEGIN SELECT RAISE(ABORT, 'a release is never deleted'); END;
CREATE TRIGGER release_word_fixed BEFORE UPDATE ON release_word BEGIN SELECT RAISE(ABORT, 'a word about a release is never changed'); END;
CREATE TRIGGER release_word_kept BEFORE DELETE ON release_word BEGIN SELECT RAISE(ABORT, 'a word about a release is never deleted'); END;
CREATE TRIGGER release_seat_fixed BEFORE UPDATE ON release_seat BEGIN SELECT RAISE(ABORT, 'who releases is never changed'); END;
CREATE TRIGGER release_seat_kept BEFORE DELETE ON release_seat BEGIN SELECT RAISE(ABORT, 'who releases is never deleted'); END;
CREATE TRIGGER period_ready_fixed BEFORE UPDATE ON period_ready BEGIN SELECT RAISE(ABORT, 'a word is never changed'); END;
CREATE TRIGGER period_ready_kept BEFORE DELETE ON period_ready BEGIN SELECT RAISE(ABORT, 'a word is never deleted'); END;
CREATE TRIGGER year_plan_fixed BEFORE UPDATE ON year_plan BEGIN SELECT RAISE(ABORT, 'a plan is never changed'); END;
CREATE TRIGGER year_plan_kept BEFORE DELETE ON year_plan BEGIN SELECT RAISE(ABORT, 'a plan is never deleted'); END;

-- A session of a group is the team's, and names no family; what is told of each
-- family is a contact in its own record.
CREATE TABLE group_session (
  id BLOB PRIMARY KEY, kinds TEXT NOT NULL DEFAULT '', held_at INTEGER, minutes INTEGER, place TEXT NOT NULL DEFAULT '',
  led_by TEXT NOT NULL DEFAULT '', by BLOB, organisation TEXT NOT NULL DEFAULT '', at INTEGER
) STRICT;
CREATE INDEX group_session_held ON group_session (held_at);
CREATE TRIGGER group_session_fixed BEFORE UPDATE ON group_session BEGIN SELECT RAISE(ABORT, 'a session is never changed'); END;
CREATE TRIGGER group_session_kept BEFORE DELETE ON group_session BEGIN SELECT RAISE(ABORT, 'a session is never deleted'); END;

CREATE TABLE family (id BLOB PRIMARY KEY, reference TEXT NOT NULL DEFAULT '', flags_checked_on TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE person_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family,
  role TEXT NOT NULL DEFAULT '',
  family_name TEXT NOT NULL DEFAULT '', given TEXT NOT NULL DEFAULT '', given_awaited INTEGER, preferred TEXT NOT NULL DEFAULT '',
  sex TEXT NOT NULL DEFAULT '', born_on TEXT NOT NULL DEFAULT '', born_time TEXT NOT NULL DEFAULT '', due_on TEXT NOT NULL DEFAULT '',
  birth_order INTEGER, number TEXT NOT NULL DEFAULT '', number_absent TEXT NOT NULL DEFAULT '',
  responsibility TEXT NOT NULL DEFAULT '', needs TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_family ON person_row (family);
-- Born together: of one pregnancy, also over midnight.
CREATE VIEW person AS SELECT r.*,
  iif(r.role <> 'infant', NULL, (SELECT count(*) FROM person_row AS o WHERE o.family = r.family AND o.role = 'infant'
    AND iif(r.born_on = '' OR o.born_on = '', r.born_on = o.born_on AND r.due_on <> '' AND r.due_on = o.due_on,
      abs(julianday(r.born_on) - julianday(o.born_on)) <= 1)
    AND NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row = o.id))) AS of_birth,
  -- The last by the log, should two computers have recorded one.
  coalesce((SELECT l.kind FROM loss AS l WHERE l.person = r.id ORDER BY (SELECT position FROM entry WHERE entry.row = l.id) DESC LIMIT 1), '') AS loss,
  coalesce((SELECT l.lost_on FROM loss AS l WHERE l.person = r.id ORDER BY (SELECT position FROM entry WHERE entry.row = l.id) DESC LIMIT 1), '') AS lost_on
  FROM person_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));

CREATE TABLE loss_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person_row,
  kind TEXT NOT NULL DEFAULT '', lost_on TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE INDEX loss_person ON loss_row (person);
CREATE VIEW loss AS SELECT * FROM loss_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.person, r.family));
CREATE TRIGGER loss_fixed BEFORE UPDATE ON loss_row BEGIN SELECT RAISE(ABORT, 'a loss is never changed'); END;
CREATE TRIGGER loss_kept BEFORE DELETE ON loss_row BEGIN SELECT RAISE(ABORT, 'a loss is never deleted'); END;

CREATE TABLE episode (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family,
  opened_on TEXT NOT NULL DEFAULT '', closed_on TEXT NOT NULL DEFAULT '',
  key_worker BLOB, therapist BLOB, partner_worker BLOB
) STRICT;
CREATE INDEX episode_family ON episode (family);
-- Whose families: each way to be allocated is looked up by its own index.
CREATE INDEX episode_key_worker ON episode (key_worker);
CREATE INDEX episode_therapist ON episode (therapist);
CREATE INDEX episode_partner_worker ON episode (partner_worker);

CREATE TABLE flag_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family,
  kind TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', since TEXT NOT NULL DEFAULT '',
  review_on TEXT NOT NULL DEFAULT '', ended_on TEXT NOT NULL DEFAULT '', set_by BLOB
) STRICT;
CREATE INDEX flag_family ON flag_row (family);
CREATE VIEW flag AS SELECT * FROM flag_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));

CREATE TABLE flag_ending_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, flag BLOB REFERENCES flag_row,
  reason TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE INDEX flag_ending_flag ON flag_ending_row (flag);
CREATE VIEW flag_ending AS SELECT * FROM flag_ending_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.flag, r.family));
CREATE TRIGGER flag_ending_fixed BEFORE UPDATE ON flag_ending_row BEGIN SELECT RAISE(ABORT, 'the end of a flag is never changed'); END;
CREATE TRIGGER flag_ending_kept BEFORE DELETE ON flag_ending_row BEGIN SELECT RAISE(ABORT, 'the end of a flag is never deleted'); END;

CREATE TABLE contact_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  kind TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  held_at INTEGER, minutes INTEGER, next_visit INTEGER, signed_at INTEGER, author BLOB, begun_by BLOB, organisation TEXT NOT NULL DEFAULT '', late INTEGER,
  place TEXT NOT NULL DEFAULT '', present TEXT NOT NULL DEFAULT '', others TEXT NOT NULL DEFAULT '', absent TEXT NOT NULL DEFAULT '',
  infants TEXT NOT NULL DEFAULT '', not_seen_why TEXT NOT NULL DEFAULT '', did TEXT NOT NULL DEFAULT '',
  saw TEXT NOT NULL DEFAULT '', told TEXT NOT NULL DEFAULT '', baby_told TEXT NOT NULL DEFAULT '',
  baby_reading TEXT NOT NULL DEFAULT '', baby_changed TEXT NOT NULL DEFAULT '', think TEXT NOT NULL DEFAULT '',
  safety TEXT NOT NULL DEFAULT '', earlier TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL DEFAULT '', plan TEXT NOT NULL DEFAULT '', plan_done TEXT NOT NULL DEFAULT '',
  health TEXT NOT NULL DEFAULT '', feeding TEXT NOT NULL DEFAULT '', sleep TEXT NOT NULL DEFAULT '', home TEXT NOT NULL DEFAULT '',
  liaison TEXT NOT NULL DEFAULT '', supervision TEXT NOT NULL DEFAULT '',
  session BLOB, led_by TEXT NOT NULL DEFAULT '', together TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contact_family ON contact_row (family, held_at);
CREATE INDEX contact_author ON contact_row (author);
CREATE VIEW contact AS SELECT * FROM contact_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));
CREATE TRIGGER contact_fixed BEFORE UPDATE ON contact_row BEGIN SELECT RAISE(ABORT, 'a signed note is never changed'); END;
CREATE TRIGGER contact_kept BEFORE DELETE ON contact_row BEGIN SELECT RAISE(ABORT, 'a signed note is never deleted'); END;

CREATE TABLE note_taken_over (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  begun_by BLOB, reason TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE TRIGGER note_taken_over_fixed BEFORE UPDATE ON note_taken_over BEGIN SELECT RAISE(ABORT, 'a note taken over is never changed'); END;
CREATE TRIGGER note_taken_over_kept BEFORE DELETE ON note_taken_over BEGIN SELECT RAISE(ABORT, 'a note taken over is never deleted'); END;

CREATE TABLE cover (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  of BLOB, covered_by BLOB, until TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER,
  ended_on TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX cover_episode ON cover (episode);

CREATE TABLE follow_up_end_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  known TEXT NOT NULL DEFAULT '', tried TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE VIEW follow_up_end AS SELECT * FROM follow_up_end_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));
CREATE TRIGGER follow_up_end_fixed BEFORE UPDATE ON follow_up_end_row BEGIN SELECT RAISE(ABORT, 'the end of a follow-up is never changed'); END;
CREATE TRIGGER follow_up_end_kept BEFORE DELETE ON follow_up_end_row BEGIN SELECT RAISE(ABORT, 'the end of a follow-up is never deleted'); END;

CREATE TABLE addendum_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, contact BLOB REFERENCES contact_row,
  text TEXT NOT NULL DEFAULT '', author BLOB, organisation TEXT NOT NULL DEFAULT '', at INTEGER
) STRICT;
CREATE INDEX addendum_contact ON addendum_row (contact);
CREATE VIEW addendum AS SELECT * FROM addendum_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.contact, r.family));
CREATE TRIGGER addendum_fixed BEFORE UPDATE ON addendum_row BEGIN SELECT RAISE(ABORT, 'a signed note is never changed'); END;
CREATE TRIGGER addendum_kept BEFORE DELETE ON addendum_row BEGIN SELECT RAISE(ABORT, 'a signed note is never deleted'); END;

CREATE TABLE copied_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, contact BLOB REFERENCES contact_row,
  by BLOB, organisation TEXT NOT NULL DEFAULT '', at INTEGER
) STRICT;
CREATE INDEX copied_contact ON copied_row (contact);
-- Of a note too that was entered in error: in the other record it is marked as well.
CREATE VIEW copied AS SELECT * FROM copied_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));
CREATE TRIGGER copied_fixed BEFORE UPDATE ON copied_row BEGIN SELECT RAISE(ABORT, 'a copy is never changed'); END;
CREATE TRIGGER copied_kept BEFORE DELETE ON copied_row BEGIN SELECT RAISE(ABORT, 'a copy is never deleted'); END;

CREATE TABLE concern_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, contact BLOB REFERENCES contact_row,
  children TEXT NOT NULL DEFAULT '', danger TEXT NOT NULL DEFAULT '',
  what TEXT NOT NULL DEFAULT '', told_whom TEXT NOT NULL DEFAULT '', told_at INTEGER, action TEXT NOT NULL DEFAULT '',
  police_informed INTEGER, police_why_not TEXT NOT NULL DEFAULT '',
  parent_told TEXT NOT NULL DEFAULT '', parent_why_not TEXT NOT NULL DEFAULT '', raised_by BLOB, raised_at INTEGER
) STRICT;
CREATE INDEX concern_family ON concern_row (family);
CREATE INDEX concern_contact ON concern_row (contact);
CREATE VIEW concern AS SELECT * FROM concern_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));
CREATE TRIGGER concern_fixed BEFORE UPDATE ON concern_row BEGIN SELECT RAISE(ABORT, 'a concern is never changed'); END;
CREATE TRIGGER concern_kept BEFORE DELETE ON concern_row BEGIN SELECT RAISE(ABORT, 'a concern is never deleted'); END;

CREATE TABLE concern_answer_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, concern BLOB REFERENCES concern_row,
  by BLOB, at INTEGER, decision TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX concern_answer_concern ON concern_answer_row (concern);
-- Of a concern too that was entered in error: it waits until somebody answered it.
CREATE VIEW concern_answer AS SELECT * FROM concern_answer_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));
CREATE TRIGGER concern_answer_fixed BEFORE UPDATE ON concern_answer_row BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER concern_answer_kept BEFORE DELETE ON concern_answer_row BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;

CREATE TABLE priority_answer_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person_row,
  priority_group TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '', period TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
  by BLOB, at INTEGER
) STRICT;
CREATE INDEX priority_answer_family ON priority_answer_row (family);
CREATE VIEW priority_answer AS SELECT * FROM priority_answer_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.person, r.family));
CREATE TRIGGER priority_answer_fixed BEFORE UPDATE ON priority_answer_row BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER priority_answer_kept BEFORE DELETE ON priority_answer_row BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;

CREATE TABLE known_harm_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, who TEXT NOT NULL DEFAULT '', person BLOB REFERENCES person_row,
  known TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', learned_on TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
  by BLOB, at INTEGER
) STRICT;
CREATE INDEX known_harm_family ON known_harm_row (family);
CREATE VIEW known_harm AS SELECT * FROM known_harm_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.person, r.family));
CREATE TRIGGER known_harm_fixed BEFORE UPDATE ON known_harm_row BEGIN SELECT RAISE(ABORT, 'what is known is never changed'); END;
CREATE TRIGGER known_harm_kept BEFORE DELETE ON known_harm_row BEGIN SELECT RAISE(ABORT, 'what is known is never deleted'); END;

CREATE TABLE placement_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, episode BLOB REFERENCES episode,
  step INTEGER, step_name TEXT NOT NULL DEFAULT '', model BLOB, from_date TEXT NOT NULL DEFAULT '', rationale TEXT NOT NULL DEFAULT '',
  indicators TEXT NOT NULL DEFAULT '', parent_view TEXT NOT NULL DEFAULT '', infant_shows TEXT NOT NULL DEFAULT '',
  receiving_service TEXT NOT NULL DEFAULT '', accepted_by TEXT NOT NULL DEFAULT '',
  review_on TEXT NOT NULL DEFAULT '', second_needed INTEGER, proposed INTEGER, by BLOB, at INTEGER
) STRICT;
CREATE INDEX placement_family ON placement_row (family, at);
CREATE VIEW placement AS SELECT * FROM placement_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.family));
CREATE TRIGGER placement_fixed BEFORE UPDATE ON placement_row BEGIN SELECT RAISE(ABORT, 'a placement is never changed'); END;
CREATE TRIGGER placement_kept BEFORE DELETE ON placement_row BEGIN SELECT RAISE(ABORT, 'a placement is never deleted'); END;

CREATE TABLE placement_confirmation_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, placement BLOB REFERENCES placement_row, by BLOB, at INTEGER
) STRICT;
CREATE INDEX placement_confirmation_placement ON placement_confirmation_row (placement);
CREATE VIEW placement_confirmation AS SELECT * FROM placement_confirmation_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.placement, r.family));
CREATE TRIGGER placement_confirmation_fixed BEFORE UPDATE ON placement_confirmation_row BEGIN SELECT RAISE(ABORT, 'a confirmation is never changed'); END;
CREATE TRIGGER placement_confirmation_kept BEFORE DELETE ON placement_confirmation_row BEGIN SELECT RAISE(ABORT, 'a confirmation is never deleted'); END;

CREATE TABLE ace_conversation_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person_row,
  answers TEXT NOT NULL DEFAULT '', protective TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '',
  here TEXT NOT NULL DEFAULT '', said_adult INTEGER, declined INTEGER, not_offered INTEGER,
  by BLOB, at INTEGER
) STRICT;
CREATE INDEX ace_conversation_family ON ace_conversation_row (family);
CREATE VIEW ace_conversation AS SELECT * FROM ace_conversation_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.person, r.family));
CREATE TRIGGER ace_conversation_fixed BEFORE UPDATE ON ace_conversation_row BEGIN SELECT RAISE(ABORT, 'a finished screening is never changed'); END;
CREATE TRIGGER ace_conversation_kept BEFORE DELETE ON ace_conversation_row BEGIN SELECT RAISE(ABORT, 'a finished screening is never deleted'); END;

CREATE TABLE ace_exposure_row (
  id BLOB PRIMARY KEY, family BLOB REFERENCES family, person BLOB REFERENCES person_row,
  answers TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', concern TEXT NOT NULL DEFAULT '',
  concerns TEXT NOT NULL DEFAULT '', because TEXT NOT NULL DEFAULT '', by BLOB, at INTEGER
) STRICT;
CREATE INDEX ace_exposure_family ON ace_exposure_row (family);
CREATE VIEW ace_exposure AS SELECT * FROM ace_exposure_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error AS e WHERE e.row IN (r.id, r.person, r.family));
CREATE TRIGGER ace_exposure_fixed BEFORE UPDATE ON ace_exposure_row BEGIN SELECT RAISE(ABORT, 'a finished screening is never changed'); END;
CREATE TRIGGER ace_exposure_kept BEFORE DELETE ON ace_exposure_row BEGIN SELECT RAISE(ABORT, 'a finished screening is never deleted'); END;

-- What a scope of the log is called where the check of the record names it.
CREATE VIEW scope_name AS SELECT id, 'family ' || reference AS name FROM family;
