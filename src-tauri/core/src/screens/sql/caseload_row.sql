-- What lists tell of a family's open episode. `name` is folded by the core, and what its contacts come to is told by `visits`.
INSERT INTO caseload
SELECT e.id, e.family, e.key_worker, e.therapist, e.partner_worker, :name,
  coalesce((SELECT max(iif(born_on <> '', born_on, due_on)) FROM person WHERE family = e.family AND role = 'infant'), ''),
  EXISTS (SELECT 1 FROM person WHERE family = e.family AND role = 'infant' AND born_on = '' AND loss = ''),
  e.opened_on,
  (SELECT count(*) FROM flag WHERE family = e.family AND ended_on = ''),
  (SELECT count(*) FROM concern_row c WHERE c.family = e.family
     AND NOT EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = c.id)),
  last.held_at, coalesce(last.kind, ''), coalesce(last.outcome, ''),
  :last_met, :next_visit,
  stands.step, iif(:bereaved, '', coalesce(stands.review_on, '')),
  coalesce(placed.second_needed, 0) AND NOT EXISTS (SELECT 1 FROM placement_confirmation k WHERE k.placement = placed.id),
  placed.step, placed.by, coalesce(placed.from_date, ''),
  (SELECT max(arrived) FROM standing_entry WHERE family = e.family AND thing IS NOT NULL),
  :bereaved, :seen, :follow_up, NOT EXISTS (SELECT 1 FROM user u WHERE u.id = e.key_worker AND u.active),
  coalesce(iif(NOT EXISTS (SELECT 1 FROM user u WHERE u.id = e.key_worker AND u.active), :asked_on, :overdue_on), '')
FROM episode e
LEFT JOIN contact_row last ON last.id = :last
-- The last in the order of the log, whatever the clocks said; and the last that is not proposed only, which stands.
LEFT JOIN placement_row placed ON placed.id = (
  SELECT row FROM standing_entry WHERE family = e.family AND kind = 'placement' ORDER BY position DESC LIMIT 1)
LEFT JOIN placement_row stands ON stands.id = (
  SELECT s.row FROM standing_entry s CROSS JOIN placement_row p ON p.id = s.row WHERE s.family = e.family AND s.kind = 'placement'
    AND (p.proposed IS NOT 1 OR EXISTS (SELECT 1 FROM placement_confirmation k WHERE k.placement = p.id))
  ORDER BY s.position DESC LIMIT 1)
WHERE e.id = :episode
-- Who works with the family stands as it was, so that no index is written again.
ON CONFLICT (episode) DO UPDATE SET
  name = excluded.name, youngest = excluded.youngest, unborn = excluded.unborn, opened_on = excluded.opened_on,
  flags = excluded.flags, concerns = excluded.concerns,
  last_held = excluded.last_held, last_kind = excluded.last_kind, last_outcome = excluded.last_outcome,
  last_met = excluded.last_met, next_visit = excluded.next_visit,
  step = excluded.step, review_on = excluded.review_on,
  awaited = excluded.awaited, placed_step = excluded.placed_step, placed_by = excluded.placed_by, placed_on = excluded.placed_on,
  told = excluded.told, bereaved = excluded.bereaved, seen = excluded.seen, follow_up = excluded.follow_up, no_worker = excluded.no_worker, chase_on = excluded.chase_on
