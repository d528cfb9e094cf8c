import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { Fault } from '$lib/backend';
import { router, startRouter } from '$lib/router.svelte';
import Form from '../../test/Form.svelte';
import { unsaved } from './unsaved.svelte';

function form(save: (name: string) => Promise<unknown> = () => Promise.resolve(), catchUp?: () => unknown) {
  const close = vi.fn();
  render(Form, { save, close, catchUp });
  return { close, person: userEvent.setup(), name: screen.getByLabelText('First name') };
}

const refuse =
  (fields: string[], reason = '') =>
  () =>
    Promise.reject(new Fault('invalid', { reason, fields: fields.map((name) => ({ name, code: 'required' })) }));
const asked = () => screen.findByText('Discard what you typed?');

describe('a form dialog', () => {
  test('saves at Enter, once, and closes', async () => {
    let finish = () => {};
    const save = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const { close, person, name } = form(save);
    await person.type(name, ' Bo{Enter}{Enter}');
    expect(save.mock.calls).toEqual([['Anna Bo']]);
    expect(close).not.toHaveBeenCalled();
    finish();
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
  });

  test('stays with what was refused, the first wrong field in focus', async () => {
    const { close, person, name } = form(refuse(['name']));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(name).toHaveFocus());
    expect(name).toBeInvalid();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(close).not.toHaveBeenCalled();
  });

  test('begins in its first field, and takes a refusal back when the field changes', async () => {
    const { person, name } = form(refuse(['name']));
    await waitFor(() => expect(screen.getByLabelText('Note')).toHaveFocus());
    for (const typed of ['x', 'y']) {
      await person.click(screen.getByRole('button', { name: 'Save' }));
      await waitFor(() => expect(name).toBeInvalid());
      await person.type(name, typed);
      expect(name).toBeValid();
    }
  });

  test('shows above the buttons what no field shows', async () => {
    const { person } = form(refuse(['name', 'elsewhere']));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(/./);
  });

  test('shows the new state after a change made elsewhere, and keeps what was typed', async () => {
    const catchUp = vi.fn();
    const { person, name } = form(
      () => Promise.reject(new Fault('conflict', { reason: 'changed_meanwhile' })),
      catchUp,
    );
    await person.type(name, ' Bo');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await person.click(await screen.findByRole('button', { name: 'Show the new state' }));
    expect(catchUp).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(name).toHaveValue('Anna Bo');
  });

  test('stays when saving was given up', async () => {
    const { close, person } = form(() => Promise.resolve(false));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(close).not.toHaveBeenCalled();
  });
});

describe('what was typed is asked about', () => {
  test('nothing is asked where nothing was changed', async () => {
    const { close, person, name } = form();
    await person.type(name, 'x{Backspace}');
    await person.keyboard('{Escape}');
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
  });

  test.each(['Escape', 'the cross'])('at %s', async (way) => {
    const { close, person, name } = form();
    const leave = () =>
      way === 'Escape' ? person.keyboard('{Escape}') : person.click(screen.getByRole('button', { name: 'Close' }));
    await person.type(name, ' Bo');
    await leave();
    const question = await asked();
    expect(name.compareDocumentPosition(question), 'it lies above').toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await person.click(screen.getByRole('button', { name: 'Keep editing' }));
    await waitFor(() => expect(screen.queryByText('Discard what you typed?')).toBeNull());
    expect(name).toHaveValue('Anna Bo');
    await leave();
    await asked();
    await person.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(close).toHaveBeenCalledOnce());
  });

  test('the button that cancels means it', async () => {
    const { close, person, name } = form();
    await person.type(name, ' Bo');
    await person.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(close).toHaveBeenCalledOnce();
  });

  test('before another page takes its place, however one goes there', async () => {
    const stop = startRouter();
    router.go('#/organization/details');
    const { person, name } = form();
    await person.type(name, ' Bo');
    router.go('#/profile');
    await asked();
    expect(router.route.area).toBe('organization');
    await person.click(screen.getByRole('button', { name: 'Keep editing' }));
    await waitFor(() => expect(screen.queryByText('Discard what you typed?')).toBeNull());

    location.hash = '#/home'; // as the web view's own way back does
    await asked();
    expect(router.route.area).toBe('organization');
    expect(location.hash).toBe('#/organization/details');
    await person.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(router.route.area).toBe('home'));
    stop();
  });

  test('before the window closes', async () => {
    const { person, name } = form();
    expect(await unsaved.leave()).toBe(true);
    await person.type(name, ' Bo');
    const leave = unsaved.leave();
    await asked();
    expect(await unsaved.leave()).toBe(false); // it is being asked
    await person.click(screen.getByRole('button', { name: 'Discard' }));
    expect(await leave).toBe(true);
  });
});
