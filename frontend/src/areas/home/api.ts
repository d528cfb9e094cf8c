import { Waiting } from '$wailsjs/go/app/HomeService';
import type { app } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Line = app.WaitingView;

/** What waits for the person, most urgent first. */
export const waiting = () => call(Waiting);
