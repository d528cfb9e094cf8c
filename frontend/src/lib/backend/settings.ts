import { Get, Set } from '$wailsjs/go/settings/Window';
import { call } from './call';

/** What the person prefers, or the workspace while nobody is signed in. */
export const preferences = () => call(Get);

/** Keeps one preference. In a plain browser (gallery, tests) nobody could. */
export async function prefer(name: 'language' | 'theme' | 'sidebar' | 'painted', value: string): Promise<void> {
  if ('go' in window) await call(() => Set(name, value));
}
