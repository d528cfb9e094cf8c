/** What waits for the person in the organization that the window shows. */
import * as service from '$wailsjs/go/home/Window';
import type { home } from '$wailsjs/go/models';
import { call } from './call';

export type Waiting = home.LineView;

/** Most urgent first. */
export const waiting = () => call(service.Waiting);
