/** The clients whose dashboards can be opened from the frame's menu of organizations. */
import { Shortlist } from '$wailsjs/go/client/Window';
import type { client } from '$wailsjs/go/models';
import { call } from './call';

export type Shortlist = client.ShortlistView;

/** The first few by name, and how many there are. */
export const shortlist = (most: number) => call(() => Shortlist(most));
