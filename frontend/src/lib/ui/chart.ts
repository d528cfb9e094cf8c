/** The arithmetic of charts: scales, ticks and paths. Values are for drawing only; what is read out is text. */

export interface Point {
  x: number;
  y: number;
  /** What the table and the readout say; the formatted y where there is none. */
  text?: string;
}

export interface Series {
  label: string;
  points: Point[];
  /** Prices hold until the next step. */
  step?: boolean;
  /** 1 the answer, 2 what it is compared with, then 3 to 5. */
  tone?: 1 | 2 | 3 | 4 | 5;
  area?: boolean;
}

export const DASHES = ['', '', '5 4', '2 5', '10 4', '10 4 2 4'];

/** Round steps that cover the range with about `wanted` lines. */
export function ticks(low: number, high: number, wanted = 4): number[] {
  const range = high - low;
  if (!(range > 0)) return [low];
  const rough = range / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 10 * power;
  const list: number[] = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++)
    list.push(Number((n * step).toPrecision(12)));
  return list;
}

/** The range of the values, with room above; below too, unless it begins at zero. */
export function range(series: Series[], fromZero: boolean): [number, number] {
  const all = series.flatMap((one) => one.points.map((point) => point.y));
  if (all.length === 0) return [0, 1];
  const high = Math.max(...all);
  const low = fromZero ? Math.min(0, ...all) : Math.min(...all);
  if (high === low) return low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
  if (fromZero && low < 0) {
    // down to a round step, so that a figure stands at what is below zero
    const padded = high + (high - low) * 0.06;
    const lines = ticks(low, padded);
    const step = lines.length > 1 ? lines[1]! - lines[0]! : 0;
    return [step > 0 ? Number((Math.floor(low / step + 1e-9) * step).toPrecision(12)) : low, padded];
  }
  const room = fromZero ? 0 : (high - low) * 0.25; // a line on the axis looks like zero
  return [low < 0 ? low - room : Math.max(0, low - room), high + (high - low) * 0.06];
}

export function scale(from: [number, number], to: [number, number]): (value: number) => number {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

const px = (n: number) => String(Math.round(n * 10) / 10);

/** The path of a series, as steps or as a line. */
export function path(series: Series, x: (v: number) => number, y: (v: number) => number): string {
  return series.points
    .map((point, i) => {
      if (i === 0) return `M${px(x(point.x))} ${px(y(point.y))}`;
      return series.step ? `H${px(x(point.x))}V${px(y(point.y))}` : `L${px(x(point.x))} ${px(y(point.y))}`;
    })
    .join('');
}

/** Labels at the right end, moved apart where they would touch. */
export function spread(wanted: number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let n = 1; n < order.length; n++) order[n]!.y = Math.max(order[n]!.y, order[n - 1]!.y + gap);
  const over = (order.at(-1)?.y ?? 0) - high;
  if (over > 0) {
    order.at(-1)!.y -= over;
    for (let n = order.length - 2; n >= 0; n--) order[n]!.y = Math.min(order[n]!.y, order[n + 1]!.y - gap);
  }
  const out: number[] = [];
  for (const { y, i } of order) out[i] = Math.max(low, y);
  return out;
}
