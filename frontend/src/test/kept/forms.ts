/** Every form that begins with what there is, with sample figures that no language writes alike. */
import './zone'; // before the expectations
import type { Component } from 'svelte';
import { mirror } from './mirror';
import { expiry } from './expiry';
import { organization } from './organization';
import { partner } from './partner';
import { payment } from './payment';
import { sale } from './sale';
import { transfer } from './transfer';

export interface Form {
  /** Below src. */
  file: string;
  props: Record<string, unknown>;
  /** What Go answers, by method. */
  answers?: Record<string, unknown>;
  /** What is sent when nothing was changed: the method and its arguments. */
  sends: [string, ...unknown[]];
  /** Buttons that lead to the form, by the beginning of their accessible name in English. */
  through?: RegExp[];
}

export type Pages = Record<string, () => Promise<{ default: Component<Record<string, unknown>> }>>;

export const forms: Form[] = [...partner, ...payment, ...transfer, ...mirror, ...organization, ...sale, ...expiry];
