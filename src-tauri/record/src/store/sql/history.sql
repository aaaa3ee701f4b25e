-- A page of what was done and seen in a scope (?1; ?2 says that it is the team's), newest first, and how many lines there are in all.
-- reached: the latest time that the log had come to; a clock that was set back does not reorder it.
-- CROSS JOIN begins with the scope, so that neither log is gone through for what is not of it. Only the lines of the page are told.
WITH looked (aid, wall_ms) AS (
  SELECT aid, wall_ms FROM access WHERE family = (SELECT iid FROM identity WHERE id = ?1)
  UNION ALL SELECT aid, wall_ms FROM access WHERE ?2 AND family IS NULL
  UNION ALL SELECT aid, wall_ms FROM access WHERE ?2 AND denied AND family IS NOT NULL
), line (oid, aid, reached) AS MATERIALIZED (
  SELECT o.oid, NULL, max(o.wall_ms) OVER (ORDER BY o.oid)
  FROM scope CROSS JOIN device CROSS JOIN stream ON stream.did = device.did AND stream.scid = scope.scid
  CROSS JOIN operation o ON o.sid = stream.sid
  WHERE scope.scope_id = ?1
  UNION ALL
  SELECT NULL, aid, max(wall_ms) OVER (ORDER BY aid) FROM looked
), page AS MATERIALIZED (
  SELECT * FROM line ORDER BY reached DESC, oid DESC, aid DESC LIMIT ?3 OFFSET ?4
)
SELECT (SELECT count(*) FROM line) AS total, page.oid, coalesce(o.wall_ms, a.wall_ms) AS wall_ms, coalesce(o.sid, a.sid) AS sid,
  coalesce(o.seq, a.seq) AS seq, actor.id AS actor, word.word, o.reason, family.id AS family, coalesce(a.denied, 0) AS denied
FROM page LEFT JOIN operation o ON o.oid = page.oid LEFT JOIN access a ON a.aid = page.aid
JOIN identity actor ON actor.iid = coalesce(o.actor, a.actor) JOIN word ON word.wid = coalesce(o.op, a.view)
LEFT JOIN identity family ON family.iid = a.family
ORDER BY page.reached DESC, page.oid DESC, page.aid DESC
