/** Where a picker of pixels has gone, within the picture. */
export const moved = (
  at: { x: number; y: number },
  right: number,
  down: number,
  within: { width: number; height: number },
) => ({
  x: Math.min(within.width - 1, Math.max(0, Math.floor(at.x + right))),
  y: Math.min(within.height - 1, Math.max(0, Math.floor(at.y + down))),
});

/** A pixel as #rrggbb; what is transparent counts as it stands on white. */
export const pixelAt = ([red = 0, green = 0, blue = 0, alpha = 255]: ArrayLike<number> & Iterable<number>) =>
  '#' +
  [red, green, blue]
    .map((value) => Math.round((value * alpha + 255 * (255 - alpha)) / 255))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('');
