/** How the person wants figures, days and times written. Go decides it: what they chose in Settings, else what the system says. */
class Forms {
  /** Two letters, e.g. "CH"; "" is what is usual in the language of the window. */
  region = $state('');
  /** IANA, e.g. "Europe/Zurich"; "" is the computer's. */
  timeZone = $state('');
}

export const forms = new Forms();
