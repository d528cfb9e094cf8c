/** Kinds of products and services, by which conditions differ, in the person's words. */
import { m } from '$lib/i18n';

const CATEGORY: Record<string, () => string> = {
  hosting: m.client_category_hosting,
  mail: m.client_category_mail,
  domain: m.client_category_domain,
  suite: m.client_category_suite,
  storage: m.client_category_storage,
  cloud: m.client_category_cloud,
  certificate: m.client_category_certificate,
  work: m.client_category_work,
  goods: m.client_category_goods,
  other: m.client_category_other,
};

export const categories = Object.keys(CATEGORY);
export const category = (which: string): string => CATEGORY[which]?.() ?? which;
