/** How a session is called and what stands out about it, in words. */
import { number } from '$lib/format';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';

import type { Device, Highlight } from './api';

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
  closed: m.session_ended_closed,
};

/** How a session came to its end. */
export const ending = (device: Device): string => ENDS[device.endedBy]?.() ?? '–';
