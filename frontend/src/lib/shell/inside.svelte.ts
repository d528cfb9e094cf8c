/** The client that one is in. The frame shows it in colour, with the way back. */
export interface Inside {
  name: string;
  /** Where the way back leads. */
  back: string;
}

class Place {
  client = $state.raw<Inside>();
}

export const place = new Place();

/** Colours the frame for as long as the component lives. */
export function useInside(client: () => Inside | undefined): void {
  $effect(() => {
    place.client = client();
    return () => {
      place.client = undefined;
    };
  });
}
