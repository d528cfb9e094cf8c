/** What an area tells the shell about itself: the default export of areas/<area>/area.ts. */
import type { Component } from 'svelte';
import type { Act, Title } from './commands.svelte';
import type { Route } from './router.svelte';
import type { IconName } from './ui/icons';

export interface Area {
  /** The name of the Go package, the folder and the route. */
  name: (typeof ORDER)[number];
  icon: IconName;
  /** `g` and then this letter goes there. */
  key: string;
  /** The area in whose rooms this one is: it has no entry of its own in the sidebar, see shell/Rooms. */
  within?: string;
  /** What the room is called among the others of its area, where that is not the title. */
  room?: () => string;
  /** Further rooms of its own, by the first part of their path. */
  rooms?: { path: string; title: () => string }[];
  /** Called at each render, so that it follows the language. */
  title: Title;
  /** A page may do without the route. */
  page: () => Promise<{ default: Component<{ route: Route }> | Component<Record<string, never>> }>;
  /** Whoever has none of these capabilities does not see the area. Go decides; this only hides. */
  capabilities?: string[];
  /** What Home shows of the area, below what waits; nothing while there is nothing to show. */
  atHome?: () => Promise<{ default: Component<Record<string, never>> }>;
  /** What it adds to pages of other areas, by the name of the place: see lib/shell/Parts. */
  parts?: Record<string, () => Promise<{ default: Component<Record<string, never>> }>>;
  /** Other words under which people look for the area. */
  words?: Title;
  /** What can be done in the area, known everywhere: its pages say how with useActs. */
  acts?: Act[];
}

/** The areas in the order of the sidebar: the one list that a new one goes into. */
export const ORDER = [
  'home',
  'expiry',
  'profile',
  'organization',
  'payment',
  'branding',
  'session',
  'activity',
  'partner',
  'quote',
  'sale',
  'client',
  'transfer',
  'mirror',
  'settings',
] as const;
