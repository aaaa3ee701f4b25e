-- Which contacts and placements of these families have something that others
-- recorded after the reader's mark; one may come more than once. Which families
-- is said before. `domain::seen` says the same of one entry.
SELECT f.family, n.id AS entry FROM families f CROSS JOIN contact n
  WHERE n.family = f.family AND n.signed_at > f.until AND n.author <> :me
UNION ALL
SELECT f.family, n.contact FROM families f CROSS JOIN addendum n
  WHERE n.family = f.family AND n.at > f.until AND n.author <> :me
UNION ALL
SELECT f.family, n.contact FROM families f CROSS JOIN retraction n
  WHERE n.family = f.family AND n.at > f.until AND n.author <> :me
UNION ALL
SELECT f.family, concern.contact FROM families f CROSS JOIN concern_answer n JOIN concern ON concern.id = n.concern
  WHERE n.family = f.family AND n.at > f.until AND n.by <> :me
UNION ALL
SELECT f.family, n.id FROM families f CROSS JOIN placement n
  WHERE n.family = f.family AND n.at > f.until AND n.by <> :me
UNION ALL
SELECT f.family, n.placement FROM families f CROSS JOIN placement_confirmation n
  WHERE n.family = f.family AND n.at > f.until AND n.by <> :me
