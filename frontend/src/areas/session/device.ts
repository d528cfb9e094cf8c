/** How a session is called and what stands out about it, in words. */
import { number } from '$lib/format';
import { language, m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';

import type { Device, Highlight, Sheet } from './api';

/** The person's own name for it, else the computer's. */
export const title = (device: Device): string => device.ownName || device.device || device.system;

export const icon = (device: Device): IconName => (/android|ios/i.test(device.system) ? 'phone' : 'device');

/** The system without the code name that some put behind it: "Debian GNU/Linux 12 (bookworm)". */
export const system = (device: Device): string => device.system.replace(/ \([^)]*\)$/, '');

/** With which Kontor, on which system. */
export const program = (device: Device): string =>
  m.session_program_of({ version: device.appVersion, system: system(device) });

const RULES: Record<string, { word: () => string; why: (p: Record<string, string>) => string }> = {
  new_device: {
    word: m.session_rule_new_device,
    why: (p) => m.session_why_new_device({ device: p.device ?? '', system: p.system ?? '' }),
  },
  new_network: {
    word: m.session_rule_new_network,
    why: (p) => m.session_why_new_network({ address: p.address ?? '' }),
  },
  idle: { word: m.session_rule_idle, why: (p) => m.session_why_idle({ days: p.days ?? '' }) },
  unusual_hour: {
    word: m.session_rule_unusual_hour,
    why: (p) => m.session_why_unusual_hour({ hour: p.hour ?? '', before: p.before ?? '' }),
  },
  impossible_travel: {
    word: m.session_rule_impossible_travel,
    why: (p) =>
      m.session_why_impossible_travel({
        from: p.from ?? '',
        to: p.to ?? '',
        km: number(p.km ?? ''),
        minutes: number(p.minutes ?? ''),
      }),
  },
};

/** The rule in one word, for the badge. */
export const rule = (name: string): string => RULES[name]?.word() ?? name;

/** Why the rule applies, in a sentence. */
export const reason = (highlight: Highlight): string => RULES[highlight.rule]?.why(highlight.params) ?? '';

export const tone = (highlight: Highlight): 'info' | 'warning' => (highlight.rule === 'idle' ? 'info' : 'warning');

const METHODS: Record<string, () => string> = {
  password: m.session_method_password,
  sso: m.session_method_sso,
  stayed: m.session_method_stayed,
};

/** How the person signed in. */
export const method = (device: Device): string => METHODS[device.method]?.() ?? device.method;

const ENDS: Record<string, () => string> = {
  self: m.session_ended_self,
  other: m.session_ended_other,
  password: m.session_ended_password,
  recovery: m.session_ended_recovery,
};

/** How a session came to its end. */
export const ending = (device: Device): string => ENDS[device.endedBy]?.() ?? '–';

/** The list of sessions as a file, in the person's words. */
export function sheet(): Sheet {
  const words: Record<string, string> = {
    'column.device': m.session_device(),
    'column.own_name': m.session_own_name(),
    'column.note': m.session_note(),
    'column.system': m.session_system(),
    'column.app_version': m.session_version(),
    'column.address': m.session_address(),
    'column.method': m.session_method(),
    'column.first_seen': `${m.session_first_seen()} (UTC)`,
    'column.last_active': `${m.session_last_active()} (UTC)`,
    'column.ended_at': `${m.session_ended_at()} (UTC)`,
    'column.ended_by': m.session_how_ended(),
  };
  for (const [key, said] of Object.entries(METHODS)) words[`method.${key}`] = said();
  for (const [key, said] of Object.entries(ENDS)) words[`ended.${key}`] = said();
  const name = `kontor-${m.session_title().toLowerCase()}-${new Date().toISOString().slice(0, 10)}.csv`;
  return { title: m.session_export(), name, language: language.current, words };
}
