-- The families that a user is allocated to: in the open episode of the family,
-- or else in its latest, as in episodes.rs. The user is bound three times, so
-- that each way to be allocated is looked up by its own index.
SELECT mine.family FROM episode mine
WHERE (mine.key_worker = ? OR mine.therapist = ? OR mine.partner_worker = ?)
  AND mine.id = (SELECT latest.id FROM episode latest WHERE latest.family = mine.family
                 ORDER BY latest.closed_on <> '', latest.opened_on DESC, latest.id DESC LIMIT 1)
