/**
 * Work that takes longer than a call may:
 *
 *     const work = new Running();
 *     const id = await work.run(() => exportTo(search, out)); // "" if it was stopped, or never began
 *
 * Meanwhile `work.job` tells how far it is, and `work.cancel()` stops it.
 */
import * as service from '$wailsjs/go/bridge/JobWindow';
import type { bridge } from '$wailsjs/go/models';
import { call } from './call';
import { on } from './events';
import { toFault } from './fault';

export type Job = bridge.JobView;

declare module './events' {
  interface Events {
    job: Job;
  }
}

/** How often a job is asked how it is, should an event get lost. */
const ASK_EVERY = 1000;

export class Running {
  #job = $state.raw<Job>();
  #canceling = $state(false);

  /** The job while it runs. */
  get job(): Job | undefined {
    return this.#job;
  }

  get canceling(): boolean {
    return this.#canceling;
  }

  /** Starts a job and waits for its end. Answers its id, or "" if it was canceled or did not begin; throws its fault. */
  async run(begin: () => Promise<Job>): Promise<string> {
    const first = await begin();
    if (!first.id) return '';
    this.#job = first;
    this.#canceling = false;
    try {
      const end = await this.#ended(first);
      if (end.state === 'failed') throw toFault(end.fault);
      return end.state === 'done' ? end.id : '';
    } finally {
      this.#job = undefined;
    }
  }

  async cancel(): Promise<void> {
    const id = this.#job?.id;
    if (!id) return;
    this.#canceling = true;
    await call(() => service.Cancel(id));
  }

  #ended(first: Job): Promise<Job> {
    return new Promise((resolve, reject) => {
      let over = false; // an answer that comes later must not bring the job back
      const look = (job: Job) => {
        if (over || job.id !== first.id) return;
        this.#job = job;
        if (job.state === 'running') return;
        over = true;
        stop();
        clearInterval(timer);
        resolve(job);
      };
      const stop = on('job', look);
      const timer = setInterval(() => {
        call(() => service.Get(first.id)).then(look, (thrown: unknown) => {
          stop();
          clearInterval(timer);
          reject(toFault(thrown));
        });
      }, ASK_EVERY);
      look(first);
      // It may have ended before anybody listened.
      call(() => service.Get(first.id)).then(look, () => {});
    });
  }
}
