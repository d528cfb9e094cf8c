/** Codes of Go in the person's words. */
import { tag } from '$lib/format';
import { LANGUAGE_NAMES, isLocale, m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Count } from './api';

const ROLE: Record<string, () => string> = {
  legal_representative: m.organization_role_legal_representative,
  administrator: m.organization_role_administrator,
  collaborator: m.organization_role_collaborator,
  external: m.organization_role_external,
};
export const role = (which: string): string => ROLE[which]?.() ?? which;

export const languageName = (which: string): string => (isLocale(which) ? LANGUAGE_NAMES[which] : which);

export const country = (code: string): string =>
  code ? (new Intl.DisplayNames([tag()], { type: 'region' }).of(code) ?? code) : '';

export const zoneName = (zone: string): string => (zone ? zone.replaceAll('_', ' ') : m.profile_zone_computer());

/** Every zone that the window knows. */
export const zones = (): string[] => Intl.supportedValuesOf('timeZone');

const LEAVING: Record<string, (p: { n: number }) => string> = {
  account: m.profile_leaving_account,
  pictures: m.profile_leaving_pictures,
  sessions: m.profile_leaving_sessions,
  recovery_codes: m.profile_leaving_recovery_codes,
  attempts: m.profile_leaving_attempts,
  ends: m.profile_leaving_ends,
  letters: m.profile_leaving_letters,
  mirrored: m.profile_leaving_mirrored,
  notices: m.profile_leaving_notices,
  memberships: m.profile_leaving_memberships,
  personal_values: m.profile_leaving_personal_values,
  journal_entries: m.profile_leaving_journal_entries,
  organizations: m.profile_leaving_organizations,
};
export const leaving = (one: Count): string => LEAVING[one.kind]?.({ n: one.count }) ?? `${one.kind}: ${one.count}`;

const METADATA: Record<string, [IconName, () => string]> = {
  gps: ['pin', m.profile_meta_gps],
  camera: ['camera', m.profile_meta_camera],
  serial: ['tag', m.profile_meta_serial],
  date: ['calendar', m.profile_meta_date],
  author: ['profile', m.profile_meta_author],
  software: ['settings', m.profile_meta_software],
  thumbnail: ['image', m.profile_meta_thumbnail],
  xmp: ['file', m.profile_meta_xmp],
  iptc: ['file', m.profile_meta_iptc],
  text: ['file', m.profile_meta_text],
};
export const metadata = (kind: string): { icon: IconName; text: string } => {
  const [icon, text] = METADATA[kind] ?? ['file' as const, () => kind];
  return { icon, text: text() };
};
