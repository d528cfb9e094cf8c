/** Who is signed in on this window, in which organization, and whether there is a workspace at all. */
import { onUnauthenticated, tellSignedIn } from './backend/call';
import { type Fault, toFault } from './backend/fault';
import { on } from './backend/events';
import * as backend from './backend/session';
import { forms } from './format/forms.svelte';
import { language } from './i18n';
import { router } from './router.svelte';
import { settings } from './settings.svelte';
import { toasts } from './toasts.svelte';
import { unsaved } from './ui/unsaved.svelte';

export type Stage =
  | 'starting' // nobody has answered yet
  | 'fault' // no workspace is open
  | 'out' // nobody is signed in
  | 'codes' // just begun: the recovery codes are shown this once
  | 'in';

class Me {
  #stage = $state<Stage>('starting');
  #current = $state.raw<backend.Current>();
  #system = $state.raw<backend.SystemState>();
  #fault = $state.raw<Fault>();
  #codes = $state.raw<string[]>([]);
  #codesOf = $state('');
  #ended = $state(false);
  #locked = $state(false);
  /** Who was met last, and where; nobody yet, or somebody who has left. */
  #met: { accountId: string; organizationId: string } | undefined;

  get stage(): Stage {
    return this.#stage;
  }

  /** Who is signed in; only while stage is "in". */
  get current(): backend.Current | undefined {
    return this.#current;
  }

  get system(): backend.SystemState | undefined {
    return this.#system;
  }

  /** Why no workspace is open. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  get codes(): string[] {
    return this.#codes;
  }

  /** The login e-mail of the account that the codes open. */
  get codesOf(): string {
    return this.#codesOf;
  }

  /** The session ended while somebody worked: the page stays as it is, below the sign-in. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The window is locked: nothing of the page is shown before whoever worked in it has signed in again. */
  get locked(): boolean {
    return this.#locked;
  }

  get organization(): backend.OrganizationOfMine | undefined {
    return this.#current?.organizations.find((one) => one.id === this.#current?.organizationId);
  }

  get name(): string {
    return `${this.#current?.firstName ?? ''} ${this.#current?.lastName ?? ''}`.trim();
  }

  /** Hides what would be refused anyway; Go decides. */
  can(capability: string): boolean {
    return this.#current?.capabilities.includes(capability) ?? false;
  }

  /** Asks how things stand: at the start, and after every step in or out. */
  async refresh(): Promise<void> {
    try {
      const current = backend.current(); // asked at the same time: the first page waits for all of them
      const preferences = settings.load();
      for (const asked of [current, preferences]) asked.catch(() => {}); // awaited below, unless there is no workspace
      this.#system = await backend.systemState();
      if (this.#system.fault) {
        await language.ready;
        settings.speakAs(this.#system); // there is nobody whose preferences could be asked
        this.#fault = toFault(this.#system.fault);
        this.#stage = 'fault';
        return;
      }
      const now = await current;
      await preferences;
      await language.ready;
      this.#meet(now);
      this.#current = now;
      forms.timeZone = this.#current.timeZone;
      this.#fault = undefined;
      this.#ended = this.#locked = false;
      this.#stage = this.#current.signedIn ? 'in' : 'out';
      if (this.#stage === 'in') tellSignedIn();
    } catch (thrown) {
      this.#fault = toFault(thrown);
      this.#stage = 'fault';
    }
  }

  /**
   * Whoever comes next finds nothing of the one before: they begin at Home, without messages that were not for them. In
   * another organization the area stays, the record that was open in it does not.
   */
  #meet({ signedIn, accountId, organizationId }: backend.Current): void {
    const before = this.#met;
    if (!signedIn || (before && before.accountId !== accountId)) {
      toasts.clear();
      if (before) router.begin();
    } else if (before && before.organizationId !== organizationId) {
      toasts.clearActs();
      router.begin(router.route.area);
    }
    this.#met = signedIn ? { accountId, organizationId } : before && { accountId: '', organizationId: '' };
  }

  /** Tries the workspace anew; the stage tells how it went. */
  async reopen(): Promise<void> {
    await backend.reopen().catch(() => {}); // the reason comes with the state
    await this.refresh();
  }

  /** Puts a copy in the place of the workspace; what was there is kept. The password is asked while it is open. */
  async restoreCopy(name: string, password = ''): Promise<void> {
    await backend.restoreCopy(name, password);
    await this.refresh();
  }

  /** Puts the backup that was opened in the place of the workspace; what was there is kept. */
  async restoreBackup(password: string): Promise<void> {
    try {
      await backend.restoreBackup(password);
    } finally {
      await this.refresh();
    }
  }

  /** Looks around in the backup that was opened; the workspace is closed meanwhile. */
  async lookInBackup(): Promise<void> {
    await backend.lookInBackup();
    await this.refresh();
  }

  async leaveBackup(): Promise<void> {
    await backend.leaveBackup();
    await this.refresh();
  }

  /** Begins an empty workspace where the file is gone or cannot be trusted. */
  async startAnew(): Promise<void> {
    await backend.startAnew();
    await this.refresh();
  }

  /** Opens the workspace although it lies on a network disk, or another computer has not closed it. */
  async openAnyway(): Promise<void> {
    await backend.openAnyway();
    await this.refresh();
  }

  /** Opens a copy, to look at, of a workspace that somebody else has open. */
  async openToLook(): Promise<void> {
    await backend.openToLook();
    await this.refresh();
  }

  /** The warning about the folder that a program keeps elsewhere was read. */
  async syncedSeen(): Promise<void> {
    await backend.syncedSeen();
    this.#system = await backend.systemState();
  }

  async begin(input: backend.Beginning): Promise<void> {
    const { codes } = await backend.begin(input);
    this.#codes = codes;
    this.#codesOf = input.loginEmail.trim();
    this.#stage = 'codes';
  }

  /** The person has kept the codes. */
  async kept(): Promise<void> {
    this.#codes = [];
    await this.refresh();
  }

  async signIn(email: string, password: string, stay: boolean): Promise<void> {
    await backend.signIn(email, password, stay);
    await this.refresh();
  }

  async signOut(): Promise<void> {
    if (!(await unsaved.leave())) return;
    await backend.signOut();
    await this.refresh();
  }

  async switchTo(organizationId: string): Promise<void> {
    if (!(await unsaved.leave())) return;
    await backend.switchTo(organizationId);
    await this.elsewhere();
  }

  /** Another organization is shown now: it was chosen, made, or takes the place of one that is gone. */
  async elsewhere(): Promise<void> {
    await this.refresh();
  }

  async exploreSample(): Promise<void> {
    await backend.exploreSample();
    await this.refresh();
  }

  async leaveSample(erase: boolean): Promise<void> {
    if (!(await unsaved.leave())) return;
    await backend.leaveSample(erase);
    await this.refresh();
  }

  /** Goes on here, although the window was closed in the sample. */
  async stayHere(): Promise<void> {
    await backend.stayHere();
    this.#system = await backend.systemState();
  }

  /** Hides the page and asks for the password again. What is typed in it waits. */
  async lock(): Promise<void> {
    if (this.#stage !== 'in' || this.#ended) return;
    this.#hide(); // at once: nobody shall see it while Go answers
    await backend.lock().catch(() => {}); // where the session has ended already, the same sign-in opens the page again
  }

  #hide(): void {
    if (this.#stage === 'in') this.#ended = this.#locked = true;
  }

  /** Follows the calls of all pages, and what locks the window from outside; returns the way to stop. */
  watch(): () => void {
    const stop = [
      onUnauthenticated(() => {
        if (this.#stage === 'in') this.#ended = true;
      }),
      on('workspace:changed', () => void this.refresh()),
      on('session:locked', () => this.#hide()),
    ];
    return () => stop.forEach((end) => end());
  }
}

export const me = new Me();
