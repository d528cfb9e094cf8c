/** Short messages at the bottom right: results, and ten seconds to undo. They are read out by screen readers. */
import type { IconName } from './ui/icons';
import { explain } from './backend/fault';

export const UNDO_SECONDS = 10;
export const RESULT_SECONDS = 6;

export interface Toast {
  id: number;
  text: string;
  icon: IconName;
  tone: '' | 'success' | 'danger';
  seconds: number; // left
  act?: { label: string; icon?: IconName; run: () => void };
}

class Toasts {
  #list = $state<Toast[]>([]);
  #next = 1;
  #clock: ReturnType<typeof setInterval> | undefined;
  #over = false;
  #focused: () => boolean = () => false;

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** It worked. */
  done(text: string): void {
    this.#add({ text, icon: 'success', tone: 'success', seconds: RESULT_SECONDS });
  }

  /** It is done and can be undone for ten seconds. */
  undo(text: string, undo: () => void, label: string, icon: IconName = 'bin'): void {
    this.#add({ text, icon, tone: '', seconds: UNDO_SECONDS, act: { label, icon: 'undo', run: undo } });
  }

  /** It is noted here and still to do elsewhere: the act leads there, where the browser has not been led there already. */
  noted(text: string, open?: () => void, label = ''): void {
    const act = open && ({ label, icon: 'external', run: open } as const);
    this.#add({ text, icon: 'todo', tone: '', seconds: UNDO_SECONDS, act });
  }

  /** It failed; stays until closed when there is something to do about it. */
  failed(thrown: unknown, retry?: { label: string; run: () => void }): void {
    this.#add({ text: explain(thrown), icon: 'danger', tone: 'danger', seconds: retry ? Infinity : 12, act: retry });
  }

  /** Does something of which only a refusal is told here; false if it was refused. */
  async told(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.failed(thrown);
      return false;
    }
  }

  /** Something is noted here and still to be done elsewhere; stays until it is closed. */
  todo(text: string, act?: { label: string; icon?: IconName; run: () => void }): void {
    this.#add({ text, icon: 'todo', tone: '', seconds: Infinity, act });
  }

  /** Something did not work and there is no fault to explain it. */
  problem(text: string): void {
    this.#add({ text, icon: 'warning', tone: 'danger', seconds: 12 });
  }

  close(id: number): void {
    this.#over = false; // what the pointer was on may be gone; it says so when it moves
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** Another person, or another organization: what was told is not theirs, least of all an undo. */
  clear(): void {
    this.#over = false;
    this.#list = [];
  }

  /** The organization went: what could still be done in it goes, that it went is said. */
  clearActs(): void {
    this.#list = this.#list.filter((toast) => !toast.act && Number.isFinite(toast.seconds));
  }

  act(toast: Toast): void {
    this.close(toast.id);
    toast.act?.run();
  }

  /** Time stands still while somebody reaches for a toast with the pointer … */
  over(over: boolean): void {
    this.#over = over;
  }

  /** … or is in one with the keyboard: asked at each second, because a button that goes takes its focus along unsaid. */
  watch(focused: () => boolean): () => void {
    this.#focused = focused;
    return () => {
      this.#focused = () => false;
      this.#over = false;
    };
  }

  #add(toast: Omit<Toast, 'id'>): void {
    this.#list = [...this.#list, { ...toast, id: this.#next++ }].slice(-3);
    this.#clock ??= setInterval(() => this.#tick(), 1000);
  }

  #tick(): void {
    if (this.#over || this.#focused()) return;
    for (const toast of this.#list) toast.seconds--;
    this.#list = this.#list.filter((toast) => toast.seconds > 0);
    if (this.#list.length === 0) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }
}

export const toasts = new Toasts();
