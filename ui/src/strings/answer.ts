/** What is said when the core gives no answer at all. */
export const noAnswer =
  "Attune could not finish this. What you typed is still here. Try again. If it happens again, close Attune and open it again.";
