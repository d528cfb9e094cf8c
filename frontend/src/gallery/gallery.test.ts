/** The components in the gallery, used as a person does: by role, name and keyboard. */
import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { mount } from 'svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import Gallery from './Gallery.svelte';

const user = userEvent.setup({ pointerEventsCheck: 0 });
const region = (name: string | RegExp) => within(screen.getByRole('region', { name }));

beforeAll(() => {
  mount(Gallery, { target: document.body }); // once: it is large, and no test needs it untouched
});

test('axe finds nothing in any component', async () => {
  await expectAccessible(document.body);
}, 30_000);

test('no two elements share an id', () => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

describe('choices', () => {
  test('a switch is a switch and follows the space bar', async () => {
    const alerts = screen.getByRole('switch', { name: 'Alerts' });
    expect(alerts).toBeChecked();
    alerts.focus();
    await user.keyboard(' ');
    expect(alerts).not.toBeChecked();
  });

  test('a segmented control moves with the arrows', async () => {
    const chf = screen.getByRole('radio', { name: 'CHF' });
    expect(chf).toBeChecked();
    await user.click(screen.getByRole('radio', { name: 'EUR' }));
    expect(chf).not.toBeChecked();
  });

  test('a number steps by arrows and buttons, within its limits, and keeps what was typed', async () => {
    const quantity = screen.getByRole('textbox', { name: 'Quantity' });
    await user.click(quantity);
    await user.keyboard('{ArrowUp}{PageUp}{ArrowDown}');
    expect(quantity).toHaveValue('18');
    await user.keyboard('{PageUp}{PageUp}{PageUp}{PageUp}');
    expect(quantity).toHaveValue('50');
    await user.clear(quantity);
    await user.type(quantity, 'abc{ArrowUp}');
    expect(quantity).toHaveValue('abc');
  });

  test('a slider says its value in words', () => {
    expect(screen.getByRole('slider', { name: 'Share' })).toHaveAttribute('aria-valuetext', '46 %');
  });
});

describe('fields', () => {
  test('label, hint and error belong to the input', () => {
    const refused = screen.getByRole('textbox', { name: 'Error' });
    expect(refused).toBeInvalid();
    expect(refused).toHaveAccessibleDescription('Looks like a card number. It is not kept.');
    expect(screen.getByRole('textbox', { name: /^Filled/ })).toHaveAccessibleDescription(/Must be reachable/);
  });

  test('a select opens by keyboard and skips what cannot be chosen', async () => {
    const select = screen.getByLabelText('Select');
    select.focus();
    await user.keyboard('{Enter}');
    const list = await screen.findByRole('listbox');
    expect(within(list).getByText('kDrive').closest('[role="option"]')).toHaveAttribute('aria-disabled', 'true');
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(select).toHaveTextContent('Mail service'));
  });

  test('a combobox finds by what is typed', async () => {
    const box = screen.getByRole('combobox', { name: 'Combobox' });
    expect(box).toHaveValue('Switzerland');
    await user.click(box);
    await user.clear(box);
    await user.type(box, 'ital');
    const options = await screen.findAllByRole('option');
    expect(options.map((one) => one.textContent.trim())).toEqual(['Italy']);
    await user.click(options[0]!);
    await waitFor(() => expect(box).toHaveValue('Italy'));
  });
});

describe('what opens', () => {
  test('a dialog takes the focus, keeps it, closes by Esc and gives it back', async () => {
    const opener = screen.getByRole('button', { name: 'Dialog' });
    await user.click(opener);
    const dialog = await screen.findByRole('dialog', { name: 'End the session in Lyon?' });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(opener).toHaveFocus());
  });

  test('a menu moves by arrows and says why something is off', async () => {
    screen.getByRole('button', { name: 'More actions' }).focus();
    await user.keyboard('{Enter}');
    const menu = await screen.findByRole('menu');
    // jsdom places nothing, so what floats counts as hidden and has no name there
    const off = within(menu).getByText('Ask again').closest('[role="menuitem"]');
    expect(off).toHaveAttribute('aria-disabled', 'true');
    expect(off).toHaveTextContent('asked today');
    await expectAccessible(menu);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  test('tabs move by arrows', async () => {
    screen.getByRole('tab', { name: /Account access/ }).focus();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('tab', { name: 'Security settings', selected: true })).toHaveFocus();
    expect(screen.getByRole('tabpanel', { hidden: false })).toHaveTextContent('settings');
  });

  test('a toast is heard, and can be closed', async () => {
    await user.click(screen.getByRole('button', { name: 'Done' }));
    const log = screen.getByRole('log');
    expect(log).toHaveTextContent('Copied CHF 208.32');
    await user.click(within(log).getByRole('button', { name: 'Close' }));
    expect(log).not.toHaveTextContent('Copied CHF 208.32');
  });
});

describe('tables', () => {
  test('a head sorts up, then down, and says so', async () => {
    const table = region('Table');
    const head = table.getByRole('columnheader', { name: 'Amount' });
    const names = () =>
      table
        .getAllByRole('row')
        .slice(1)
        .map((row) => within(row).getAllByRole('cell')[0]!.textContent);
    expect(head).not.toHaveAttribute('aria-sort');
    await user.click(within(head).getByRole('button'));
    expect(head).toHaveAttribute('aria-sort', 'ascending');
    expect(names()).toEqual(['Selected', 'Row', 'Hover']);
    await user.click(within(head).getByRole('button'));
    expect(head).toHaveAttribute('aria-sort', 'descending');
    expect(names()).toEqual(['Hover', 'Row', 'Selected']);
  });

  test('a long table draws a few rows, tells the true count and opens by keyboard', async () => {
    const table = screen.getByRole('table', { name: '10,000 rows' });
    expect(table).toHaveAttribute('aria-rowcount', '10001');
    expect(within(table).getAllByRole('row').length).toBeLessThan(50);
    const box = table.closest<HTMLElement>('.vtable')!;
    box.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(await within(table).findByRole('row', { name: /row-2 2/ })).toHaveClass('is-selected');
  });

  test('a chart has its table behind one button', async () => {
    expect(screen.getByRole('img', { name: 'Price against quantity' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Price against quantity: show the table' }));
    const table = within(screen.getByRole('group', { name: 'Price against quantity' })).getByRole('table');
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((one) => one.textContent),
    ).toEqual(['Quantity', 'you', 'list', 'EUR', 'max.', 'floor']);
    expect(within(table).getAllByRole('row')).toHaveLength(6);
  });
});

describe('files', () => {
  const file = (name: string, type: string, size = 3) => new File([new Uint8Array(size)], name, { type });

  test('a picture arrives as bytes', async () => {
    await user.upload(screen.getByLabelText('Choose a picture', { selector: 'input' }), file('logo.png', 'image/png'));
    expect(await screen.findByText('logo.png, 3 bytes')).toBeInTheDocument();
  });

  test('another kind is refused where it was given', async () => {
    const careless = userEvent.setup({ applyAccept: false });
    await careless.upload(
      screen.getByLabelText('Choose a picture', { selector: 'input' }),
      file('notes.pdf', 'application/pdf'),
    );
    expect(await screen.findByText('notes.pdf is of a kind that is not accepted here.')).toBeInTheDocument();
  });
});

describe('page states', () => {
  test('forbidden and failed say so; only failed offers another try', async () => {
    expect(await screen.findByText(/Your role in Kontor does not allow this/)).toBeInTheDocument();
    expect(await screen.findByText(/Something Kontor needs did not answer/)).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(1);
  });
});
