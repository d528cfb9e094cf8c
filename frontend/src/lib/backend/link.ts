import { Open, SetNumber } from '$wailsjs/go/link/Window';
import { call } from './call';
import { toFault } from './fault';

/** Asks the person for a number of Infomaniak's, of a domain or ('') the organization; answers whether it was told. */
type Asking = (of: string) => Promise<boolean>;
let asking: Asking | undefined;

/** The shell says how the person is asked. */
export function askNumbersWith(ask: Asking): () => void {
  asking = ask;
  return () => (asking = undefined);
}

/**
 * Opens a page of Infomaniak in the browser, by the id of the link; the window never knows an address. Where a number
 * is missing the person is asked for it, and the refusal stands if it is not told.
 */
export async function openLink(id: string, params: Record<string, string> = {}): Promise<void> {
  try {
    await call(() => Open(id, params));
  } catch (thrown) {
    if (toFault(thrown).reason !== 'manager_number' || !(await asking?.(params.of ?? ''))) throw thrown;
    await call(() => Open(id, params));
  }
}

/** Keeps a number of Infomaniak's, read from an address of the Manager. */
export const setNumber = (of: string, address: string) => call(() => SetNumber(of, address));
