-- Open episodes with what a caseload row tells; whose they are is added at the
-- end.
SELECT e.id AS episode, e.family, e.opened_on, e.key_worker,
       f.flags_checked_on,
       last.held_at AS last_held, last.kind AS last_kind, last.outcome AS last_outcome,
       (SELECT max(v.held_at) FROM contact v WHERE v.family = e.family AND v.episode = e.id AND v.outcome IN ('attended', 'part_attended')
          AND v.kind IN ('home_visit', 'clinic', 'community', 'joint_visit', 'hospital', 'group', 'video')
          AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = v.id)) AS last_met,
       EXISTS (SELECT 1 FROM draft d WHERE d.about = e.id AND d.form = 'contact' AND d.author = :me) AS has_draft,
       EXISTS (SELECT 1 FROM concern c WHERE c.family = e.family
          AND NOT EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = c.id)) AS open_concern,
       p.step, coalesce(p.review_on, '') AS review_on,
       coalesce(p.second_needed, 0) AND NOT EXISTS (SELECT 1 FROM placement_confirmation pc WHERE pc.placement = p.id) AS awaited
FROM episode e
JOIN family f ON f.id = e.family
LEFT JOIN contact last ON last.id = (
  SELECT c.id FROM contact c WHERE c.family = e.family AND c.episode = e.id
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = c.id)
  ORDER BY c.held_at DESC, c.signed_at DESC LIMIT 1)
LEFT JOIN placement p ON p.id = (SELECT q.id FROM placement q WHERE q.family = e.family ORDER BY q.at DESC, q.rowid DESC LIMIT 1)
WHERE e.closed_on = ''
