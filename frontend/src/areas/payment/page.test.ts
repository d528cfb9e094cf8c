import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { router, type Route } from '$lib/router.svelte';
import AtHome from './AtHome.svelte';
import Page from './Page.svelte';
import { toasts } from '$lib/toasts.svelte';

const chf = (amount: string) => ({ amount, currency: 'CHF' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const none = { amount: '', currency: '' };
const profile = (more: object) => ({
  id: '',
  kind: 'card',
  brand: '',
  label: '',
  holder: '',
  last4: '',
  ends: '',
  lastDay: '',
  over: false,
  masked: '',
  default: false,
  renewals: 0,
  version: 1,
  ...more,
});
const payments = {
  currency: 'CHF',
  balance: chf('412.65'),
  today: '2026-11-20',
  profiles: [
    profile({ id: 'p', kind: 'prepaid', default: true, renewals: 11 }),
    profile({ id: 'v', brand: 'visa', last4: '4417', ends: '2026-11', lastDay: '2026-11-30', renewals: 2 }),
    profile({ id: 't', kind: 'twint', masked: '+41 ·· ··· 18 06', renewals: 1 }),
  ],
  offers: [
    { kind: 'card', refusal: '' },
    { kind: 'twint', refusal: 'needs_chf' },
    { kind: 'bank', refusal: '' },
  ],
  defaultOver: false,
};
const cover = {
  days: 60,
  notCovered: 1,
  beyond: 0,
  total: [chf('216.00')],
  uncovered: [chf('216.00')],
  hoped: 0,
  movable: ['r'],
  topUp: chf('34.07'),
  sure: chf('34.07'),
  unpriced: { count: 0, stale: 0, first: '', ends: '', readAt: '' },
  covers: [
    {
      renewalId: 'r',
      product: 'Mail service',
      chargedOn: '2026-12-08',
      expiresOn: '2026-12-22',
      amount: chf('216.00'),
      profileId: 'v',
      kind: 'card',
      brand: 'visa',
      last4: '4417',
      status: 'card_expired',
      weight: 3,
      missing: none,
      left: none,
      planned: false,
    },
  ],
};
const balance = {
  today: '2026-11-20',
  balance: chf('412.65'),
  entries: 2,
  history: [{ on: '2026-10-01', balance: chf('343.21'), change: none, what: '' }],
  forecast: [{ on: '2026-12-01', balance: chf('204.33'), change: chf('-208.32'), what: 'Web hosting' }],
  until: '2027-02-28',
  lowest: chf('204.33'),
  lowestOn: '2026-12-01',
  short: false,
  shortOn: '',
  topUp: chf('0.00'),
  expected: [{ id: 'e', cause: 'Hotel Tre Larici', amount: chf('69.44'), dueOn: '2026-12-15', means: '', over: false }],
  open: 1,
};
const thread = {
  id: 'x',
  purpose: 'order',
  reference: '20614',
  amount: chf('138.00'),
  arrived: chf('138.00'),
  outcome: 'cancelled_order',
  reason: '',
  settled: false,
  orderNumber: '20614',
  orderTitle: 'Mail service',
  orderTotal: chf('138.00'),
  entry: 88,
  left: chf('138.00'),
  missing: none,
  meant: [],
  steps: [
    { kind: 'sent', at: '2026-11-02T00:00:00Z', amount: chf('138.00'), text: 'CH·· 714', now: false },
    { kind: 'choose', at: '', amount: chf('138.00'), text: '', now: true },
  ],
};
const order = {
  id: 'o',
  kind: 'invoice',
  number: '2026-0412',
  title: 'Swiss Backup',
  total: chf('59.00'),
  paid: chf('0.00'),
  open: chf('59.00'),
  state: 'awaiting_payment',
  again: false,
  renews: '',
  renewed: false,
  placedAt: '2026-11-19T09:00:00Z',
  closedAt: '',
  version: 1,
};
const payout = {
  id: 'q',
  amount: chf('35.00'),
  target: 'paypal',
  masked: 'c···@p···.example',
  state: 'requested',
  reason: '',
  notedAt: '2026-11-01T09:00:00Z',
  requestedAt: '2026-11-01T09:00:00Z',
  closedAt: '',
};
const renewal = {
  id: 'r',
  product: 'Mail service',
  expiresOn: '2026-12-22',
  amount: chf('216.00'),
  months: 12,
  automatic: true,
  profileId: 'v',
  planned: false,
  version: 1,
};

const go = vi.hoisted(() => ({
  payment: {} as Record<string, ReturnType<typeof vi.fn>>,
  prepaid: {} as Record<string, ReturnType<typeof vi.fn>>,
  tasks: vi.fn(),
  settle: vi.fn(),
}));
vi.mock('$wailsjs/go/manager/Window', () => ({ Tasks: go.tasks, Settle: go.settle }));
vi.mock('$wailsjs/go/payment/Window', async (original) => {
  for (const name of Object.keys(await original<object>())) go.payment[name] = vi.fn();
  return go.payment;
});
vi.mock('$wailsjs/go/prepaid/Window', async (original) => {
  for (const name of Object.keys(await original<object>())) go.prepaid[name] = vi.fn();
  return go.prepaid;
});

beforeEach(() => {
  for (const fn of [...Object.values(go.payment), ...Object.values(go.prepaid)])
    fn.mockReset().mockResolvedValue(undefined);
  go.tasks.mockReset().mockResolvedValue([]);
  go.settle.mockReset().mockResolvedValue(undefined);
  go.payment.Overview!.mockResolvedValue(payments);
  go.payment.Cover!.mockResolvedValue(cover);
  go.payment.Renewals!.mockResolvedValue([renewal]);
  go.prepaid.Overview!.mockResolvedValue(balance);
  go.prepaid.Threads!.mockResolvedValue([thread]);
  go.prepaid.Orders!.mockResolvedValue([order]);
  go.prepaid.Payouts!.mockResolvedValue([payout]);
  go.prepaid.Entries!.mockResolvedValue({
    total: 1,
    entries: [
      {
        seq: 1,
        at: '2026-11-01T09:00:00Z',
        kind: 'top_up',
        change: chf('412.65'),
        amount: chf('412.65'),
        balance: chf('412.65'),
        cause: 'card',
        valueOn: '2026-11-01',
        backDated: false,
        takenBack: 0,
        reversible: true,
      },
    ],
  });
});

const at = (...path: string[]): Route => ({ area: 'payment', path, query: new URLSearchParams() });
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const fill = (dialog: HTMLElement, label: string | RegExp, value: string) =>
  fireEvent.input(within(dialog).getByLabelText(label), { target: { value } });
const send = (dialog: HTMLElement) => fireEvent.submit(dialog.querySelector('form')!);

/** Opens a row's or a head's ⋮ by keyboard and chooses from it. */
async function choose(menu: string, item: string) {
  const button = await screen.findByRole('button', { name: menu });
  button.focus();
  await fireEvent.keyDown(button, { key: 'Enter' });
  await fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('payments', () => {
  it('adds a profile and says what was refused at its field', async () => {
    render(Page, { route: at() });
    await press('Note a payment profile');
    const dialog = await screen.findByRole('dialog');
    await fill(dialog, 'Holder', 'Elena');
    await fill(dialog, 'Last four digits', '4417');
    await fill(dialog, 'Valid until', '11/28');
    go.payment.Add!.mockRejectedValueOnce(
      JSON.stringify({ code: 'invalid', fields: [{ name: 'holder', code: 'looks_like_card' }] }),
    );
    await send(dialog);
    await within(dialog).findByText('This looks like a card number. It is not kept.');
    await send(dialog);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(go.payment.Add).toHaveBeenLastCalledWith(
      expect.objectContaining({ kind: 'card', brand: 'visa', last4: '4417', ends: '2028-11' }),
    );
  });

  it('moves the default by its radio, and back when that is refused', async () => {
    render(Page, { route: at() });
    const twint = await screen.findByRole('radio', { name: 'Default: TWINT' });
    go.payment.SetDefault!.mockRejectedValueOnce(JSON.stringify({ code: 'conflict', reason: 'profile_over' }));
    await fireEvent.click(twint);
    expect(go.payment.SetDefault).toHaveBeenCalledWith('t');
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Default: Prepaid account' })).toBeChecked());
  });

  it('lets the default before count until another one was chosen in the Manager', async () => {
    go.tasks.mockResolvedValue([
      {
        id: 'n',
        kind: 'default_method',
        ref: 'o',
        page: 'payment_methods',
        params: { is: 't', was: 'p' },
        outcome: 'open',
      },
    ]);
    render(Page, { route: at() });
    const chosen = await screen.findByRole('radio', { name: 'Default: TWINT' });
    await waitFor(() => expect(chosen).toBeChecked());
    expect(chosen.closest('tr')).toHaveTextContent('the former default counts until then');
    const counts = screen.getByRole('radio', { name: 'Default: Prepaid account' });
    expect(within(counts.closest('tr')!).getByText('Default', { selector: '.badge' })).toBeVisible();
    await fireEvent.click(counts); // and so the choice is taken back
    expect(go.payment.SetDefault).toHaveBeenCalledWith('p');
  });

  it('shows what is to be removed until it was, and offers no way back from that', async () => {
    const task = {
      id: 'n',
      kind: 'method_removed',
      ref: 'v',
      page: 'payment_methods',
      params: { method: 'Visa 4417' },
    };
    go.tasks.mockResolvedValue([{ ...task, outcome: 'open', final: true }]);
    render(Page, { route: at() });
    expect((await screen.findByText('to be removed; it counts until then')).closest('tr')).toHaveTextContent('Visa');
    await press('I have removed it: erase it here, too: Remove the payment method Visa 4417');
    await waitFor(() => expect(go.settle).toHaveBeenCalledWith('n', 'done'));
    await waitFor(() => expect(toasts.list.map((toast) => toast.text)).toContain('Noted as done, by your word.'));
    expect(toasts.list.filter((toast) => toast.act)).toEqual([]);
  });

  it('marks the row to which the address leads', async () => {
    router.go('#/payment?row=t');
    render(Page, { route: at() });
    const row = (await screen.findByRole('radio', { name: 'Default: TWINT' })).closest('tr');
    await waitFor(() => expect(row).toHaveFocus());
    router.go('#/payment');
    await waitFor(() => expect(row).not.toHaveClass('is-selected'));
  });

  it('removes, edits and reveals', async () => {
    render(Page, { route: at() });
    await choose('Actions for Visa 4417', 'Remove');
    await send(await screen.findByRole('dialog', { name: 'Remove Visa 4417?' }));
    await waitFor(() => expect(go.payment.Remove).toHaveBeenCalledWith('v', ''));
    await choose('Actions for Visa 4417', 'Edit');
    const edit = await screen.findByRole('dialog', { name: 'Edit Visa 4417' });
    expect(within(edit).getByLabelText('Valid until')).toHaveValue('11/2026');
    await fireEvent.click(within(edit).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await choose('Actions for TWINT', 'Show in full');
    const show = await screen.findByRole('dialog', { name: 'TWINT in full' });
    go.payment.Reveal!.mockResolvedValue({ target: '+41 79 555 18 06', bic: '' });
    await fill(show, 'Your password of Kontor', 'secret words');
    await send(show);
    await within(show).findByText('+41 79 555 18 06');
    expect(go.payment.Reveal).toHaveBeenCalledWith('t', 'secret words');
  });

  it('plans to cover what is not covered, and notes the money with it', async () => {
    render(Page, { route: at() });
    await press('Plan to pay from prepaid');
    const plan = await screen.findByRole('dialog', { name: 'Plan to pay from prepaid' });
    within(plan).getByText(/At Infomaniak Visa 4417 is still tried/);
    await send(plan);
    await waitFor(() => expect(go.payment.PlanPrepaid).toHaveBeenCalledWith(['r']));
    expect(go.tasks).toHaveBeenCalled();
    go.payment.Cover!.mockResolvedValue({ ...cover, movable: [] });
    await press('Note a top-up');
    const credit = await screen.findByRole('dialog', { name: 'Note a top-up' });
    await fill(credit, 'Amount', '34.07');
    await send(credit);
    await waitFor(() =>
      expect(go.prepaid.TopUp).toHaveBeenCalledWith(expect.objectContaining({ amount: '34.07', means: 'card' })),
    );
  });

  it('shows a figure for each currency and never their sum, here and on Home', async () => {
    const one = { ...cover.covers[0]!, profileId: 'p', kind: 'prepaid', brand: '', last4: '' };
    const both = [chf('100.00'), eur('50.00')];
    go.payment.Cover!.mockResolvedValue({
      ...{ days: 60, notCovered: 2, hoped: 0, beyond: 1, total: both, uncovered: both, movable: [] },
      ...{ topUp: eur('50.00'), sure: eur('50.00'), unpriced: cover.unpriced },
      covers: [
        { ...one, renewalId: 'f', amount: chf('100.00'), status: 'not_offered' },
        { ...one, renewalId: 'e', amount: eur('50.00'), status: 'short', missing: eur('50.00') },
      ],
    });
    const page = render(Page, { route: at() });
    await screen.findByText(/EUR.50\.00 is missing for what the prepaid account pays/);
    await screen.findByText(/One renewal stays uncovered/);
    expect(page.container.textContent).not.toMatch(/150|to cover them all/);
    page.unmount();
    const home = render(AtHome);
    await screen.findByText(/2 renewals, CHF.100\.00 \+ EUR.50\.00 of it not covered/);
    expect(home.container.textContent).not.toContain('150');
  });

  it('keeps the currency of an older renewal unless the person chooses the new one', async () => {
    go.payment.Overview!.mockResolvedValue({ ...payments, currency: 'EUR', balance: eur('0.00') });
    render(Page, { route: at('renewals') });
    await choose('Actions for Mail service', 'Edit');
    const dialog = await screen.findByRole('dialog', { name: 'Edit Mail service' });
    await send(dialog);
    await waitFor(() =>
      expect(go.payment.UpdateRenewal).toHaveBeenCalledWith('r', 1, expect.objectContaining(chf('216.00'))),
    );
  });

  it('orders again at another price, pays out, or leaves the money', async () => {
    render(Page, { route: at() });
    await press('Note the reorder');
    const again = await screen.findByRole('dialog', { name: 'Note the reorder of 20614' });
    await fill(again, 'Number of the new order', '20711');
    await fill(again, 'Price today', '450.00');
    await within(again).findByText('It cost CHF 138.00; the change is CHF 312.00.');
    await within(again).findByText('The rest, CHF 37.35');
    await send(again);
    await waitFor(() =>
      expect(go.prepaid.Again).toHaveBeenCalledWith(
        'x',
        expect.objectContaining({ number: '20711', total: '450.00' }),
        expect.objectContaining({ fromBalance: '412.65', rest: 'other' }),
      ),
    );
    await press('Note a payout request');
    const payout = await screen.findByRole('dialog', { name: 'Note a payout request' });
    expect(within(payout).getByLabelText('Amount')).toHaveValue('138.00');
    await fill(payout, 'IBAN', 'CH93 0076 2011 6238 5295 7');
    await send(payout);
    await waitFor(() =>
      expect(go.prepaid.NotePayout).toHaveBeenCalledWith(
        expect.objectContaining({ amount: '138.00', target: 'bank', transferId: 'x' }),
      ),
    );
    await press('Leave it there');
    await waitFor(() => expect(go.prepaid.Keep).toHaveBeenCalledWith('x'));
  });

  it('takes the price of today from the price list, and whatever is typed instead', async () => {
    const line = { id: 'm', product: '', name: 'Mail' };
    go.prepaid.Prices!.mockResolvedValue({ id: 'l', name: 'Autumn', validFrom: '2026-08-19', lines: [line] });
    go.prepaid.PriceToday!.mockResolvedValue({
      net: chf('141.60'),
      due: chf('153.07'),
      rate: '8.1',
      country: 'CH',
    });
    go.prepaid.Threads!.mockResolvedValue([{ ...thread, orderTitle: 'Mail, 8 addresses' }]);
    render(Page, { route: at() });
    await press('Note the reorder');
    const again = await screen.findByRole('dialog', { name: 'Note the reorder of 20614' });
    await within(again).findByText(
      /CHF 141.60 before VAT, CHF 153.07 with 8.1 % Swiss VAT, since the organization is invoiced in Switzerland/,
    );
    expect(go.prepaid.PriceToday).toHaveBeenCalledWith('l', 'm', '8', 12);
    expect(within(again).getByLabelText('Price today')).toHaveValue('153.07');
    within(again).getByText('It cost CHF 138.00; the change is CHF 15.07.');
    go.prepaid.PriceToday!.mockRejectedValue(
      JSON.stringify({ code: 'invalid', fields: [{ name: 'quantity', code: 'not_a_number' }] }),
    );
    await fill(again, 'Quantity', 'many');
    await within(again).findByText('Enter a number.');
    await fill(again, 'Price today', '140.00');
    await within(again).findByText('It cost CHF 138.00; the change is CHF 2.00.');
  });

  it('pays out to a saved profile, of which only the mask is shown', async () => {
    const bank = profile({ id: 'b', kind: 'bank', masked: 'CH·· ···· ·295 7' });
    go.payment.Overview!.mockResolvedValue({ ...payments, profiles: [...payments.profiles, bank] });
    render(Page, { route: at() });
    await press('Note a payout request');
    const payout = await screen.findByRole('dialog', { name: 'Note a payout request' });
    within(payout).getByText('Bank account · CH·· ···· ·295 7');
    expect(within(payout).queryByLabelText('IBAN')).toBeNull();
    await send(payout);
    await waitFor(() =>
      expect(go.prepaid.NotePayout).toHaveBeenCalledWith(
        expect.objectContaining({ profileId: 'b', target: '', iban: '', email: '' }),
      ),
    );
  });

  it('says when the right is missing', async () => {
    go.payment.Overview!.mockRejectedValue(JSON.stringify({ code: 'forbidden' }));
    render(Page, { route: at() });
    await screen.findByText(/Your role in Kontor does not allow this/);
  });
});

describe('the prepaid account', () => {
  it('pays an order from the balance and cancels one', async () => {
    render(Page, { route: at('prepaid', 'orders') });
    await choose('Actions for 2026-0412', 'Note the payment');
    const pay = await screen.findByRole('dialog', { name: 'Note the payment of 2026-0412' });
    expect(within(pay).getByLabelText('From the balance')).toHaveValue('59.00');
    await send(pay);
    await waitFor(() =>
      expect(go.prepaid.Pay).toHaveBeenCalledWith('o', 1, expect.objectContaining({ fromBalance: '59.00' })),
    );
    await choose('Actions for 2026-0412', 'Note the cancellation');
    await send(await screen.findByRole('dialog', { name: 'Cancel 2026-0412?' }));
    await waitFor(() => expect(go.prepaid.Cancel).toHaveBeenCalledWith('o', 1));
  });

  it('closes a payout, notes one that came back, and shows its target', async () => {
    render(Page, { route: at('prepaid', 'payouts') });
    await choose('Actions for c···@p···.example', 'Has arrived');
    await send(await screen.findByRole('dialog', { name: 'Has arrived' }));
    await waitFor(() => expect(go.prepaid.PayoutArrived).toHaveBeenCalledWith('q', expect.stringMatching(/^20/)));
    await choose('Actions for c···@p···.example', 'Came back');
    const back = await screen.findByRole('dialog', { name: 'Came back' });
    await fill(back, 'Reason', 'account closed');
    await send(back);
    await waitFor(() =>
      expect(go.prepaid.PayoutFailed).toHaveBeenCalledWith('q', 'account closed', expect.any(String)),
    );
  });

  it('expects, receives and forgets cashback', async () => {
    render(Page, { route: at('prepaid', 'expected') });
    await press('Received: Hotel Tre Larici');
    await send(await screen.findByRole('dialog', { name: 'Received: Hotel Tre Larici' }));
    await waitFor(() => expect(go.prepaid.Receive).toHaveBeenCalledWith('e', '69.44', expect.any(String)));
    await press('No longer expected: Hotel Tre Larici');
    await waitFor(() => expect(go.prepaid.Forget).toHaveBeenCalledWith('e'));
    await press('Note expected cashback');
    const dialog = await screen.findByRole('dialog', { name: 'Note expected cashback' });
    await fill(dialog, 'Cause', 'Cantina Montebruno');
    await fill(dialog, 'Amount', '12.40');
    await fill(dialog, 'Due', '2027-01-15');
    await send(dialog);
    await waitFor(() =>
      expect(go.prepaid.Expect).toHaveBeenCalledWith({
        cause: 'Cantina Montebruno',
        amount: '12.40',
        dueOn: '2027-01-15',
      }),
    );
  });

  it('writes a statement', async () => {
    render(Page, { route: at('prepaid') });
    await press('Kontor’s record');
    go.prepaid.SaveStatement!.mockResolvedValue('statement.pdf');
    await send(await screen.findByRole('dialog', { name: 'Kontor’s record' }));
    await waitFor(() => expect(go.prepaid.SaveStatement).toHaveBeenCalled());
    expect(go.prepaid.SaveStatement!.mock.calls[0]!.slice(2)).toEqual(['pdf', 'en-GB']);
  });
});

describe('renewals', () => {
  it('marks a product as renewed with what paid, and takes it back', async () => {
    render(Page, { route: at('renewals') });
    await choose('Actions for Mail service', 'Note as renewed');
    const dialog = await screen.findByRole('dialog', { name: 'Note as renewed: Mail service' });
    await fill(dialog, 'Amount', '233.50');
    await fill(dialog, 'Paid on', '2026-11-18');
    go.payment.Renew!.mockResolvedValue(['n']);
    await send(dialog);
    await waitFor(() =>
      expect(go.payment.Renew).toHaveBeenCalledWith([
        { id: 'r', version: 1, on: '2026-11-18', amount: '233.50', profileId: 'v', orderId: '' },
      ]),
    );
  });

  it('adds and edits a product', async () => {
    render(Page, { route: at('renewals') });
    await press('Note a product');
    const dialog = await screen.findByRole('dialog', { name: 'Note a product' });
    await fill(dialog, 'Product', 'corte-solari.ch');
    await fill(dialog, 'Expires', '2027-01-15');
    await fill(dialog, 'Amount', '22,40');
    go.payment.AddRenewal!.mockRejectedValueOnce(
      JSON.stringify({
        code: 'invalid',
        fields: [{ name: 'automatic', code: 'automatic_too_late', params: { days: '14' } }],
      }),
    );
    await send(dialog);
    await within(dialog).findByText(/cannot be switched on within 14 days/);
    await send(dialog);
    await waitFor(() =>
      expect(go.payment.AddRenewal).toHaveBeenLastCalledWith(
        expect.objectContaining({ amount: '22.40', months: '12', automatic: true, profileId: '' }),
      ),
    );
  });

  it('asks what a file leaves open, shows what would come in, and leaves out what cannot be read', async () => {
    const outline = {
      columns: ['Was', 'Bis', 'Wieviel', 'Dauer'],
      fields: ['product', 'expiresOn', 'amount', 'months', 'automatic'],
      required: ['product', 'expiresOn', 'amount', 'months'],
      mapping: { columns: { product: 0, expiresOn: 1, amount: 2, months: 3 }, decimal: '', order: '' },
      questions: [
        {
          about: 'figures',
          line: 2,
          text: '1.234',
          choices: [
            { answer: '.', value: '1.234' },
            { answer: ',', value: '1234' },
          ],
          count: 1,
        },
      ],
      sample: [['Mail', '2027-01-15', '1.234', '12']],
      rows: 2,
    };
    go.payment.OutlineImport!.mockResolvedValue(outline);
    go.payment.PreviewImport!.mockResolvedValue({
      added: 1,
      known: 0,
      first: [renewal],
      rejected: [{ line: 3, field: 'expiresOn', code: 'not_a_date', cells: [] }],
    });
    go.payment.Import!.mockResolvedValue({ added: 1, known: 0, first: [], rejected: [] });
    const page = render(Page, { route: at('renewals') });
    await press('Import a file');
    const dialog = await screen.findByRole('dialog', { name: 'Import a file' });
    const file = new File(['x'], 'renewals.csv', { type: 'text/csv' });
    await fireEvent.change(page.baseElement.querySelector('input[type=file]')!, { target: { files: [file] } });
    await within(dialog).findByText('What is “1.234” in line 2?');
    expect(go.payment.PreviewImport).not.toHaveBeenCalled();
    await fireEvent.click(within(dialog).getByRole('radio', { name: '1,234' }));
    await within(dialog).findByText('1 new, 0 already known, 1 left out');
    await within(dialog).findByText('This is not a date.');
    within(dialog).getByRole('button', { name: 'Import one, leave 1 out' });
    await send(dialog);
    await waitFor(() =>
      expect(go.payment.Import).toHaveBeenCalledWith(
        expect.objectContaining({
          mapping: { columns: { product: 0, expiresOn: 1, amount: 2, months: 3 }, decimal: ',', order: '' },
          leaveOut: true,
        }),
      ),
    );
  });
});
