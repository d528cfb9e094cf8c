/** What the organization shows of itself in the frame: its square logo or initials, its rectangular logo or name. */
import { Shown } from '$wailsjs/go/branding/Window';
import type { branding } from '$wailsjs/go/models';
import { call } from './call';

declare module './events' {
  interface Events {
    /** What the organization shows has changed. */
    branding: null;
  }
}

export type ShownLogos = branding.ShownView;

/** Ids of the pictures that are set; "" is the initials, and no rectangular logo. */
export const shownLogos = () => call(Shown);
