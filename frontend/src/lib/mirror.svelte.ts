/** How the connection to Infomaniak does: the frame shows it, and pages show what was read only where there is something. */
import { on } from './backend/events';
import type { Stand } from './ui/authority';
import { areaOpened, connectionState, type ConnectionState } from './backend/mirror';

/** Who the person is at Infomaniak, as read; "" where it was not told, or is on its way to be changed. */
export interface PersonThere {
  firstName: string;
  lastName: string;
  timeZone: string;
  country: string;
}

class Connection {
  /** Set by the part of the profile's page that shows it; undefined elsewhere. */
  person = $state.raw<PersonThere>();
  #state = $state.raw<ConnectionState>();

  /** Undefined until it was asked, and where it cannot be. */
  get state(): ConnectionState | undefined {
    return this.#state;
  }

  /** Connected, or disconnected with a copy kept: there is something to show. */
  get here(): boolean {
    return this.#state?.here ?? false;
  }

  /** Connected: something can be asked for, or sent. */
  get connected(): boolean {
    return this.#state?.connected ?? false;
  }

  /** Who decides, and how old the last complete reading is. */
  get stand(): Stand {
    const state = this.#state;
    if (!state?.here) return { kind: 'local' };
    if (state.frozen) return { kind: 'frozen', since: state.frozenAt };
    if (state.state === 'paused') return { kind: 'paused', since: '' };
    if (!state.lastCompleteAt) return { kind: 'waiting', since: '' };
    const stale = state.state === 'waiting' && state.reason === 'offline';
    return { kind: stale ? 'stale' : 'synced', since: state.lastCompleteAt };
  }

  set(state: ConnectionState): void {
    this.#state = state;
  }

  /** Asks anew. Without an answer there is nothing to show: everything is as it is without a connection. */
  async ask(): Promise<void> {
    this.#state = await connectionState().catch(() => undefined);
  }

  /** Follows the connection; returns the way to stop. */
  watch(): () => void {
    return on('mirror:changed', () => void this.ask());
  }

  /** A page shows an area. That it may be old is told beside it; here nothing fails. */
  opened(area: string, account = ''): void {
    if (this.connected) areaOpened(area, account).catch(() => {});
  }
}

export const connection = new Connection();

/**
 * For a page that shows what was read of some areas: what is too old of them is read, and asked for again when it comes.
 * Call it while the component is set up.
 */
export function follow(again: () => unknown, areas: string[] = []): void {
  $effect(() => on('mirror:changed', () => void again()));
  $effect(() => {
    if (connection.connected) for (const area of areas) connection.opened(area);
  });
}
