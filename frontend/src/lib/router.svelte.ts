/** Hash routes: `#/partner/simulator?quantity=35`. The shell shows the area, the area's page reads the rest. */

import { unsaved } from './ui/unsaved.svelte';

export interface Route {
  area: string;
  path: string[];
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter(Boolean).map(decode);
  return { area: parts[0] ?? '', path: parts.slice(1), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray % is no reason to show nothing
  }
}

/** The address of a place: `href('partner', ['quotes', id], { tab: 'steps' })`. */
export function href(area: string, path: string[] = [], query: Record<string, string> = {}): string {
  const tail = new URLSearchParams(query).toString();
  return `#/${[area, ...path].map(encodeURIComponent).join('/')}${tail ? `?${tail}` : ''}`;
}

class Router {
  #address = location.hash;
  #route = $state.raw<Route>(parseRoute(location.hash));

  get route(): Route {
    return this.#route;
  }

  /** Goes there at once, or when the person says that what they typed on this page may go. */
  go(address: string): void {
    this.#move(address, () => (location.hash = address));
  }

  /** Another page would take the place of one that holds something; another filter or tab of the page does not. */
  #loses(address: string): boolean {
    const next = parseRoute(address);
    const same = next.area === this.#route.area && next.path.join('/') === this.#route.path.join('/');
    return !same && unsaved.any;
  }

  /** Changes the address without a new step in the history (filters, tabs). */
  replace(address: string): void {
    this.#move(address, () => history.replaceState(null, '', address));
  }

  /** Begins anew for another person, or in another organization: what was open before is not theirs. */
  begin(area = ''): void {
    history.replaceState(null, '', href(area));
    this.read();
  }

  #move(address: string, move: () => unknown): void {
    const now = () => {
      move();
      this.read();
    };
    if (!this.#loses(address)) return now();
    void unsaved.leave().then((go) => go && now());
  }

  read(): void {
    this.#address = location.hash;
    this.#route = parseRoute(location.hash);
  }

  /** The address was changed by the web view itself (back, forward): put back while the person is asked. */
  follow(): void {
    const wanted = location.hash;
    if (wanted === this.#address) return;
    if (!this.#loses(wanted)) return this.read();
    history.pushState(null, '', this.#address || '#/');
    this.go(wanted);
  }
}

export const router = new Router();

/**
 * Follows the address and keeps every click on a link inside the window. Only the shell of Linux refuses by itself to
 * be led elsewhere; on the others a dropped file or a stray link would replace the program.
 */
export function startRouter(): () => void {
  const follow = () => router.follow();
  const keep = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!link) return;
    const address = link.getAttribute('href') ?? '';
    event.preventDefault();
    if (address.startsWith('#')) router.go(address);
  };
  const refuse = (event: Event) => event.preventDefault();
  window.addEventListener('hashchange', follow);
  document.addEventListener('click', keep);
  document.addEventListener('auxclick', keep);
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
  return () => {
    window.removeEventListener('hashchange', follow);
    document.removeEventListener('click', keep);
    document.removeEventListener('auxclick', keep);
    window.removeEventListener('dragover', refuse);
    window.removeEventListener('drop', refuse);
  };
}
