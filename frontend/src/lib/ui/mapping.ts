/** A file on its way in: what its columns mean, and what it leaves open. */
import type { Mapping, Outline, Question } from '$lib/backend';

export const EMPTY: Mapping = { columns: {}, decimal: '', order: '' };

/** The part of a mapping that answers a question. */
export const asked = (question: Question): 'decimal' | 'order' => (question.about === 'days' ? 'order' : 'decimal');

/** A mapping with which every question is asked anew: an answer must not hide what it answers. */
export const unanswered = (mapping: Mapping): Mapping => ({ ...mapping, decimal: '', order: '' });

/** Nothing that is needed is left open. */
export const complete = (outline: Outline, mapping: Mapping): boolean =>
  outline.required.every((name) => mapping.columns[name] !== undefined) &&
  outline.questions.every((question) => mapping[asked(question)] !== '');
