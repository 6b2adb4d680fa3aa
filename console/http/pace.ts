/** How long to wait before asking again (ms): shortly while something moves. */
export const askAgain = (moving: boolean | undefined): number => (moving ? 1_000 : 15_000);
