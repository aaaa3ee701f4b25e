-- What lists tell of a family's open episode, after `doubted`. `name` is folded by the core.
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
   ORDER BY v.id IN (SELECT contact FROM doubted), v.held_at DESC LIMIT 1),
  -- The latest promise of a next visit that nothing later has met: a visit on the day it was promised for, or any contact
  -- after its time. A call before it is not the visit.
  (SELECT p.next_visit FROM contact p WHERE p.family = e.family AND p.episode = e.id AND p.next_visit IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM contact m WHERE m.family = p.family AND m.episode = p.episode AND m.held_at > p.held_at
       AND m.id NOT IN (SELECT contact FROM doubted)
       AND m.held_at >= p.next_visit
         - iif(m.kind IN ('home_visit', 'clinic', 'community', 'joint_visit', 'hospital', 'group', 'video'), 12 * 3600 * 1000, 0))
     ORDER BY p.id IN (SELECT contact FROM doubted), p.held_at DESC, (SELECT position FROM entry WHERE row = p.id) DESC LIMIT 1),
  placed.step,
  coalesce(placed.second_needed, 0) AND NOT EXISTS (SELECT 1 FROM placement_confirmation k WHERE k.placement = placed.id),
  placed.by, coalesce(placed.from_date, ''), coalesce(placed.review_on, ''),
  (SELECT max(arrived) FROM standing_entry WHERE family = e.family AND thing IS NOT NULL)
FROM episode e
LEFT JOIN contact_row last ON last.id = (
  SELECT c.id FROM contact c WHERE c.family = e.family AND c.episode = e.id
  ORDER BY c.id IN (SELECT contact FROM doubted), c.held_at DESC, (SELECT position FROM entry WHERE row = c.id) DESC LIMIT 1)
-- What stands is the last in the order of the log, whatever the clocks said.
LEFT JOIN placement_row placed ON placed.id = (
  SELECT row FROM standing_entry WHERE family = e.family AND kind = 'placement' ORDER BY position DESC LIMIT 1)
WHERE e.family = :family AND e.closed_on = ''
-- Who works with the family stands as it was, so that no index is written again.
ON CONFLICT (episode) DO UPDATE SET
  name = excluded.name, youngest = excluded.youngest, unborn = excluded.unborn, opened_on = excluded.opened_on,
  flags = excluded.flags, concerns = excluded.concerns,
  last_held = excluded.last_held, last_kind = excluded.last_kind, last_outcome = excluded.last_outcome,
  last_met = excluded.last_met, next_visit = excluded.next_visit,
  step = excluded.step, awaited = excluded.awaited, placed_by = excluded.placed_by, placed_on = excluded.placed_on,
  review_on = excluded.review_on, told = excluded.told
