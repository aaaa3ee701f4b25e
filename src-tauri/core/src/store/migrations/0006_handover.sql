-- A step down names who receives the family; an ACE conversation that was not
-- offered is a record of its own.

ALTER TABLE placement ADD COLUMN receiving_service TEXT NOT NULL DEFAULT '';
ALTER TABLE placement ADD COLUMN accepted_by TEXT NOT NULL DEFAULT '';
ALTER TABLE ace_conversation ADD COLUMN not_offered INTEGER;
