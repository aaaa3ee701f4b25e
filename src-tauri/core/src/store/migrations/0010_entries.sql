-- What people recorded in each family, in the order of the log: computed from the log and the declarations of the records.
CREATE TABLE entry (
  family BLOB NOT NULL,
  arrived INTEGER NOT NULL,              -- the change that made the row here: the order in which entries came to this computer
  position BLOB NOT NULL,                -- clock of the log, computer, change: the order of the log, everywhere the same
  kind TEXT NOT NULL, row BLOB NOT NULL, -- the table and the row
  thing BLOB,                            -- the entry of the story that it is, or is told with; none if the story has it not
  author BLOB NOT NULL,
  at INTEGER NOT NULL,                   -- when the computer of then said it was
  PRIMARY KEY (family, arrived)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entry_row ON entry (row);

-- New is what arrived after the reader looked, not what was written after it.
UPDATE seen SET until = coalesce((SELECT max(oid) FROM operation WHERE wall_ms <= until), 0) << 12 | 4095;
ALTER TABLE caseload RENAME COLUMN told_at TO told;
ALTER TABLE listed RENAME COLUMN told_at TO told;
DROP INDEX contact_signed;
DROP INDEX addendum_family;
DROP INDEX retraction_family;
DROP INDEX concern_answer_family;
DROP INDEX placement_confirmation_family;
