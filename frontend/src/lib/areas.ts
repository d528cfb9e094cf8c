/**
 * The areas that there are. They stand apart from area.ts, which the areas themselves import: in one module they would
 * be evaluated before the constants that they use.
 */
import { ORDER, type Area } from './area';

const found = import.meta.glob<Area>('../areas/*/area.ts', { eager: true, import: 'default' });

/** Every area that exists, in order. */
export const areas: Area[] = Object.values(found).sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
