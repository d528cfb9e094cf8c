/** Roles, kinds and countries in the person's words. */
import { written } from '$lib/format';
import { m, word } from '$lib/i18n';
import type { Finding, Member, Obstacle } from './api';

export const ROLES = ['legal_representative', 'administrator', 'collaborator', 'external'] as const;
export const KINDS = ['company', 'association', 'private', 'public'] as const;

const ROLE: Record<string, () => string> = {
  legal_representative: m.organization_role_legal_representative,
  administrator: m.organization_role_administrator,
  collaborator: m.organization_role_collaborator,
  external: m.organization_role_external,
};

export const role = (which: string): string => ROLE[which]?.() ?? which;

const KIND: Record<string, () => string> = {
  company: m.organization_kind_company,
  association: m.organization_kind_association,
  private: m.organization_kind_private,
  public: m.organization_kind_public,
};

export const kind = (which: string): string => KIND[which]?.() ?? which;

export const name = (member: Member): string => `${member.firstName} ${member.lastName}`.trim();

export { country, countryOptions } from '$lib/format';

const OBSTACLE: Record<string, (p: Record<string, string>) => string> = {
  members: (p) => m.organization_obstacle_members({ n: Number(p.count ?? 0) }),
};

/** What keeps the organization from being deleted. */
export const obstacle = (o: Obstacle): string =>
  OBSTACLE[o.kind]?.(o.params) ?? word(`reason_organization_${o.kind}`, written(o.params)) ?? o.kind;

const FINDING: Record<string, () => string> = {
  discovery: m.organization_sso_discovery,
  issuer: m.organization_sso_issuer,
  endpoints: m.organization_sso_endpoints,
  code_flow: m.organization_sso_code_flow,
  pkce: m.organization_sso_pkce,
  keys: m.organization_sso_keys,
  client: m.organization_sso_application,
  redirect: m.organization_sso_register,
};

/** One line of the readiness check. */
export const finding = (one: Finding): string => FINDING[one.check]?.() ?? one.check;

const CAUSE: Record<string, () => string> = {
  timeout: m.organization_sso_why_timeout,
  unreachable: m.organization_sso_why_unreachable,
  certificate: m.organization_sso_why_certificate,
  redirected: m.organization_sso_why_redirected,
  unknown_tenant: m.organization_sso_why_unknown_tenant,
  blocked: m.organization_sso_why_blocked,
  provider_failed: m.organization_sso_why_provider_failed,
  no_description: m.organization_sso_why_no_description,
  unknown_client: m.organization_sso_why_unknown_client,
  not_registered: m.organization_sso_why_not_registered,
};

/** Why the provider could not be read; "" where it could. */
export const cause = (one: Finding): string => CAUSE[one.reason]?.() ?? '';

const SIGN: Record<string, string> = { ok: '✓', bad: '✗', unchecked: '?' };

/** The check as plain text, for the IT department. */
export function report(all: Finding[], ids: { tenant: string; client: string; redirect: string }): string {
  return [
    `${m.organization_sso_tenant()}: ${ids.tenant}`,
    `${m.organization_sso_client()}: ${ids.client}`,
    `${m.organization_sso_redirect()}: ${ids.redirect}`,
    ...all.map(
      (one) => `${SIGN[one.state] ?? '?'} ${[finding(one), cause(one)].filter(Boolean).join('. ')} (${one.detail})`,
    ),
  ].join('\n');
}

export const TEXT_KINDS = ['intro', 'payment', 'validity', 'duration', 'excluded', 'closing'] as const;

const TEXTS: Record<(typeof TEXT_KINDS)[number], () => string> = {
  intro: m.quote_wording_intro,
  payment: m.quote_paper_payment,
  validity: m.quote_paper_validity,
  duration: m.quote_paper_duration,
  excluded: m.quote_without,
  closing: m.quote_wording_closing,
};
/** What a standard text of a quote is. */
export const textKind = (kind: (typeof TEXT_KINDS)[number]) => TEXTS[kind]();
