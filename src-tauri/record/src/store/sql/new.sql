-- What others recorded of the story of :family since :me marked it as seen. What was entered in error is not new; that it
-- was entered in error is new to those who had seen it.
SELECT e.thing, e.kind FROM entry e
WHERE e.family = :family AND e.thing IS NOT NULL AND e.author <> :me
  AND e.arrived > coalesce((SELECT until FROM seen WHERE user = :me AND family = :family), 0)
  AND NOT EXISTS (SELECT 1 FROM entered_in_error m WHERE m.row = e.row)
  AND iif(e.kind = 'entered_in_error',
    (SELECT marked.arrived FROM entry marked WHERE marked.row = e.whole)
      <= coalesce((SELECT until FROM seen WHERE user = :me AND family = :family), 0),
    NOT EXISTS (SELECT 1 FROM entered_in_error m WHERE m.row IN (e.whole, e.thing)))
