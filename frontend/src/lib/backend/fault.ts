/** The one error that reaches a page. Go sends it as JSON text; the words come from messages/<locale>/fault.json. */
import { written } from '$lib/format';
import { m, word } from '$lib/i18n';

export type FaultCode =
  | 'invalid'
  | 'not_found'
  | 'forbidden'
  | 'unauthenticated'
  | 'conflict'
  | 'locked'
  | 'unavailable'
  | 'canceled'
  | 'internal';

export interface FieldFault {
  name: string;
  code: string;
  params?: Record<string, string>;
}

export class Fault extends Error {
  readonly code: FaultCode;
  readonly reason: string;
  readonly params: Record<string, string>;
  readonly fields: FieldFault[];

  constructor(code: FaultCode, more: { reason?: string; params?: Record<string, string>; fields?: FieldFault[] } = {}) {
    super(more.reason ? `${code} (${more.reason})` : code);
    this.name = 'Fault';
    this.code = code;
    this.reason = more.reason ?? '';
    this.params = more.params ?? {};
    this.fields = more.fields ?? [];
  }

  readonly #shown = new Set<string>();

  /** The refusal of one input in words, or "" where that input is fine. Whoever asks shows it. */
  field(name: string): string {
    this.#shown.add(name);
    const refused = this.fields.find((f) => f.name === name);
    return refused ? explainField(refused) : '';
  }

  /** Refusals that no input has asked for: a form shows them above its buttons instead of losing them. */
  unshown(): string[] {
    return this.others([...this.#shown]);
  }

  /** Refusals whose input is none of `names`: a form shows them above its buttons instead of losing them. */
  others(names: string[]): string[] {
    return this.fields.filter((f) => !names.includes(f.name)).map(explainField);
  }
}

const CODES: readonly string[] = [
  'invalid',
  'not_found',
  'forbidden',
  'unauthenticated',
  'conflict',
  'locked',
  'unavailable',
  'canceled',
  'internal',
] satisfies FaultCode[];

/** Whatever a binding rejected with, as a Fault. What is not one of ours is internal. */
export function toFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const text = thrown instanceof Error ? thrown.message : thrown;
  if (typeof text === 'string') {
    try {
      const read: unknown = JSON.parse(text);
      if (typeof read === 'object' && read !== null && 'code' in read && CODES.includes(String(read.code))) {
        return new Fault(read.code as FaultCode, read as object);
      }
    } catch {
      // not JSON: the shell itself failed
    }
  }
  return new Fault('internal');
}

/** A fault in words: its reason where that has words, else its code. */
export function explain(thrown: unknown): string {
  const fault = toFault(thrown);
  return (
    (fault.reason && reasonWord(fault.reason, fault.params)) ||
    word(`fault_${fault.code}`, fault.params) ||
    m.fault_internal()
  );
}

/**
 * What a reason says of the whole, "" without words. One that is told of a field otherwise has its words there: the same
 * thing may be refused at a field in one place and as a whole in another.
 */
export function reasonWord(reason: string, params: Record<string, string> = {}): string {
  return word(`reason_${reason}`, written(params)) ?? word(`field_${reason}`, written(params)) ?? '';
}

export function explainField({ code, params = {} }: FieldFault): string {
  return word(`field_${code}`, written(params)) ?? word(`reason_${code}`, written(params)) ?? m.fault_invalid();
}
