import type { Branding, Ground, Logo } from './api';

/** Which pictures a preview shows: what is set now, the draft as its files were brought, or the draft as it is. */
export type Stage = 'set' | 'before' | 'after';

export interface Shown {
  square: Logo | undefined;
  rectangular: Logo | undefined;
}

const find = (view: Branding, id: string) => view.logos.find((logo) => logo.id === id);

/** The two pictures of a stage; undefined is the initials, and no rectangular logo. */
export function shown(view: Branding, stage: Stage): Shown {
  const look = stage === 'set' ? view.set : view.draft;
  const pick = (id: string) => {
    const logo = find(view, id);
    return logo && stage === 'before' ? find(view, logo.originId) : logo;
  };
  return {
    square: look.square === 'logo' ? pick(look.squareId) : undefined,
    rectangular: pick(look.rectangularId),
  };
}

/** Is there a difference between before and after? */
export const isRepaired = (view: Branding) =>
  Object.values(shown(view, 'after')).some((logo) => logo !== undefined && logo.originId !== logo.id);

/** Where the window finds a picture at a height in pixels. */
export const source = (logo: Logo, height: number) => `/media/branding/${logo.id}/${height}`;

/** The colour that a place has in a theme, as far as Kontor knows or was told. */
export const groundOf = (view: Branding, theme: string, place: string): Ground =>
  view.grounds.find((one) => one.theme === theme && one.place === place)!;

/** The contrast of a logo with one ground of a preview. */
export const contrastOf = (logo: Logo, theme: string, place: string) =>
  logo.contrast.find((one) => one.theme === theme && one.place === place);
