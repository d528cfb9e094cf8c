/** The tasks that are to be done in the Manager, for whoever shows them: Home all of them, a page those of its rows. */
import { settle, tasks as ask, type ManagerTask, type Outcome } from './backend/manager';
import { written } from './format';
import { m, word } from './i18n';
import { toasts } from './toasts.svelte';

class Tasks {
  #list = $state.raw<ManagerTask[]>([]);
  #asked: Promise<ManagerTask[]> | undefined;

  /** Open ones, oldest first, then those closed in the last seven days. */
  get list(): readonly ManagerTask[] {
    return this.#list;
  }

  get open(): readonly ManagerTask[] {
    return this.#list.filter((task) => task.outcome === 'open');
  }

  /** The open task about a record, if there is one; of these kinds only, if any are named. */
  of(ref: string, ...kinds: string[]): ManagerTask | undefined {
    return this.open.find((task) => task.ref === ref && (kinds.length === 0 || kinds.includes(task.kind)));
  }

  /** Asks anew, once for all who ask at the same time. A page calls it with its own question. */
  ask(): Promise<ManagerTask[]> {
    this.#asked ??= ask()
      .then((list) => (this.#list = list))
      .finally(() => (this.#asked = undefined));
    return this.#asked;
  }

  /** Closes a task by the person's word; `then` asks for what the page shows. What is not final can be taken back for ten seconds. */
  async close(task: ManagerTask, outcome: Exclude<Outcome, 'open'>, then?: () => unknown): Promise<void> {
    if (!(await toasts.told(() => this.#settle(task, outcome, then)))) return;
    const words = outcome === 'done' ? m.todo_closed() : m.todo_was_dropped();
    if (task.final && outcome === 'done') toasts.done(words);
    else toasts.undo(words, () => void toasts.told(() => this.reopen(task, then)), m.ui_undo(), 'todo');
  }

  /** Opens a closed task again: what followed from it is taken back. */
  reopen(task: ManagerTask, then?: () => unknown): Promise<void> {
    return this.#settle(task, 'open', then);
  }

  async #settle(task: ManagerTask, outcome: Outcome, then?: () => unknown): Promise<void> {
    await settle(task.id, outcome);
    await this.ask();
    await then?.();
  }
}

export const tasks = new Tasks();

/** "Top-up, CHF 150.00" */
export const taskTitle = (task: ManagerTask): string => word(`todo_${task.kind}`, written(task.params)) ?? task.kind;

/** "It has been credited", or the usual words. */
export const taskConfirm = (task: ManagerTask): string => word(`todo_${task.kind}_done`) ?? m.todo_confirm();
