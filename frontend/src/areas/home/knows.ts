/** What Kontor knows, in words: "9 renewals, 4 domain transfers and 11 clients". */
import type { Board, Fact } from '$lib/backend/home';
import { moment, tag } from '$lib/format';
import { m } from '$lib/i18n';
import { connection } from '$lib/mirror.svelte';

/** What can be looked at, in numbers. */
const LOOKED: Record<string, (inputs: { n: number }) => string> = {
  renewals: m.home_looked_renewals,
  methods: m.home_looked_methods,
  bookings: m.home_looked_bookings,
  transfers: m.home_looked_transfers,
  quotes: m.home_looked_quotes,
  clients: m.home_looked_clients,
  lists: m.home_looked_lists,
  ends: m.home_looked_ends,
};

const NAMES: Record<string, () => string> = {
  renewals: m.home_known_renewals,
  methods: m.home_known_methods,
  bookings: m.home_known_bookings,
  transfers: m.home_known_transfers,
  quotes: m.home_known_quotes,
  clients: m.home_known_clients,
  lists: m.home_known_lists,
  ends: m.home_known_ends,
  copies: m.home_known_copies,
};

const PAPER: Record<string, () => string> = {
  address: m.home_known_address,
  vat_number: m.home_known_vat_number,
  logos: m.home_known_logos,
};

export const listed = (parts: string[]): string => new Intl.ListFormat(tag(), { type: 'conjunction' }).format(parts);

export const piece = (kind: string): string => PAPER[kind]?.() ?? kind;

/** What was looked at: only what there is. */
export function looked(board: Board): string[] {
  const parts = board.facts.flatMap((fact) => (fact.count > 0 ? (LOOKED[fact.kind]?.({ n: fact.count }) ?? []) : []));
  return board.tasks > 0 ? [...parts, m.home_looked_tasks({ n: board.tasks })] : parts;
}

/** What was not looked at: what the role does not see, and Infomaniak itself. */
export function notLooked(board: Board): string[] {
  const hidden = board.facts.flatMap((fact) =>
    fact.hidden && fact.kind in LOOKED ? (NAMES[fact.kind]?.() ?? []) : [],
  );
  const role = hidden.length > 0 ? [m.home_not_looked_role({ list: listed(hidden) })] : [];
  return [...role, beyond()];
}

/** What is not known of the account at Infomaniak: all of it without a connection, else what came after the last reading. */
function beyond(): string {
  const { state } = connection;
  if (!state?.here) return m.home_not_looked_infomaniak();
  if (state.frozen) return m.home_not_looked_frozen({ when: moment(state.frozenAt) });
  return state.lastCompleteAt
    ? m.home_not_looked_since({ when: moment(state.lastCompleteAt) })
    : m.home_not_looked_unread();
}

export interface Row {
  kind: string;
  name: string;
  value: string;
  /** Without a copy everything can be lost; what is no number stands back. */
  tone: '' | 'is-warning' | 'muted';
}

/** The rows of "What Kontor knows", in the order of the areas. */
export function rows(facts: Fact[]): Row[] {
  const paper = facts.filter((fact) => fact.kind in PAPER && fact.count > 0).map((fact) => piece(fact.kind));
  const known = facts.filter((fact) => fact.kind in NAMES);
  return [
    {
      kind: 'organization',
      name: m.home_known_organization(),
      value: listed([m.home_known_name(), m.home_known_country(), ...paper]),
      tone: 'muted',
    },
    ...known.map((fact) => ({
      kind: fact.kind,
      name: NAMES[fact.kind]!(),
      value: amount(fact),
      tone: tone(fact),
    })),
  ];
}

function amount(fact: Fact): string {
  if (fact.hidden) return m.home_known_hidden();
  if (fact.kind === 'bookings') return fact.count > 0 ? m.home_known_balance() : m.home_not_known();
  if (fact.kind === 'copies' && fact.count === 0) return m.home_known_none();
  return String(fact.count);
}

function tone(fact: Fact): Row['tone'] {
  if (fact.kind === 'copies' && fact.count === 0) return 'is-warning';
  return fact.hidden || fact.kind === 'bookings' ? 'muted' : '';
}
