/** The clients that can be entered from the frame's menu of organizations. */
import { Doors } from '$wailsjs/go/app/ClientService';
import type { app } from '$wailsjs/go/models';
import { call } from './call';

export type Doors = app.ClientDoorsView;

/** The first few by name, and how many there are. */
export const doors = (most: number) => call(() => Doors(most));
