import sprite from '../design/icons.svg?raw';

/** Puts the icon sprite into the page once; `<use>` does not load a file in every web view. */
export function plantSprite(into: Document): void {
  const svg = new DOMParser().parseFromString(sprite, 'image/svg+xml').documentElement;
  svg.setAttribute('class', 'sprite');
  svg.setAttribute('aria-hidden', 'true');
  into.body.prepend(into.importNode(svg, true));
}
