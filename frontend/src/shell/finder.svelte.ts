/** What the search box offers: records, acts, and where nothing is found a way on. */
import { searchRecords, type Group, type Hit, type Result } from '$lib/backend/search';
import { copy } from '$lib/backend/clipboard';
import { explain } from '$lib/backend';
import { commands, search, type Command } from '$lib/commands.svelte';
import { fold } from '$lib/fold';
import { moment, number } from '$lib/format';
import { m } from '$lib/i18n';
import { me } from '$lib/me.svelte';
import { connection } from '$lib/mirror.svelte';
import { href, router } from '$lib/router.svelte';
import { toasts } from '$lib/toasts.svelte';
import type { IconName } from '$lib/ui/icons';
import { Latest } from '$lib/ui/latest.svelte';
import { KINDS } from './kinds';
import { recent } from './recent.svelte';

/** One line that can be chosen. */
export interface Item {
  key: string;
  icon: IconName;
  /** A square with initials in place of the icon. */
  face?: { id: string; name: string };
  /** A sign in place of the icon: what can be typed to narrow the search. */
  sign?: string;
  title: string;
  detail?: string;
  bad?: boolean;
  end?: string;
  keys?: string;
  /** Leads further inside the box, which stays open. */
  stays?: boolean;
  run: () => void;
}

export interface Block {
  key: string;
  name: string;
  count?: string;
  items: Item[];
}

/** How many records of one kind stand under their heading, and how many when the search is for that kind alone. */
const FEW = 4;
const MANY = 20;
const MOST_ACTS = 5;
const OFTEN = ['payment.renewals', 'quote.new', 'transfer.add', 'partner.import', 'profile.picture', 'shell.shortcuts'];

/** What the first sign of a question narrows it to. */
const SIGNS: Record<string, string[]> = { '@': ['client'], '#': ['quote', 'sale', 'order'], '>': [] };

export class Finder {
  #typed = $state('');
  #only = $state('');
  readonly #answer = new Latest((text: string, kinds: string[], limit: number) => searchRecords(text, kinds, limit), {
    pause: 60,
  });

  get typed(): string {
    return this.#typed;
  }

  set typed(next: string) {
    this.#typed = next;
    this.#only = '';
    this.#ask();
  }

  /** What is looked for, without the sign that narrows it. */
  get text(): string {
    return (this.#sign ? this.#typed.slice(1) : this.#typed).trim();
  }

  get #sign(): string {
    const first = this.#typed.trimStart()[0] ?? '';
    return first in SIGNS ? first : '';
  }

  get actsOnly(): boolean {
    return this.#sign === '>';
  }

  get busy(): boolean {
    return this.#answer.busy;
  }

  get fault(): string {
    return this.#answer.fault && !this.actsOnly ? explain(this.#answer.fault) : '';
  }

  /** Begins anew: nothing is typed, and the records are counted. */
  open(): void {
    this.#typed = '';
    this.#only = '';
    this.#answer.clear();
    this.#answer.askNow('', [], 1);
  }

  close(): void {
    this.#answer.stop();
  }

  #ask(): void {
    if (this.actsOnly) return this.#answer.stop();
    const kinds = this.#only ? [this.#only] : (SIGNS[this.#sign] ?? []);
    this.#answer.ask(this.text, kinds, kinds.length > 0 ? MANY : FEW);
  }

  get #result(): Result | undefined {
    return this.actsOnly ? undefined : this.#answer.answer;
  }

  /** Records found, or -1 while nobody has answered. */
  get records(): number {
    if (this.actsOnly) return 0;
    return this.#result?.groups.reduce((sum, group) => sum + group.total, 0) ?? -1;
  }

  get missing(): boolean {
    return (this.#result?.missing.length ?? 0) > 0;
  }

  get blocks(): Block[] {
    if (!this.text && !this.#sign) return this.#atFirst();
    const groups = this.#groups();
    const acts = this.#acts();
    if (this.#nothing(acts)) return [...groups, ...this.#onward()];
    if (acts.items.length === 0) return groups;
    // what only the journal knows of is hardly what was meant, when there is an act of that name
    return groups[0]?.key === 'entry' ? [acts, ...groups] : [...groups, acts];
  }

  /** Nothing has the name that was typed; what is close to it does not count. */
  get nothing(): boolean {
    return this.#nothing(this.#acts());
  }

  #nothing(acts: Block): boolean {
    if (!this.text || acts.items.length > 0) return false;
    return this.actsOnly || (this.#result !== undefined && (this.records === 0 || this.#result.near !== ''));
  }

  #groups(): Block[] {
    const result = this.#result;
    if (!result || !this.text) return [];
    return result.groups
      .filter((group) => group.hits.length > 0)
      .map((whole): Group => (whole.kind === 'entry' ? { ...whole, hits: whole.hits.slice(0, FEW / 2) } : whole))
      .map((group, i) => ({
        key: group.kind,
        name:
          i === 0 && result.near
            ? `${KINDS[group.kind]!.name()} · ${m.shell_find_group_near({ text: result.near })}`
            : KINDS[group.kind]!.name(),
        count: group.more ? m.shell_find_more_than({ n: number(group.total) }) : number(group.total),
        items: [...group.hits.map((hit) => record(group.kind, hit)), ...this.#rest(group)],
      }));
  }

  /** Leads to the others of a kind: the journal to its page, the rest to a search for that kind alone. */
  #rest(group: Group): Item[] {
    const first = group.hits[0]!;
    if (!group.more && group.total <= group.hits.length) return [];
    const journal = group.kind === 'entry';
    if (!journal && group.hits.length >= MANY) return [];
    const n = group.more ? m.shell_find_more_than({ n: number(group.total) }) : number(group.total);
    return [
      {
        key: `${group.kind}/rest`,
        icon: 'chevron-right',
        title: m.shell_find_all_in({ n }),
        end: KINDS[group.kind]!.name(),
        stays: !journal,
        run: journal
          ? () => router.go(`#${first.route.replace(/&row=.*/, '')}`)
          : () => {
              this.#only = group.kind;
              this.#ask();
            },
      },
    ];
  }

  #acts(): Block {
    const items =
      this.#sign && !this.actsOnly
        ? []
        : search(commands.all, this.text)
            .slice(0, this.actsOnly ? undefined : MOST_ACTS)
            .map(act);
    const client = this.#result?.near ? undefined : this.#result?.groups.find((group) => group.kind === 'client');
    const first = this.text ? client?.hits[0] : undefined;
    return {
      key: 'acts',
      name: m.shell_find_group_acts(),
      items: [...(first ? forClient(first) : []), ...items],
    };
  }

  /** What can be done where nothing was found. */
  #onward(): Block[] {
    const text = this.text;
    const items: Item[] = ['transfer.add', 'payment.renewal', 'client.add', 'quote.new']
      .map((id) => commands.find(id))
      .filter((command) => command !== undefined)
      .map(act);
    const journal: Item = {
      key: 'on/journal',
      icon: 'activity',
      title: m.shell_find_in_journal({ text }),
      run: () => router.go(href('activity', me.can('view_journal') ? ['organization'] : [], { q: text })),
    };
    return [{ key: 'on', name: m.shell_find_group_on(), items: this.actsOnly ? [] : [journal, ...items] }];
  }

  #atFirst(): Block[] {
    const counts = new Map(this.#result?.groups.map((group) => [group.kind, group.searched]));
    const narrow = (sign: string, title: string, n: number | undefined): Item => ({
      key: `narrow/${sign}`,
      icon: 'filter',
      sign,
      title,
      detail: n === undefined ? '' : number(n),
      stays: true,
      run: () => (this.typed = sign),
    });
    const all = commands.all.filter((command) => !command.hidden);
    const often = [...recent.acts, ...OFTEN, outOf(all)]
      .map((id) => all.find((command) => command.id === id))
      .filter((command) => command !== undefined);
    const blocks: Block[] = [
      {
        key: 'recent',
        name: m.shell_find_group_recent(),
        items: recent.records.map(({ kind, hit }) => record(kind, hit)),
      },
      { key: 'often', name: m.shell_find_group_often(), items: [...new Set(often)].slice(0, 7).map(act) },
      {
        key: 'narrow',
        name: m.shell_find_group_narrow(),
        items: [
          ...(counts.has('client') ? [narrow('@', m.shell_find_narrow_clients(), counts.get('client'))] : []),
          ...(counts.has('quote') || counts.has('order')
            ? [
                narrow(
                  '#',
                  m.shell_find_narrow_numbers(),
                  (counts.get('quote') ?? 0) + (counts.get('sale') ?? 0) + (counts.get('order') ?? 0),
                ),
              ]
            : []),
          narrow('>', m.shell_find_narrow_acts(), all.length),
        ],
      },
    ];
    return blocks.filter((block) => block.items.length > 0);
  }

  /** What was looked through: "43 clients, 31 quotes". */
  get searched(): string {
    const parts = this.#result?.groups.map((group) => `${number(group.searched)} ${KINDS[group.kind]!.name()}`) ?? [];
    const acts = commands.all.filter((command) => !command.hidden).length;
    return [...parts, `${number(acts)} ${m.shell_find_group_acts()}`].join(', ');
  }

  /** What was not, and why. */
  get unsearched(): string[] {
    const missing = this.#result?.missing ?? [];
    return [
      ...missing.map(({ kind, why }) =>
        why === 'forbidden'
          ? m.shell_find_missing_forbidden({ kind: KINDS[kind]!.name() })
          : m.shell_find_missing_failed({ kind: KINDS[kind]!.name() }),
      ),
      remote(),
    ];
  }
}

/** What of the account at Infomaniak was not searched. */
function remote(): string {
  const { state } = connection;
  if (!state?.here) return m.shell_find_missing_remote();
  const read = state.frozenAt || state.lastCompleteAt;
  return read ? m.shell_find_missing_since({ when: moment(read) }) : m.shell_find_missing_unread();
}

const outOf = (all: Command[]) =>
  all.find((one) => ['shell.sign_out', 'shell.sample_leave'].includes(one.id))?.id ?? '';

function record(kind: string, hit: Hit): Item {
  const drawn = KINDS[kind]!;
  const title = drawn.title?.(hit) ?? hit.title;
  return {
    key: `${kind}/${hit.id}`,
    icon: drawn.icon,
    face: drawn.face ? { id: hit.id, name: hit.title } : undefined,
    title,
    detail: drawn.detail?.(hit),
    bad: drawn.bad?.(hit),
    end: drawn.end?.(hit),
    run: () => {
      recent.opened(kind, hit);
      void toasts.told(async () => {
        if (kind === 'organization' && hit.id !== me.organization?.id) {
          await me.switchTo(hit.id);
          if (hit.id !== me.organization?.id) return; // something that was typed was to stay
        }
        router.go(`#${hit.route}`);
      });
    },
  };
}

function act(command: Command): Item {
  return {
    key: command.id,
    icon: command.icon ?? 'arrow-right',
    title: command.title(),
    end: command.group?.() ?? '',
    keys: command.keys,
    run: () => {
      recent.did(command.id);
      command.run();
    },
  };
}

/** What can be done with the client that was found first. */
function forClient(hit: Hit): Item[] {
  const name = hit.title;
  const items: Item[] = [];
  if (me.can('write_quotes') && ['active', 'pending'].includes(hit.params.state ?? ''))
    items.push({
      key: 'for/quote',
      icon: 'plus',
      title: m.shell_find_quote_for({ name }),
      end: m.partner_title(),
      run: () => router.go(href('quote', ['new'], { client: hit.id })),
    });
  if (hit.params.state === 'active')
    items.push({
      key: 'for/enter',
      icon: 'enter',
      title: m.shell_find_enter_client({ name }),
      end: m.client_title(),
      run: () => router.go(href('client', [hit.id, 'in'])),
    });
  return items;
}

/** Puts what a line is called on the clipboard. */
export async function copyTitle(item: Item): Promise<void> {
  if (await copy(item.title)) toasts.done(m.shell_find_copied({ text: item.title }));
}

/** Splits a title at what was typed, to draw what fits. */
export function emphasize(title: string, question: string): { text: string; hit: boolean }[] {
  const folded = fold(title);
  const words = fold(question).split(/\s+/).filter(Boolean);
  // folding may change the length ("ß" does not, "ﬁ" may): then nothing is marked rather than the wrong letters
  if (words.length === 0 || folded.length !== title.length) return [{ text: title, hit: false }];
  const hits = new Array<boolean>(title.length).fill(false);
  for (const word of words) {
    const at = folded.indexOf(word);
    if (at >= 0) hits.fill(true, at, at + word.length);
  }
  const parts: { text: string; hit: boolean }[] = [];
  for (let i = 0; i < title.length; i++) {
    const last = parts.at(-1);
    if (last && last.hit === hits[i]) last.text += title[i];
    else parts.push({ text: title[i]!, hit: hits[i]! });
  }
  return parts;
}
