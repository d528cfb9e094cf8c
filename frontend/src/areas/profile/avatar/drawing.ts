/** The draft on a canvas, turned clockwise. */
export function drawn(image: HTMLImageElement, degrees: number): HTMLCanvasElement {
  const { naturalWidth: w, naturalHeight: h } = image;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = degrees % 180 === 0 ? [w, h] : [h, w];
  const on = canvas.getContext('2d');
  if (!on) return canvas;
  on.translate(canvas.width / 2, canvas.height / 2);
  on.rotate((degrees * Math.PI) / 180);
  on.drawImage(image, -w / 2, -h / 2);
  return canvas;
}

/** A part of a canvas, scaled to fill another. */
export function fill(
  to: HTMLCanvasElement,
  from: HTMLCanvasElement,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const on = to.getContext('2d');
  if (!on) return;
  on.imageSmoothingQuality = 'high';
  on.clearRect(0, 0, to.width, to.height);
  on.drawImage(from, x, y, width, height, 0, 0, to.width, to.height);
}
