/** How a message of the queue is drawn, in words. */
import { reasonWord } from '$lib/backend/fault';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Letter } from './api';

interface Look {
  word: () => string;
  tone: '' | 'info' | 'success' | 'warning' | 'danger' | 'outline';
  icon: IconName;
}

const STATES: Record<string, Look> = {
  waiting: { word: m.settings_mail_waiting, tone: 'info', icon: 'clock' },
  sending: { word: m.settings_mail_sending, tone: 'info', icon: 'send' },
  sent: { word: m.settings_mail_sent, tone: 'success', icon: 'check' },
  uncertain: { word: m.settings_mail_uncertain, tone: 'warning', icon: 'question' },
  failed: { word: m.settings_mail_failed, tone: 'danger', icon: 'danger' },
  withdrawn: { word: m.settings_mail_withdrawn, tone: 'outline', icon: 'close' },
};

export const look = (letter: Letter): Look =>
  STATES[letter.state] ?? { word: () => letter.state, tone: '', icon: 'mail' };

/** Why it is not sent yet, or never: the reason in the person's words, with the server's own behind it. */
export function why(reason: string, detail: string): string {
  if (!reason) return '';
  const said = reasonWord(reason, { detail }) || reason;
  return detail && !said.includes(detail) ? `${said} (${detail})` : said;
}

/** A message that only a person can decide about, or that can still be stopped. */
export const canRetry = (letter: Letter): boolean => ['waiting', 'failed', 'uncertain'].includes(letter.state);
export const canWithdraw = canRetry;
