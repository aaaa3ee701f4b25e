-- Room for what this version keeps besides: see CHANGELOG.md.

-- Unfinished forms of every kind, as notes have had them: what a row is about is an episode, a family, or for forms of
-- the team nothing (sixteen zeros). The act it will become takes it away.
ALTER TABLE draft RENAME COLUMN episode TO about;
ALTER TABLE draft ADD COLUMN act BLOB;
CREATE INDEX draft_act ON draft (author, act) WHERE act IS NOT NULL;
