import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Fault } from '$lib/backend';
import type { Answer, DeskOf, Question, Simulation } from './api';
import { Asker } from './asker.svelte';
import { unsaved } from '$lib/ui/unsaved.svelte';
import { answer, chf, desk } from './sample';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A backend whose answers wait until they are let go. */
function slow() {
  const remembered: string[] = [];
  const asked: { question: Question; done: (a: Answer) => void; fail: (f: Fault) => void }[] = [];
  const backend = {
    simulate: (question: Question) =>
      new Promise<Simulation>((answered, fail) => {
        const done = (a: Answer) => answered({ answer: a, table: { quantities: [], rows: [], current: 0 } });
        asked.push({ question: { ...question }, done, fail });
      }),
    remember: (question: Question) => {
      remembered.push(question.quantity);
      return Promise.resolve();
    },
  };
  return { asked, backend, remembered };
}

const settle = async () => {
  await vi.advanceTimersByTimeAsync(200);
  flushSync();
};

describe('the question', () => {
  test('begins with the first list and the terms of the organization', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    await settle();
    expect(asked[0]!.question).toMatchObject({ book: 'chf', line: 'chf-web', quantity: '35', rate: '20', months: 1 });
  });

  test('goes on with what was asked last, and drops what is gone', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    const last = { ...asker.question, book: 'deleted', line: 'deleted', quantity: '29' };
    asker.open({ ...desk(), asked: true, last } as DeskOf);
    await settle();
    expect(asked[0]!.question).toMatchObject({ book: 'chf', line: 'chf-web', quantity: '29' });
  });

  test('keeps the product when the currency changes, and never converts', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    asker.setCurrency('EUR');
    await settle();
    expect(asked.at(-1)!.question).toMatchObject({ book: 'eur', line: 'eur-web', quantity: '35' });
    asker.setCurrency('USD'); // no such list
    expect(asker.currency).toBe('EUR');
  });

  test('changes to the list that is in force, never to one that is over or has not begun', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    const known = desk();
    const [chf, eur] = known.books as [(typeof known.books)[0], (typeof known.books)[0]];
    const of = (id: string, like: typeof chf) => ({
      ...like,
      id,
      inForce: false,
      lines: like.lines.map((line) => ({ ...line, id: `${id}-${line.product}` })),
    });
    asker.open({ ...known, books: [of('chf-over', chf), of('eur-2027', eur), eur, chf] });
    await settle();
    expect(asked.at(-1)!.question.book).toBe('chf');
    asker.setCurrency('EUR');
    await settle();
    expect(asked.at(-1)!.question.book).toBe('eur');
  });

  test('a yearly product cannot be billed by the month', () => {
    const { backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    asker.set({ line: 'chf-ch' });
    expect(asker.question.months).toBe(12);
  });
});

describe('the answer', () => {
  test('is asked for once when several keys are pressed', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    for (const quantity of ['1', '12', '123']) asker.set({ quantity });
    await settle();
    expect(asked.map((one) => one.question.quantity)).toEqual(['123']);
  });

  test('of the last question wins, however late an earlier one comes', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    await settle();
    asker.set({ quantity: '29' });
    await settle();
    asked[1]!.done(answer({ charged: chf('184.12') }));
    await settle();
    asked[0]!.done(answer({ charged: chf('208.32') }));
    await settle();
    expect(asker.answer?.charged.amount).toBe('184.12');
    expect(asker.busy).toBe(false);
  });

  test('stays in sight, marked as old, while the question is refused', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    await settle();
    asked[0]!.done(answer());
    await settle();
    expect(asker.stale).toBe(false);
    asker.set({ quantity: 'x' });
    await settle();
    asked[1]!.fail(new Fault('invalid', { fields: [{ name: 'quantity', code: 'not_a_number' }] }));
    await settle();
    expect(asker.stale).toBe(true);
    expect(asker.answer?.charged.amount).toBe('208.32');
    expect(asker.fault?.field('quantity')).toBe('Enter a number.');
    expect(asker.question.quantity).toBe('x');
    asker.set({ quantity: '35' });
    await settle();
    asked[2]!.done(answer());
    await settle();
    expect(asker.stale).toBe(false);
  });

  test('is remembered once the question stands, and not with every key', async () => {
    const { asked, backend, remembered } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    for (const quantity of ['1', '12', '123']) {
      asker.set({ quantity });
      await settle();
      asked.at(-1)!.done(answer());
      await settle();
    }
    expect(remembered).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(remembered).toEqual(['123']);
    asker.set({ quantity: '7' });
    await settle();
    asked.at(-1)!.done(answer());
    await settle();
    asker.close(); // the page is left
    expect(remembered).toEqual(['123', '7']);
  });

  test.each(['closed', 'hidden'])('is remembered at once when the window is %s', async (how) => {
    const { asked, backend, remembered } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    asker.set({ quantity: '9' });
    await settle();
    asked.at(-1)!.done(answer());
    await settle();
    expect(remembered).toEqual([]);
    if (how === 'closed') {
      expect(await unsaved.close()).toBe(true);
    } else {
      vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
      document.dispatchEvent(new Event('visibilitychange'));
    }
    expect(remembered).toEqual(['9']);
    await unsaved.close();
    expect(remembered).toEqual(['9']); // once
    vi.restoreAllMocks();
  });

  test('does not come after the page is gone', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    await settle();
    asker.close();
    asked[0]!.done(answer());
    await settle();
    expect(asker.answer).toBeUndefined();
  });
});

describe('the rate', () => {
  const domains = (): DeskOf => {
    const of = desk();
    Object.assign(of.books[0]!.lines[1]!, { rate: '5', ownRate: true, steps: 'domain_ch', degressive: true });
    of.schedules = { domain_ch: { ...of.schedule, id: 'own', mode: 'graduated' } };
    return of;
  };

  test('and the steps that nobody typed are those of the product', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(domains());
    expect(asker.schedule?.mode).toBe('volume');
    asker.set({ line: 'chf-ch' });
    await settle();
    expect(asked.at(-1)!.question).toMatchObject({ line: 'chf-ch', rate: '5', months: 12 });
    expect(asker.schedule?.mode).toBe('graduated');
    asker.set({ rate: '12' });
    asker.set({ line: 'chf-web' });
    await settle();
    expect(asked.at(-1)!.question).toMatchObject({ line: 'chf-web', rate: '12' });
  });

  test('of the category follows it when the terms change', async () => {
    const { asked, backend } = slow();
    const asker = new Asker(backend);
    asker.open(desk());
    const later = desk();
    later.books[0]!.lines[0]!.rate = '30';
    asker.open(later);
    await settle();
    expect(asked.at(-1)!.question.rate).toBe('30');
  });
});
