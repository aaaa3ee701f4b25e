-- reached: the latest time that the log had come to; a clock that was set back does not reorder it.
SELECT o.wall_ms, max(o.wall_ms) OVER (ORDER BY o.oid) AS reached, o.oid, NULL AS aid,
  o.sid, o.seq, actor.id AS actor, word.word, o.reason, NULL AS family, 0 AS denied
FROM operation o JOIN stream USING (sid) JOIN scope USING (scid)
JOIN identity actor ON actor.iid = o.actor JOIN word ON word.wid = o.op
WHERE scope.scope_id = ?1
UNION ALL
SELECT a.wall_ms, max(a.wall_ms) OVER (ORDER BY a.aid), NULL, a.aid,
  a.sid, a.seq, actor.id, word.word, NULL, family.id, a.denied
FROM access a JOIN identity actor ON actor.iid = a.actor JOIN word ON word.wid = a.view
LEFT JOIN identity family ON family.iid = a.family
WHERE (family.id = ?1) OR (?2 AND (a.family IS NULL OR a.denied))
