/** A level from 1 to 7 for a value between the least and the most; stronger is more. */
export function heatLevel(value: number, least: number, most: number): number {
  if (!(most > least)) return 1;
  return Math.min(7, Math.max(1, 1 + Math.floor(((value - least) / (most - least)) * 7)));
}
