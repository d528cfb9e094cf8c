/** How the person wants figures, days and times written: their account's, set when somebody signs in. */
class Forms {
  /** BCP 47, e.g. "de-CH"; "" is what the computer's region has in the language of the window. */
  locale = $state('');
  /** Two letters, e.g. "CH": where the computer stands; "" if it does not say. */
  region = $state(systemRegion());
  /** IANA, e.g. "Europe/Zurich"; "" is the computer's. */
  timeZone = $state('');
}

/** The region of the first language the system asks for that names one. */
export function systemRegion(wanted: readonly string[] = navigator.languages ?? []): string {
  for (const tag of wanted) {
    const region = /^[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})\b/i.exec(tag)?.[1];
    if (region) return region.toUpperCase();
  }
  return '';
}

export const forms = new Forms();
