/** The way into a client's own Manager, where its number is known. */
import type { Door } from '$lib/link/pages';

export const ofClient = (client: { name: string; number: string }): Door[] =>
  /^[1-9]\d{0,9}$/.test(client.number)
    ? [{ page: 'home_of', params: { account: client.number }, name: () => client.name }]
    : [];
