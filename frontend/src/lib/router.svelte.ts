/** Hash routes: `#/partner/simulator?quantity=35`. The shell shows the area, the area's page reads the rest. */

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
  #route = $state.raw<Route>(parseRoute(location.hash));

  get route(): Route {
    return this.#route;
  }

  go(address: string): void {
    location.hash = address;
    this.read();
  }

  /** Changes the address without a new step in the history (filters, tabs). */
  replace(address: string): void {
    history.replaceState(null, '', address);
    this.read();
  }

  read(): void {
    this.#route = parseRoute(location.hash);
  }
}

export const router = new Router();

/**
 * Follows the address and keeps every click on a link inside the window. Only the shell of Linux refuses by itself to
 * be led elsewhere; on the others a dropped file or a stray link would replace the program.
 */
export function startRouter(): () => void {
  const follow = () => router.read();
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
