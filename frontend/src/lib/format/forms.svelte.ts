/** How the person wants figures, days and times written: their account's, set when somebody signs in. */
class Forms {
  /** BCP 47, e.g. "de-CH"; "" is what is usual in the language. */
  locale = $state('');
  /** IANA, e.g. "Europe/Zurich"; "" is the computer's. */
  timeZone = $state('');
}

export const forms = new Forms();
