-- What lists tell of a family's open episode. `name` is folded by the core.
WITH told (at, by) AS MATERIALIZED (
  SELECT signed_at, author FROM contact WHERE family = :family
  UNION ALL SELECT at, author FROM addendum WHERE family = :family
  UNION ALL SELECT at, author FROM retraction WHERE family = :family
  UNION ALL SELECT at, by FROM concern_answer WHERE family = :family
  UNION ALL SELECT at, by FROM placement WHERE family = :family
  UNION ALL SELECT at, by FROM placement_confirmation WHERE family = :family
), latest (at, by) AS MATERIALIZED (SELECT at, by FROM told ORDER BY at DESC, by LIMIT 1)
INSERT INTO caseload
SELECT e.id, e.family, e.key_worker, e.therapist, e.partner_worker, :name,
  coalesce((SELECT max(iif(born_on <> '', born_on, due_on)) FROM person WHERE family = e.family AND role = 'infant'), ''),
  EXISTS (SELECT 1 FROM person WHERE family = e.family AND role = 'infant' AND born_on = ''),
  e.opened_on,
  (SELECT count(*) FROM flag WHERE family = e.family AND ended_on = ''),
  (SELECT count(*) FROM concern c WHERE c.family = e.family
     AND NOT EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = c.id)),
  last.held_at, coalesce(last.kind, ''), coalesce(last.outcome, ''),
  -- When the family was last met.
  (SELECT v.held_at FROM contact v WHERE v.family = e.family AND v.episode = e.id AND v.outcome IN ('attended', 'part_attended')
     AND v.kind IN ('home_visit', 'clinic', 'community', 'joint_visit', 'hospital', 'group', 'video')
     AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = v.id) ORDER BY v.held_at DESC LIMIT 1),
  -- The latest promise of a next visit that no later contact has met: on the day it was promised for, or later.
  (SELECT p.next_visit FROM contact p WHERE p.family = e.family AND p.episode = e.id AND p.next_visit IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = p.id)
     AND NOT EXISTS (SELECT 1 FROM contact m WHERE m.family = p.family AND m.episode = p.episode AND m.held_at > p.held_at
       AND m.held_at >= p.next_visit - 12 * 3600 * 1000
       AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = m.id))
     ORDER BY p.held_at DESC, p.signed_at DESC LIMIT 1),
  placed.step,
  coalesce(placed.second_needed, 0) AND NOT EXISTS (SELECT 1 FROM placement_confirmation k WHERE k.placement = placed.id),
  placed.by, coalesce(placed.from_date, ''), coalesce(placed.review_on, ''),
  (SELECT at FROM latest), (SELECT by FROM latest),
  (SELECT max(at) FROM told WHERE by <> (SELECT by FROM latest))
FROM episode e
LEFT JOIN contact last ON last.id = (
  SELECT c.id FROM contact c WHERE c.family = e.family AND c.episode = e.id
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = c.id)
  ORDER BY c.held_at DESC, c.signed_at DESC LIMIT 1)
LEFT JOIN placement placed ON placed.id = (SELECT q.id FROM placement q WHERE q.family = e.family ORDER BY q.at DESC, q.rowid DESC LIMIT 1)
WHERE e.family = :family AND e.closed_on = ''
