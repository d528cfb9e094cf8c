import { Zoom } from '$wailsjs/go/app/SystemService';
import { Get, Set } from '$wailsjs/go/settings/Window';
import { call } from './call';

/** What the person prefers, or the workspace while nobody is signed in. */
export const preferences = () => call(Get);

/** Keeps one preference and answers what all of them come to then. In a plain browser (gallery, tests) nobody could. */
export async function prefer(name: 'language' | 'region' | 'theme' | 'sidebar' | 'zoom' | 'painted', value: string) {
  return 'go' in window ? call(() => Set(name, value)) : undefined;
}

/** Shows the window's contents at so many per cent; false where the page has to do it itself. */
export const zoomWindow = async (percent: number) => 'go' in window && (await call(() => Zoom(percent)));
