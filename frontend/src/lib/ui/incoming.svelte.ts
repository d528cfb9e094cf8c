/**
 * A file on its way in, from its bytes to what an import would do: its outline, the mapping that the person completes, and
 * a preview as soon as nothing that is needed is left open.
 *
 *   const incoming = new Incoming(api.outline, api.preview, () => ({ unnamed }));
 *   <FileDrop onfiles={(files) => incoming.take(files[0]!.bytes)} />
 *   <MappingStep outline={incoming.outline} bind:mapping={incoming.mapping} onchange={() => void incoming.look()} />
 */
import { base64, type Fault, type Mapping, type Outline, toFault } from '$lib/backend';
import { Latest } from './latest.svelte';
import { complete, EMPTY, unanswered } from './mapping';

export interface Upload {
  data: string;
  mapping: Mapping;
}

export class Incoming<More extends object, Found> {
  data = $state.raw('');
  outline = $state.raw<Outline>();
  mapping = $state.raw<Mapping>(EMPTY);
  /** The file is being read for the first time. */
  reading = $state(false);
  #fault = $state.raw<Fault>();
  #given = false; // an empty file is a file
  #round = 0;
  readonly #preview: Latest<[Upload & More], Found>;
  readonly #outline: (input: Upload & More) => Promise<Outline>;
  readonly #more: () => More;

  /** More is what else the import has to know; it is asked for with each call. */
  constructor(
    outline: (input: Upload & More) => Promise<Outline>,
    preview: (input: Upload & More) => Promise<Found>,
    more: () => More,
  ) {
    this.#outline = outline;
    this.#preview = new Latest(preview, { pause: 150 });
    this.#more = more;
  }

  /** What Go is asked with. */
  get input(): Upload & More {
    return { ...this.#more(), data: this.data, mapping: this.mapping };
  }

  get fault(): Fault | undefined {
    return this.#fault ?? this.#preview.fault;
  }

  /** What an import would do; undefined while something that is needed is left open. */
  get found(): Found | undefined {
    return this.outline && !this.fault && complete(this.outline, this.mapping) ? this.#preview.answer : undefined;
  }

  /** The preview is that of what is chosen now. */
  get settled(): boolean {
    return this.found !== undefined && !this.#preview.busy;
  }

  /** Takes another file: it is mapped anew. */
  take(bytes: ArrayBuffer): Promise<void> {
    this.forget();
    this.data = base64(bytes);
    this.#given = true;
    return this.look();
  }

  forget(): void {
    this.#round++;
    this.data = '';
    this.#given = false;
    this.outline = undefined;
    this.mapping = EMPTY;
    this.#fault = undefined;
    this.#preview.clear();
  }

  /** Asks anew what would happen, because something else than the mapping was chosen; what is shown stays meanwhile. */
  again(): void {
    if (this.outline && complete(this.outline, this.mapping)) this.#preview.ask(this.input);
  }

  /** Looks at the file again, because its columns mean something else. */
  async look(): Promise<void> {
    if (!this.#given) return;
    const mine = ++this.#round;
    this.reading = this.outline === undefined;
    this.#fault = undefined;
    this.#preview.clear();
    try {
      const first = this.outline === undefined;
      const found = await this.#outline({ ...this.input, mapping: unanswered(this.mapping) });
      if (mine !== this.#round) return;
      this.outline = found;
      if (first) this.mapping = found.mapping;
      if (complete(found, this.mapping)) this.#preview.ask(this.input);
    } catch (thrown) {
      if (mine === this.#round) this.#fault = toFault(thrown);
    } finally {
      if (mine === this.#round) this.reading = false;
    }
  }
}
