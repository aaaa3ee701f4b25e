-- The latest promise of a next visit that no later contact has met.
SELECT promise.next_visit
FROM contact promise
WHERE promise.episode = ?1
  AND promise.family = (SELECT family FROM episode WHERE id = ?1)
  AND promise.next_visit IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = promise.id)
  AND NOT EXISTS (
    SELECT 1 FROM contact met
    WHERE met.family = promise.family AND met.episode = promise.episode
      AND met.held_at > promise.held_at
      -- met on the day it was promised for, or later
      AND met.held_at >= promise.next_visit - 12 * 3600 * 1000
      AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.contact = met.id)
  )
ORDER BY promise.held_at DESC, promise.signed_at DESC
LIMIT 1;
