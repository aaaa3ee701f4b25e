-- What lists tell of a family's open episode. `name` is folded by the core.
-- Of each kind of entry the latest is read off its index, and not every entry there ever was.
WITH latest (at, by) AS MATERIALIZED (
  SELECT at, by FROM (
    SELECT * FROM (SELECT signed_at AS at, author AS by FROM contact WHERE family = :family ORDER BY signed_at DESC, author LIMIT 1)
    UNION ALL SELECT * FROM (SELECT at, author FROM addendum WHERE family = :family ORDER BY at DESC, author LIMIT 1)
    UNION ALL SELECT * FROM (SELECT at, author FROM retraction WHERE family = :family ORDER BY at DESC, author LIMIT 1)
    UNION ALL SELECT * FROM (SELECT at, by FROM concern_answer WHERE family = :family ORDER BY at DESC, by LIMIT 1)
    UNION ALL SELECT * FROM (SELECT at, by FROM placement WHERE family = :family ORDER BY at DESC, by LIMIT 1)
    UNION ALL SELECT * FROM (SELECT at, by FROM placement_confirmation WHERE family = :family ORDER BY at DESC, by LIMIT 1)
  ) ORDER BY at DESC, by LIMIT 1
), before (at) AS MATERIALIZED (
  SELECT max(at) FROM (
    SELECT * FROM (SELECT signed_at AS at FROM contact, latest WHERE family = :family AND author <> latest.by ORDER BY signed_at DESC LIMIT 1)
    UNION ALL SELECT * FROM (SELECT o.at FROM addendum o, latest WHERE family = :family AND author <> latest.by ORDER BY o.at DESC LIMIT 1)
    UNION ALL SELECT * FROM (SELECT o.at FROM retraction o, latest WHERE family = :family AND author <> latest.by ORDER BY o.at DESC LIMIT 1)
    UNION ALL SELECT * FROM (SELECT o.at FROM concern_answer o, latest WHERE family = :family AND o.by <> latest.by ORDER BY o.at DESC LIMIT 1)
    UNION ALL SELECT * FROM (SELECT o.at FROM placement o, latest WHERE family = :family AND o.by <> latest.by ORDER BY o.at DESC LIMIT 1)
    UNION ALL
    SELECT * FROM (SELECT o.at FROM placement_confirmation o, latest WHERE family = :family AND o.by <> latest.by ORDER BY o.at DESC LIMIT 1)
  )
)
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
  (SELECT at FROM before)
FROM episode e
LEFT JOIN contact last ON last.id = (
  SELECT c.id FROM contact c WHERE c.family = e.family AND c.episode = e.id
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = c.id)
  ORDER BY c.held_at DESC, c.signed_at DESC LIMIT 1)
LEFT JOIN placement placed ON placed.id = (SELECT q.id FROM placement q WHERE q.family = e.family ORDER BY q.at DESC, q.rowid DESC LIMIT 1)
WHERE e.family = :family AND e.closed_on = ''
-- Who works with the family stands as it was, so that no index is written again.
ON CONFLICT (episode) DO UPDATE SET
  name = excluded.name, youngest = excluded.youngest, unborn = excluded.unborn, opened_on = excluded.opened_on,
  flags = excluded.flags, concerns = excluded.concerns,
  last_held = excluded.last_held, last_kind = excluded.last_kind, last_outcome = excluded.last_outcome,
  last_met = excluded.last_met, next_visit = excluded.next_visit,
  step = excluded.step, awaited = excluded.awaited, placed_by = excluded.placed_by, placed_on = excluded.placed_on,
  review_on = excluded.review_on,
  told_at = excluded.told_at, told_by = excluded.told_by, told_before = excluded.told_before
