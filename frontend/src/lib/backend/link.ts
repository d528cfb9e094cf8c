import { Open } from '$wailsjs/go/link/Window';
import { call } from './call';

/** Opens a page of Infomaniak in the browser, by the id of the link; the window never knows an address. */
export const openLink = (id: string, params: Record<string, string> = {}) => call(() => Open(id, params));
