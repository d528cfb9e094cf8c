/**
 * Who decides about something that is shown, and how old it is: the kinds that Go tells (`mirror.StandView`,
 * `mirror.EditStand`), with those that a page says of itself, `local`, `shared` (of this workspace, from whichever computer) and `manager`.
 */
import { m, word } from '$lib/i18n';
import { relative, since as day } from '$lib/format';
import type { IconName } from './icons';

export interface Stand {
  kind: string;
  /** The moment of the reading, or since when it is so; "" if there is none. */
  since?: string;
  /** A message key that says why nothing newer is there, or "". */
  reason?: string;
  /** The scope that the token lacks. */
  scope?: string;
}

interface Drawn {
  icon: IconName;
  /** Of `.authority` in base.css. */
  look: '' | 'needs' | 'stale' | 'none';
  says: string;
  means: string;
}

/** The copy of an earlier reading, or none. */
const dated = (at: string, means: string, none = m.ui_authority_unread()): Drawn => ({
  icon: 'clock',
  look: 'stale',
  says: at ? m.ui_authority_stale({ when: day(at) }) : none,
  means,
});

/** Icon, words and meaning of a stand. A kind that is not known here claims nothing. */
export function drawn(stand: Stand, now = new Date()): Drawn {
  const at = stand.since ?? '';
  const why = stand.reason ? (word(`reason_mirror_${stand.reason}`) ?? '') : '';
  const because = (means: string) => [why, means].filter(Boolean).join(' ');
  switch (stand.kind) {
    case 'local':
      return { icon: 'device', look: '', says: m.ui_authority_local(), means: m.ui_authority_local_means() };
    case 'shared':
      return { icon: 'device', look: '', says: m.ui_authority_shared(), means: m.ui_authority_local_means() };
    case 'synced':
      return {
        icon: 'refresh',
        look: '',
        says: m.ui_authority_synced({ when: relative(at, now) }),
        means: m.ui_authority_synced_means(),
      };
    case 'requested':
      return { icon: 'send', look: '', says: m.ui_authority_requested(), means: m.ui_authority_requested_means() };
    case 'scope':
      return { icon: 'key', look: 'needs', says: m.ui_authority_scope(), means: m.ui_authority_scope_means() };
    case 'manager':
      return { icon: 'external', look: '', says: m.ui_authority_manager(), means: m.ui_authority_manager_means() };
    case 'absent':
      return { icon: 'ban', look: 'none', says: m.ui_authority_absent(), means: m.ui_authority_absent_means() };
    case 'paused':
      return {
        icon: 'pause',
        look: 'needs',
        says: at ? m.ui_authority_paused({ when: day(at) }) : m.ui_authority_paused_now(),
        means: m.ui_authority_paused_means(),
      };
    case 'incomplete':
      return dated(at, because(m.ui_authority_incomplete_means()), m.ui_authority_incomplete());
    case 'unreadable':
      return dated(at, because(m.ui_authority_unreadable_means()), m.ui_authority_unreadable());
    case 'maintenance':
      return dated(at, because(m.ui_authority_maintenance_means()), m.ui_authority_maintenance());
    case 'frozen':
      return dated(at, m.ui_authority_frozen_means());
    case 'off':
      return { icon: 'muted', look: 'none', says: m.ui_authority_off(), means: m.ui_authority_off_means() };
    case 'waiting':
      return { icon: 'clock', look: 'stale', says: m.ui_authority_unread(), means: m.ui_authority_waiting_means() };
    default:
      return dated(at, because(m.ui_authority_stale_means()));
  }
}
