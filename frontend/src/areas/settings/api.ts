import { State } from '$wailsjs/go/app/SystemService';
import { call } from '$lib/backend';

/** Version of the program and where its workspace lies. */
export const about = () => call(State);
