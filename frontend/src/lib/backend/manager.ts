/** What was noted here and is to be done in the Manager of Infomaniak. */
import * as service from '$wailsjs/go/manager/Window';
import type { manager } from '$wailsjs/go/models';
import { call } from './call';

export type ManagerTask = manager.TaskView;
export type Outcome = 'open' | 'done' | 'dropped';

/** What is open, oldest first, then what was closed in the last seven days. */
export const tasks = () => call(service.Tasks);
export const settle = (id: string, outcome: Outcome) => call(() => service.Settle(id, outcome));
