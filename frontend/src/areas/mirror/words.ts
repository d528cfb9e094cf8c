/** What the codes of the mirror are called on its pages. A word of Infomaniak that is not known here is shown as given. */
import { m } from '$lib/i18n';
import { country, dateTime, moment, number } from '$lib/format';
import type { IconName } from '$lib/ui/icons';
import type { Area, Edit, Record, Value, ValueInput } from './api';

type Words = { [code: string]: (() => string) | undefined };

const AREAS: Words = {
  profile: m.mirror_area_profile,
  organizations: m.mirror_area_organizations,
  services: m.mirror_area_services,
  products: m.mirror_area_products,
  domains: m.mirror_area_domains,
  members: m.mirror_area_members,
  teams: m.mirror_area_teams,
  invitations: m.mirror_area_invitations,
  drives: m.mirror_area_drives,
  activities: m.mirror_area_activities,
  payments: m.mirror_area_payments,
  branding: m.mirror_area_branding,
  log: m.mirror_area_log,
  invoices: m.mirror_area_invoices,
  prepaid: m.mirror_area_prepaid,
};

export const areaName = (area: string): string => AREAS[area]?.() ?? area;

/** What a row of the table of verdicts has to say beside its verdict. */
export function found(area: Area): string {
  if (area.area === 'log') return m.mirror_found_log();
  if (area.verdict === 'manager') return m.mirror_found_manager();
  if (area.verdict === 'absent') return m.mirror_found_absent();
  if (area.verdict === 'unreadable') return m.mirror_found_unreadable({ http: String(area.http) });
  if (area.verdict === 'maintenance') return m.mirror_found_maintenance();
  if (area.verdict === 'scope') return m.mirror_found_scope();
  if (area.verdict === 'waiting') return m.mirror_found_waiting();
  const told = Math.max(area.rows, area.seen);
  if (area.area === 'profile') return m.mirror_found_profile();
  if (area.total > told) return m.mirror_found_of({ n: number(told), total: number(area.total) });
  return m.mirror_found_rows({ n: number(told) });
}

/** The stand of a verdict: how old what is shown of an area is, and what that area is otherwise. */
export const standOf = (area: Area) =>
  area.verdict === 'synced' || area.verdict === 'paused' || area.stand.since
    ? area.stand
    : { kind: area.verdict, since: '', reason: '', scope: area.scopes[0] ?? area.stand.scope };

/** When an area is read. */
export function often(area: Area): string {
  if (area.unreadable > 0) return m.mirror_often_unreadable({ n: area.unreadable });
  if (['manager', 'absent', 'off'].includes(area.verdict)) return '–';
  if (area.verdict === 'scope') return m.mirror_often_never();
  if (area.everyMin === 0) return area.onOpening ? m.mirror_often_opened() : m.mirror_often_asked();
  if (area.everyMin < 60) return m.mirror_often_minutes({ n: area.everyMin });
  if (area.everyMin === 60) return m.mirror_often_hour();
  if (area.everyMin < 1440) return m.mirror_often_hours({ n: Math.round(area.everyMin / 60) });
  return m.mirror_often_day();
}

const EVENTS: Words = {
  file_create: m.mirror_event_file_create,
  file_update: m.mirror_event_file_update,
  file_rename: m.mirror_event_file_rename,
  file_move: m.mirror_event_file_move,
  file_trash: m.mirror_event_file_trash,
  file_restore: m.mirror_event_file_restore,
  file_delete: m.mirror_event_file_delete,
  file_access: m.mirror_event_file_access,
  file_share_create: m.mirror_event_file_share_create,
  share_link_create: m.mirror_event_share_link_create,
};

/** What was done in a drive; one of the many rarer words as Infomaniak gives it. */
export const eventName = (action: string): string => EVENTS[action]?.() ?? action;

const FIELDS: Words = {
  first_name: m.mirror_field_first_name,
  last_name: m.mirror_field_last_name,
  language: m.mirror_field_language,
  country: m.mirror_field_country,
  timezone: m.mirror_field_timezone,
  notice_success: m.mirror_field_notice_success,
  notice_failure: m.mirror_field_notice_failure,
  lock: m.mirror_field_lock,
  name: m.mirror_field_name,
  address: m.mirror_field_address,
  vat_number: m.mirror_field_vat_number,
};

export const fieldName = (field: string): string => FIELDS[field]?.() ?? field;

const KINDS: Words = {
  avatar: m.mirror_kind_avatar,
  email: m.mirror_kind_email,
  phone: m.mirror_kind_phone,
  invitation: m.mirror_kind_invitation,
  team: m.mirror_kind_team,
  team_users: m.mirror_kind_team_users,
  application_password: m.mirror_kind_application_password,
  record: m.mirror_kind_record,
};

/** What an edit concerns, in a line of its own. */
export function editName(edit: Edit): string {
  if (edit.kind === 'profile') return fieldName(edit.field);
  const kind = KINDS[edit.kind]?.() ?? edit.kind;
  return edit.name ? `${kind}: ${edit.name}` : kind;
}

type Tone = '' | 'info' | 'success' | 'danger' | 'warning';

export const STATES: { [state: string]: { icon: IconName; tone: Tone; says: () => string } | undefined } = {
  waiting: { icon: 'clock', tone: '', says: m.mirror_state_waiting },
  sending: { icon: 'send', tone: 'info', says: m.mirror_state_sending },
  requested: { icon: 'send', tone: 'info', says: m.mirror_state_requested },
  confirmed: { icon: 'check', tone: 'success', says: m.mirror_state_confirmed },
  refused: { icon: 'close', tone: 'danger', says: m.mirror_state_refused },
  differs: { icon: 'differs', tone: 'warning', says: m.mirror_state_differs },
  conflict: { icon: 'warning', tone: 'warning', says: m.mirror_state_conflict },
  uncertain: { icon: 'question', tone: 'warning', says: m.mirror_state_uncertain },
  withdrawn: { icon: 'undo', tone: '', says: m.mirror_state_withdrawn },
};

const WHY: Words = {
  offline: m.mirror_why_offline,
  limited: m.mirror_why_limited,
  maintenance: m.mirror_why_maintenance,
  broken: m.mirror_why_broken,
  unreadable: m.mirror_why_unreadable,
  paused: m.mirror_why_paused,
  scope: m.mirror_why_scope,
  forbidden: m.mirror_why_forbidden,
  missing: m.mirror_why_missing,
  queued: m.mirror_why_queued,
  interrupted: m.mirror_why_interrupted,
  not_now: m.mirror_why_not_now,
  not_shown: m.mirror_why_not_shown,
  already_invited: m.mirror_why_already_invited,
  already_there: m.mirror_why_already_there,
  refused: m.mirror_why_paused,
  no_answer: undefined, // its state says so
};

/** Why something did not go further, by the code that Go sends; "" where the state says enough. */
export const why = (reason: string): string => WHY[reason]?.() ?? '';

/** What has become of an edit, in a sentence. */
export function fate(edit: Edit): string {
  const mine = shown(edit.field, edit.mine);
  const theirs = shown(edit.field, edit.theirs);
  const next = edit.nextAt ? m.mirror_fate_next({ when: moment(edit.nextAt) }) : '';
  const join = (...parts: string[]) => parts.filter(Boolean).join(' ');
  switch (edit.state) {
    case 'waiting':
      return join(m.mirror_fate_waiting(), why(edit.reason), next);
    case 'sending':
      return m.mirror_fate_sending();
    case 'requested':
      return join(m.mirror_fate_requested({ when: moment(edit.sentAt) }), why(edit.reason), next);
    case 'confirmed':
      return m.mirror_fate_confirmed({ when: moment(edit.changedAt) });
    case 'refused':
      return join(
        ...edit.refusals.map((one) => m.mirror_fate_refused({ text: one.text })),
        edit.refusals.length === 0 && edit.detail ? m.mirror_fate_refused({ text: edit.detail }) : '',
        edit.refusals.length === 0 && !edit.detail ? join(m.mirror_fate_refused_bare(), why(edit.reason)) : '',
        edit.kind === 'profile' && edit.base.known ? m.mirror_fate_still({ value: shown(edit.field, edit.base) }) : '',
      );
    case 'differs':
      return edit.kind === 'profile'
        ? m.mirror_fate_differs({ mine, when: moment(edit.sentAt), theirs })
        : m.mirror_fate_differs_bare({ when: moment(edit.sentAt) });
    case 'conflict':
      return m.mirror_fate_conflict();
    case 'uncertain':
      return join(m.mirror_fate_uncertain({ when: moment(edit.sentAt) }), next);
    default:
      return m.mirror_fate_withdrawn();
  }
}

/** A value of a field of the profile, as it is read. */
export function shown(field: string, value: Value): string {
  if (!value.known) return m.mirror_value_unknown();
  if (field === 'notice_success' || field === 'notice_failure') return value.on ? m.mirror_on() : m.mirror_off();
  if (field === 'lock') return value.on ? m.mirror_lock_after({ n: value.number }) : m.mirror_lock_off();
  if (field === 'country' && /^[A-Z]{2}$/.test(value.code)) return country(value.code);
  return value.text || m.mirror_value_empty();
}

/** The value as it stands on the page, to be sent along with a change. */
export const asRead = (value: Value): ValueInput => ({
  text: value.text,
  id: value.id,
  on: value.on,
  number: value.known ? String(value.number) : '',
});

const ROLES: Words = {
  owner: m.mirror_role_owner,
  admin: m.mirror_role_admin,
  normal: m.mirror_role_normal,
  client: m.mirror_role_client,
};

/** A role at Infomaniak; a word that is new there is shown as given. */
export const role = (code: string): string => ROLES[code]?.() ?? code;

const STATUS: Words = {
  pending: m.mirror_status_pending,
  accepted: m.mirror_status_accepted,
  rejected: m.mirror_status_rejected,
  cancelled: m.mirror_status_cancelled,
};

/** What has become of an invitation; Infomaniak's own word where it is new. */
export const status = (code: string): string => (code ? (STATUS[code]?.() ?? code) : m.mirror_status_unread());

const WHY_KEPT: Words = {
  daily: m.mirror_kept_daily,
  asked: m.mirror_kept_asked,
  before_change: m.mirror_kept_before,
  after_change: m.mirror_kept_after,
};

export const whyKept = (code: string): string => WHY_KEPT[code]?.() ?? code;

const COUNTS: { [kind: string]: ((n: { n: number }) => string) | undefined } = {
  organizations: m.mirror_count_organizations,
  products: m.mirror_count_products,
  domains: m.mirror_count_domains,
  members: m.mirror_count_members,
  teams: m.mirror_count_teams,
  sessions: m.mirror_count_sessions,
  events: m.mirror_count_events,
};

/** "50 products, 14 domains"; kinds of which there is nothing are left out. */
export const counted = (counts: readonly { kind: string; count: number }[]): string =>
  counts
    .filter((one) => one.count > 0)
    .map((one) => COUNTS[one.kind]?.({ n: one.count }) ?? `${number(one.count)} ${one.kind}`)
    .join(', ');

/** How a record is written in a zone. */
export const recordText = (one: Record): string =>
  `${one.source || '@'} ${m.mirror_dns_ttl_of({ n: number(one.ttl) })} ${one.type} ${one.target}`;

/** The moment of a snapshot, exact enough to tell two of a day apart. */
export const taken = (at: string): string => dateTime(at);

const METHODS: Words = {
  otp: m.mirror_method_otp,
  sms: m.mirror_method_sms,
  yubikey: m.mirror_method_yubikey,
  application: m.mirror_method_application,
};

/** What Infomaniak tells of two-step sign-in: on, off and not told are three things. */
export function twoStep(state: { known: boolean; on: boolean; method: string; methods: string[] }): string {
  if (!state.known) return m.mirror_value_unknown();
  if (!state.on) return m.mirror_off();
  const methods = state.methods.length > 0 ? state.methods : [state.method].filter(Boolean);
  const names = methods.map((one) => METHODS[one]?.() ?? one).join(', ');
  return names ? m.mirror_two_step_by({ methods: names }) : m.mirror_on();
}
