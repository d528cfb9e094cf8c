/** What waits for the person in the organization that the window shows. */
import * as home from '$wailsjs/go/app/HomeService';
import type { app } from '$wailsjs/go/models';
import { call } from './call';

export type Waiting = app.WaitingView;

/** Most urgent first. */
export const waiting = () => call(home.Waiting);
