-- Contacts of a family that are dated after something that was recorded later: a clock was wrong. They say what stands
-- (the last contact, the next visit, the plan) only where nothing else does.
WITH doubted (contact) AS MATERIALIZED (
  SELECT c.id FROM (
    SELECT row, kind, min(at) OVER (ORDER BY position DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later
    FROM standing_entry WHERE family = :family
  ) e CROSS JOIN contact c ON c.id = e.row
  WHERE e.kind = 'contact' AND c.held_at > e.later + 10 * 60 * 1000
)
