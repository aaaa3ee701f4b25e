-- Whose families: an index for each way to be allocated, so that a worker's
-- caseload and search read the worker's own families and no others.

DROP INDEX episode_key_worker;
CREATE INDEX episode_key_worker ON episode (key_worker);
CREATE INDEX episode_therapist ON episode (therapist);
CREATE INDEX episode_partner_worker ON episode (partner_worker);

CREATE TRIGGER incarnation_fixed BEFORE UPDATE ON incarnation BEGIN SELECT RAISE(ABORT, 'an incarnation is never changed'); END;
CREATE TRIGGER incarnation_kept BEFORE DELETE ON incarnation BEGIN SELECT RAISE(ABORT, 'an incarnation is never deleted'); END;
