/** What stands in the top bar behind the area's name. A page deeper than its area says where it is. */
export interface Crumb {
  title: string;
  href?: string;
}

class Crumbs {
  list = $state.raw<Crumb[]>([]);
}

export const crumbs = new Crumbs();

/** Sets the crumbs for as long as the component lives: `useCrumbs(() => [{ title: quote.name }])`. */
export function useCrumbs(list: () => Crumb[]): void {
  $effect(() => {
    crumbs.list = list();
    return () => {
      crumbs.list = [];
    };
  });
}
