/** The connection to Infomaniak, as the frame and the pages of several areas ask for it. */
import { Opened, State } from '$wailsjs/go/mirror/Window';
import type { mirror } from '$wailsjs/go/models';
import { call } from './call';

declare module './events' {
  interface Events {
    /** Something of the connection, or of what was read, has changed. */
    'mirror:changed': null;
    /** Something of the edits has changed. */
    'mirror:edits': null;
  }
}

export type ConnectionState = mirror.StateView;

export const connectionState = () => call(State);
/** A page shows an area: what is too old is read, if there is a connection at all. */
export const areaOpened = (area: string, account = '') => call(() => Opened(area, account));
