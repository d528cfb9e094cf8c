/** A file on its way in: what its columns mean, and what it leaves open. The shapes are those of Go's core/input. */
export interface Mapping {
  /** Column by field, counted from 0. */
  columns: Record<string, number>;
  /** The decimal mark that was answered; "" while it was not asked or not answered. */
  decimal: string;
  /** The order of days that was answered; "" likewise. */
  order: string;
}

export interface Question {
  about: string;
  line: number;
  text: string;
  choices: { answer: string; value: string }[];
  count: number;
}

export interface Outline {
  columns: string[];
  fields: string[];
  required: string[];
  mapping: Mapping;
  questions: Question[];
  sample: string[][];
  rows: number;
}

export const EMPTY: Mapping = { columns: {}, decimal: '', order: '' };

/** The part of a mapping that answers a question. */
export const asked = (question: Question): 'decimal' | 'order' => (question.about === 'days' ? 'order' : 'decimal');

/** A mapping with which every question is asked anew: an answer must not hide what it answers. */
export const unanswered = (mapping: Mapping): Mapping => ({ ...mapping, decimal: '', order: '' });

/** Nothing that is needed is left open. */
export const complete = (outline: Outline, mapping: Mapping): boolean =>
  outline.required.every((name) => mapping.columns[name] !== undefined) &&
  outline.questions.every((question) => mapping[asked(question)] !== '');
