/** How a session is called and what stands out about it, in words. */
import { word } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Device, Highlight } from './api';

/** The person's own name for it, else the computer's. */
export const title = (device: Device): string => device.ownName || device.device || device.system;

export const icon = (device: Device): IconName => (/android|ios/i.test(device.system) ? 'phone' : 'device');

/** The rule in one word, for the badge. */
export const rule = (highlight: Highlight): string => word(`session_rule_${highlight.rule}`) ?? highlight.rule;

/** Why the rule applies, in a sentence. */
export const reason = (highlight: Highlight): string =>
  word(`session_why_${highlight.rule}`, highlight.params) ?? highlight.rule;

export const tone = (highlight: Highlight): 'info' | 'warning' => (highlight.rule === 'idle' ? 'info' : 'warning');
