-- How many contacts and placements of a family have something that others
-- recorded after the reader's mark. `domain::seen` says the same of one entry.
WITH mark (until) AS (SELECT coalesce((SELECT until FROM seen WHERE user = :me AND family = :family), -1))
SELECT count(*) FROM (
  SELECT id FROM contact, mark WHERE family = :family AND signed_at > until AND author <> :me
  UNION
  SELECT contact FROM addendum, mark WHERE family = :family AND at > until AND author <> :me
  UNION
  SELECT contact FROM retraction, mark WHERE family = :family AND at > until AND author <> :me
  UNION
  SELECT concern.contact FROM mark, concern_answer a JOIN concern ON concern.id = a.concern
    WHERE a.family = :family AND a.at > until AND a.by <> :me
  UNION
  SELECT id FROM placement, mark WHERE family = :family AND at > until AND by <> :me
  UNION
  SELECT placement FROM placement_confirmation, mark WHERE family = :family AND at > until AND by <> :me
)
