-- The lines of lists that the caseload makes. Whose caseload rows is said in place of the word in braces.
SELECT r.reader, r.team, c.episode, c.family, c.name, coalesce(c.next_visit, 9223372036854775807) AS next_visit, c.last_held,
  -- Of a family in which no infant is left, nobody asks since when none was seen.
  c.youngest, iif(c.bereaved, '', c.opened_on) AS opened_on, iif(c.bereaved, NULL, c.last_met) AS last_met, c.flags > 0 AS flagged, c.unborn, c.no_worker, r.news,
  iif(r.team OR NOT r.news, NULL, c.told) AS told,
  NOT r.team AND c.follow_up IS NOT NULL AS follow_up,
  iif(r.team, '', c.review_on) AS review_on,
  coalesce(r.team AND c.awaited AND c.placed_by <> r.reader, 0) AS awaited,
  iif(r.team, c.placed_on, '') AS placed_on,
  iif(r.team, c.chase_on, '') AS chase_on
FROM (
  SELECT c.episode, l.reader, l.team,
    -- What others record is not all shared with a partner worker, so nothing is counted as new.
    l.role <> 'partner_worker' AND EXISTS ({new}) AS news
  FROM (
    SELECT c.episode, u.id AS reader, u.role, 0 AS team FROM caseload c CROSS JOIN user u
      WHERE u.id IN (c.key_worker, c.therapist, c.partner_worker) AND {families}
    UNION ALL SELECT c.episode, u.id, u.role, 1 FROM caseload c CROSS JOIN user u WHERE u.role IN ({openers}) AND {families}
  ) l CROSS JOIN caseload c ON c.episode = l.episode
) r CROSS JOIN caseload c ON c.episode = r.episode
