const number = (count: number) => count.toLocaleString("en-GB");

/** A list that has more than it shows. */
export const list = {
  more: (count: number) => `Show ${number(count)} more`,
  left: (count: number) => (count === 1 ? "1 is not shown" : `${number(count)} are not shown`),
  keys: { more: "past the last row: show more" },
};
