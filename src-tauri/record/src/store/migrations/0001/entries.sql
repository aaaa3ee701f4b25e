-- Marks on rows that were entered in error, and the order of what was recorded.
-- A row that is marked stays in its table, `..._row`; the view of the plain name
-- has those that stand.

CREATE TABLE entered_in_error_row (
  id BLOB PRIMARY KEY, family BLOB, row BLOB,
  reason TEXT NOT NULL DEFAULT '', author BLOB, at INTEGER
) STRICT;
CREATE INDEX entered_in_error_row_row ON entered_in_error_row (row);
-- A mark can itself be a mistake, and is then taken back by another.
CREATE VIEW entered_in_error AS SELECT * FROM entered_in_error_row AS r
  WHERE NOT EXISTS (SELECT 1 FROM entered_in_error_row AS e WHERE e.row = r.id);
CREATE TRIGGER entered_in_error_fixed BEFORE UPDATE ON entered_in_error_row BEGIN SELECT RAISE(ABORT, 'a mark of an error is never changed'); END;
CREATE TRIGGER entered_in_error_kept BEFORE DELETE ON entered_in_error_row BEGIN SELECT RAISE(ABORT, 'a mark of an error is never deleted'); END;

-- What people recorded in each family, in the order of the log, by the facts
-- of their declarations.
CREATE TABLE entry (
  family BLOB NOT NULL,
  arrived INTEGER NOT NULL,              -- the change that made the row here: the order in which entries came to this computer
  position BLOB NOT NULL,                -- clock of the log, computer, change: the order of the log, everywhere the same
  kind TEXT NOT NULL, row BLOB NOT NULL, -- the table and the row
  whole BLOB,                            -- the row that it is told with
  thing BLOB,                            -- the entry of the story that it is, or is told with; none if the story has it not
  author BLOB NOT NULL, person BLOB,     -- who recorded it, and of whom, if of one
  day TEXT NOT NULL, instant INTEGER,    -- the day it is of, and when on that day if that is known
  at INTEGER NOT NULL,                   -- when the computer of then said it was
  PRIMARY KEY (family, arrived)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entry_row ON entry (row);
-- Those that stand, without the marks on others.
CREATE VIEW standing_entry AS SELECT * FROM entry AS e
  WHERE kind <> 'entered_in_error' AND NOT EXISTS (SELECT 1 FROM entered_in_error AS m WHERE m.row IN (e.row, e.whole, e.thing));
