/** The words for the codes that Go sends. Tables of functions, so that they follow the language. */
import { m } from '$lib/i18n';
import { clock, date } from '$lib/format';
import type { IconName } from '$lib/ui/icons';
import type { Attempt, BulkRow, Check, Source, Transfer } from './api';

const CAUSES: Record<string, () => string> = {
  locked: m.transfer_cause_locked,
  server_locked: m.transfer_cause_server_locked,
  code_wrong: m.transfer_cause_code_wrong,
  code_old: m.transfer_cause_code_old,
  contact_invalid: m.transfer_cause_contact_invalid,
  not_confirmed: m.transfer_cause_not_confirmed,
  sixty_days: m.transfer_cause_sixty_days,
  expired: m.transfer_cause_expired,
  redemption: m.transfer_cause_redemption,
  registrar_refused: m.transfer_cause_registrar_refused,
  unpaid: m.transfer_cause_unpaid,
  pending: m.transfer_cause_pending,
  frozen: m.transfer_cause_frozen,
  protected: m.transfer_cause_protected,
  not_found: m.transfer_cause_not_found,
  holder_mismatch: m.transfer_cause_holder_mismatch,
  registry_down: m.transfer_cause_registry_down,
  dispute: m.transfer_cause_dispute,
  holder_changed: m.transfer_cause_holder_changed,
  unverified: m.transfer_cause_unverified,
  suspended: m.transfer_cause_suspended,
  declined: m.transfer_cause_declined,
  dnssec: m.transfer_cause_dnssec,
  name_servers: m.transfer_cause_name_servers,
  ips_tag: m.transfer_cause_ips_tag,
  ineligible: m.transfer_cause_ineligible,
};

const REMEDIES: Record<string, () => string> = {
  locked: m.transfer_do_locked,
  server_locked: m.transfer_do_server_locked,
  code_wrong: m.transfer_do_code_wrong,
  code_old: m.transfer_do_code_old,
  contact_invalid: m.transfer_do_contact_invalid,
  not_confirmed: m.transfer_do_not_confirmed,
  sixty_days: m.transfer_do_sixty_days,
  expired: m.transfer_do_expired,
  redemption: m.transfer_do_redemption,
  registrar_refused: m.transfer_do_registrar_refused,
  unpaid: m.transfer_do_unpaid,
  pending: m.transfer_do_pending,
  frozen: m.transfer_do_frozen,
  protected: m.transfer_do_protected,
  not_found: m.transfer_do_not_found,
  holder_mismatch: m.transfer_do_holder_mismatch,
  registry_down: m.transfer_do_registry_down,
  dispute: m.transfer_do_dispute,
  holder_changed: m.transfer_do_holder_changed,
  unverified: m.transfer_do_unverified,
  suspended: m.transfer_do_suspended,
  declined: m.transfer_do_declined,
  dnssec: m.transfer_do_dnssec,
  name_servers: m.transfer_do_name_servers,
  ips_tag: m.transfer_do_ips_tag,
  ineligible: m.transfer_do_ineligible,
};

const WHY: Record<string, (inputs: { registrar: string }) => string> = {
  locked: m.transfer_why_locked,
  server_locked: m.transfer_why_server_locked,
  code_wrong: m.transfer_why_code_wrong,
  code_old: m.transfer_why_code_old,
  contact_invalid: m.transfer_why_contact_invalid,
  not_confirmed: m.transfer_why_not_confirmed,
  sixty_days: m.transfer_why_sixty_days,
  expired: m.transfer_why_expired,
  redemption: m.transfer_why_redemption,
  registrar_refused: m.transfer_why_registrar_refused,
  unpaid: m.transfer_why_unpaid,
  pending: m.transfer_why_pending,
  frozen: m.transfer_why_frozen,
  protected: m.transfer_why_protected,
  not_found: m.transfer_why_not_found,
  holder_mismatch: m.transfer_why_holder_mismatch,
  registry_down: m.transfer_why_registry_down,
  dispute: m.transfer_why_dispute,
  holder_changed: m.transfer_why_holder_changed,
  unverified: m.transfer_why_unverified,
  suspended: m.transfer_why_suspended,
  declined: m.transfer_why_declined,
  dnssec: m.transfer_why_dnssec,
  name_servers: m.transfer_why_name_servers,
  ips_tag: m.transfer_why_ips_tag,
  ineligible: m.transfer_why_ineligible,
};

const STAGES: Record<string, () => string> = {
  requested: m.transfer_stage_requested,
  code_checked: m.transfer_stage_code_checked,
  confirmed: m.transfer_stage_confirmed,
  at_registry: m.transfer_stage_at_registry,
  done: m.transfer_stage_done,
  failed: m.transfer_stage_failed,
};

const RECORDS: Record<string, () => string> = {
  code_checked: m.transfer_record_code_checked,
  confirmed: m.transfer_record_confirmed,
  at_registry: m.transfer_record_at_registry,
  done: m.transfer_record_done,
  failed: m.transfer_record_failed,
};

const QUESTIONS: Record<string, () => string> = {
  old_enough: m.transfer_q_old_enough,
  active: m.transfer_q_active,
  unlocked: m.transfer_q_unlocked,
  reachable: m.transfer_q_reachable,
  same_holder: m.transfer_q_same_holder,
  free: m.transfer_q_free,
  tag_changed: m.transfer_q_tag_changed,
  fresh_code: m.transfer_q_fresh_code,
  records_kept: m.transfer_q_records_kept,
};

const VERDICTS: Record<string, () => string> = {
  passed: m.transfer_v_passed,
  blocked: m.transfer_v_blocked,
  doubt: m.transfer_v_doubt,
  unknown: m.transfer_v_unknown,
};

const OUT: Record<string, () => string> = {
  older_than_sixty: m.transfer_out_older_than_sixty,
  not_expired: m.transfer_out_not_expired,
  other_extension: m.transfer_out_other_extension,
};

const DEADLINES: Record<string, () => string> = {
  restart_until: m.transfer_d_restart_until,
  sixty_days: m.transfer_d_sixty_days,
  renew_before: m.transfer_d_renew_before,
  code_outdated: m.transfer_d_code_outdated,
  registry_until: m.transfer_d_registry_until,
};

const RENEWALS: Record<string, () => string> = {
  keeps_expiry: m.transfer_renewal_keeps_expiry,
  from_transfer_day: m.transfer_renewal_from_transfer_day,
  from_old_expiry: m.transfer_renewal_from_old_expiry,
  unknown: m.transfer_renewal_unknown,
};

const NOTES: Record<string, () => string> = {
  newest_code: m.transfer_x_newest_code,
  protected: m.transfer_x_protected,
  frozen: m.transfer_x_frozen,
  tag: m.transfer_x_tag,
  no_year: m.transfer_x_no_year,
  code_30_days: m.transfer_x_code_30_days,
  code_40_days: m.transfer_x_code_40_days,
  code_5_days: m.transfer_x_code_5_days,
  code_registry: m.transfer_x_code_registry,
  on_hold: m.transfer_x_on_hold,
  eligible_eu: m.transfer_x_eligible_eu,
  id_number: m.transfer_x_id_number,
  same_holder: m.transfer_x_same_holder,
  no_lock: m.transfer_x_no_lock,
  quarantine_40: m.transfer_x_quarantine_40,
  sixty_days: m.transfer_x_sixty_days,
  holder_lock: m.transfer_x_holder_lock,
  foa: m.transfer_x_foa,
  registrant_mail: m.transfer_x_registrant_mail,
  two_years: m.transfer_x_two_years,
  name_servers: m.transfer_x_name_servers,
};

const REASONS: Record<string, () => string> = {
  domain_missing: m.transfer_r_domain_missing,
  not_a_domain: m.transfer_r_not_a_domain,
  domain_dash: m.transfer_r_domain_dash,
  unknown_extension: m.transfer_r_unknown_extension,
  not_registrable: m.transfer_r_not_registrable,
  too_many_columns: m.transfer_r_too_many_columns,
  code_missing: m.transfer_r_code_missing,
  code_blank: m.transfer_r_code_blank,
  code_too_long: m.transfer_r_code_too_long,
  bad_quotes: m.transfer_r_bad_quotes,
  already_here: m.transfer_r_already_here,
};

/** Every cause, for a choice by hand. */
export const causes = (): { value: string; label: string }[] =>
  Object.entries(CAUSES).map(([value, label]) => ({ value, label: label() }));

const of = (table: Record<string, () => string>, code: string): string => table[code]?.() ?? code;

export const causeWord = (code: string): string => (code === '' ? m.transfer_unknown_cause() : of(CAUSES, code));
export const remedyWord = (code: string): string => of(REMEDIES, code);
export const stageWord = (code: string): string => of(STAGES, code);
export const recordWord = (code: string): string => of(RECORDS, code);
export const verdictWord = (code: string): string => of(VERDICTS, code);
export const ruledOutWord = (code: string): string => of(OUT, code);
export const deadlineWord = (code: string): string => of(DEADLINES, code);
export const renewalWord = (code: string): string => of(RENEWALS, code);
export const noteWord = (code: string): string => of(NOTES, code);

/** The registrar by its name, or in words that fit behind "at". */
export const registrarWord = (name: string): string => name || m.transfer_the_registrar();

/** What happened and what to do, for the red banner. */
export const whyWord = (cause: string, registrar: string): string =>
  WHY[cause]?.({ registrar: registrarWord(registrar) }) ?? m.transfer_banner_unknown();

export function handWord(hand: string, registrar: string): string {
  if (hand === 'you') return m.transfer_hand_you({ registrar: registrarWord(registrar) });
  return of(
    {
      you_here: m.transfer_hand_you_here,
      holder: m.transfer_hand_holder,
      old_registrar: m.transfer_hand_old_registrar,
      registry: m.transfer_hand_registry,
      time: m.transfer_hand_time,
    },
    hand,
  );
}

/** A source by its name: Infomaniak's guides in the person's language, others as they call themselves. */
export function sourceTitle(source: Source): string {
  if (!source.infomaniak) return source.title;
  return source.guide ? m.transfer_source_guide({ number: source.guide }) : m.transfer_source_questions();
}

export const sourceWord = (source: Source): string =>
  source.infomaniak
    ? m.transfer_source({ title: sourceTitle(source) })
    : m.transfer_source_general({ title: sourceTitle(source) });

export const questionWord = (question: string, cause: string): string =>
  question === 'cause_gone' ? m.transfer_q_cause_gone({ cause: causeWord(cause) }) : of(QUESTIONS, question);

/** What is behind a verdict, in one or two words. */
export function checkWord(check: Check): string {
  const day = check.day ? date(check.day) : '';
  const at = check.at ? date(check.at) : '';
  switch (check.note) {
    case 'since':
      return m.transfer_n_since({ day });
    case 'wait_until':
      return m.transfer_n_wait_until({ day });
    case 'runs_to':
      return m.transfer_n_runs_to({ day });
    case 'expires_soon':
      return m.transfer_n_expires_soon({ day });
    case 'expired_on':
      return m.transfer_n_expired_on({ day });
    case 'looked_on':
      return check.verdict === 'passed' ? at : `${m.transfer_n_no()}, ${at}`;
    case 'code_age':
      return m.transfer_n_code_age({ day: at });
    case 'code_old':
      return m.transfer_n_code_old({ n: check.count });
    case 'records':
      return m.transfer_n_records({ n: check.count });
    default:
      return of(
        {
          age_unknown: m.transfer_n_age_unknown,
          expiry_unknown: m.transfer_n_expiry_unknown,
          being_deleted: m.transfer_n_being_deleted,
          as_of_failure: m.transfer_n_as_of_failure,
          not_looked: m.transfer_n_not_looked,
          no_code: m.transfer_n_no_code,
          code_used: m.transfer_n_code_used,
          no_records: m.transfer_n_not_looked,
        },
        check.note,
      );
  }
}

export const checkIcon = (check: Check): { icon: IconName; tone: string } =>
  ({
    passed: { icon: 'success' as const, tone: 'is-success' },
    blocked: { icon: 'danger' as const, tone: 'is-danger' },
    doubt: { icon: 'warning' as const, tone: 'is-warning' },
    unknown: { icon: 'question' as const, tone: 'is-warning' },
  })[check.verdict] ?? { icon: 'question', tone: 'is-warning' };

/** The blockers by name, for "Waits for: …". */
export const blockerWords = (transfer: Transfer): string =>
  transfer.blockers.map((question) => questionWord(question, transfer.row.cause)).join(', ');

export function stageTone(stage: string): { tone: 'danger' | 'success' | 'info'; icon: IconName } {
  if (stage === 'failed') return { tone: 'danger', icon: 'danger' };
  if (stage === 'done') return { tone: 'success', icon: 'check' };
  return { tone: 'info', icon: 'clock' };
}

/** "2304 Domain is locked": the registry's code, if it gave one, and the cause. */
export const reasonWord = (attempt: Attempt): string =>
  attempt.outcome === 'failed' ? [attempt.epp, causeWord(attempt.cause)].filter(Boolean).join(' ') : '';

export const bulkWord = (row: BulkRow): string =>
  row.reason === 'duplicate' ? m.transfer_r_duplicate({ first: row.first }) : of(REASONS, row.reason);

/** "19 Nov 2026, 16:04" */
export const moment = (at: string): string => `${date(at)}, ${clock(at)}`;

/** Whole days from now on; less than one counts as none. */
export const daysLeft = (at: string, now: Date): number =>
  Math.floor((new Date(at).getTime() - now.getTime()) / 86_400_000);
