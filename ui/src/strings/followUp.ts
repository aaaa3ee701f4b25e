/** Words of a follow-up: somebody asks after an infant whom nobody saw. */
export const followUp = {
  title: "To follow up",
  end: "Close the follow-up",
  closed: "Follow-up closed",
  text: "It ends once each infant of the family has been seen. Close it only if nobody needs to follow this up any more.",
  known: "What is known of the baby today",
  knownHint: "And from whom. For example: seen yesterday by the health visitor, feeding well",
  tried: "What was tried",
  triedHint: "For example: two calls and a card through the door",
  reason: "Why it is closed",
  save: "Close the follow-up",
  cancel: "Cancel",
  saved: "Follow-up closed. Saved on this laptop.",
};
