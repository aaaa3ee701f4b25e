-- Projections: whatever is here is computed from the log and the record, and
-- is checked against them.

-- What Find looks in. Hidden sections of a note (supervision) are not indexed.
-- Beside each token of a name stands where Find shows the person, so that of
-- thousands only those shown are read.
CREATE TABLE name_token (
  token TEXT NOT NULL, person BLOB NOT NULL, family BLOB NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (token, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_token_person ON name_token (person);
-- One letter is looked for as fast as a word: its notes are read in order,
-- instead of those of each word being merged.
CREATE VIRTUAL TABLE contact_text USING fts5 (
  body, content = '', contentless_delete = 1, prefix = '1 2', tokenize = "unicode61 remove_diacritics 2"
);

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
  step INTEGER, review_on TEXT NOT NULL, -- of the step that stands
  awaited INTEGER NOT NULL, placed_step INTEGER, placed_by BLOB, placed_on TEXT NOT NULL, -- of the step that was recorded last
  told INTEGER,                          -- the latest to arrive of the story, or of what is told with it
  bereaved INTEGER NOT NULL,             -- no infant of the family is left, and no pregnancy
  seen TEXT NOT NULL,                    -- when each infant was last seen, and what came of the contacts since
  follow_up INTEGER,                     -- since when somebody is to be followed up
  no_worker INTEGER NOT NULL,            -- nobody, or somebody who has left, is the key worker
  chase_on TEXT NOT NULL                 -- from which day the lead is told of it: at once where nobody has the family, else when it is overdue
) STRICT, WITHOUT ROWID;
CREATE INDEX caseload_family ON caseload (family);

-- What each list has, as it is shown: so that a page, a section of Today and a count are read off an index, however
-- many families there are. Computed from `caseload` and the reader's marks whenever either is written to.

CREATE TABLE listed (
  reader BLOB NOT NULL, team INTEGER NOT NULL,  -- whose list: the families they are allocated to, or all of the team
  episode BLOB NOT NULL, family BLOB NOT NULL,
  name TEXT NOT NULL,
  next_visit INTEGER NOT NULL,           -- the last there can be if none is booked: it is sorted last
  last_held INTEGER,
  youngest TEXT NOT NULL, opened_on TEXT NOT NULL, last_met INTEGER,
  flagged INTEGER NOT NULL, unborn INTEGER NOT NULL, no_worker INTEGER NOT NULL,
  news INTEGER NOT NULL,                 -- something is new to this reader
  -- What Today alone tells is filled where Today reads it: `awaited` and `chase_on` in lists of the team, the others in one's own.
  told INTEGER,
  follow_up INTEGER NOT NULL, review_on TEXT NOT NULL,
  awaited INTEGER NOT NULL, placed_on TEXT NOT NULL, chase_on TEXT NOT NULL,
  PRIMARY KEY (reader, team, episode)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_family ON listed (family);
-- In each order, with what narrows it; then what there is little of.
CREATE INDEX listed_next_visit ON listed (reader, team, next_visit, name, episode, news, flagged, unborn, no_worker);
CREATE INDEX listed_name ON listed (reader, team, name, episode, news, flagged, unborn, no_worker);
CREATE INDEX listed_last_held ON listed (reader, team, last_held, name, episode, news, flagged, unborn, no_worker);
CREATE INDEX listed_youngest ON listed (reader, team, youngest DESC, name, episode, news, flagged, unborn, no_worker);
CREATE INDEX listed_flagged ON listed (reader, team) WHERE flagged = 1;
CREATE INDEX listed_unborn ON listed (reader, team) WHERE unborn = 1;
CREATE INDEX listed_no_worker ON listed (reader, team) WHERE no_worker = 1;
CREATE INDEX listed_news ON listed (reader, team, told DESC, name, episode) WHERE news = 1;
CREATE INDEX listed_follow_up ON listed (reader, team, last_held, name, episode) WHERE follow_up = 1;
CREATE INDEX listed_review ON listed (reader, team, review_on, name, episode) WHERE review_on <> '';
CREATE INDEX listed_chase ON listed (reader, team, chase_on, name, episode) WHERE chase_on <> '';
CREATE INDEX listed_awaited ON listed (reader, team, placed_on, name, episode) WHERE awaited = 1;

-- How many lines of a list there are of each kind: by the hour or day that they are of, where what day it is decides.
CREATE TABLE tally (
  reader BLOB NOT NULL, team INTEGER NOT NULL, what TEXT NOT NULL, at ANY NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (reader, team, what, at)
) STRICT, WITHOUT ROWID;

-- Concerns that no second person has answered, oldest first.
CREATE TABLE waiting (concern BLOB PRIMARY KEY, family BLOB NOT NULL, raised_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_family ON waiting (family);
CREATE INDEX waiting_raised ON waiting (raised_at, concern);
