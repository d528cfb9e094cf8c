import { Get, Set } from '$wailsjs/go/settings/Window';
import { call } from './call';

/** What the person prefers, or the workspace while nobody is signed in. */
export const preferences = () => call(Get);

/** Keeps one preference and answers what all of them come to then. In a plain browser (gallery, tests) nobody could. */
export async function prefer(name: 'language' | 'region' | 'theme' | 'sidebar' | 'painted', value: string) {
  return 'go' in window ? call(() => Set(name, value)) : undefined;
}
