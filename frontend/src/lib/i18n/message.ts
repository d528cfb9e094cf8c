/**
 * What one text says. Its form is read by Go too (internal/core/words), which writes mails and papers from the same
 * files: text with {places}, or variants of which the first that matches is said.
 */
export type Text = string | readonly { declarations: string[]; selectors: string[]; match: Record<string, string> }[];

/** The texts of one language by their keys. */
export type Texts = Readonly<Record<string, Text>>;

export type Inputs = Readonly<Record<string, unknown>>;

const rules = new Map<string, Intl.PluralRules>();

/** CLDR's category of a number in a language. */
function plural(locale: string, count: unknown): string {
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  return rule.select(Number(count));
}

/** The text in its language for these inputs. A place without an input stays: a person can say what is missing. */
export function say(text: Text, locale: string, inputs: Inputs = {}): string {
  if (typeof text === 'string') return fill(text, locale, inputs);
  const { declarations, selectors, match } = text[0]!;
  const values: Record<string, string> = {};
  for (const name of selectors) {
    // "local countPlural = count: plural"
    const local = declarations.map((one) => one.split(/[\s=:]+/)).find((one) => one[0] === 'local' && one[1] === name);
    values[name] = local ? plural(locale, inputs[local[2]!]) : String(inputs[name]);
  }
  const variants = Object.entries(match);
  const fits = ([condition]: [string, string]) =>
    condition.split(',').every((part) => {
      const [name, value] = part.trim().split('=');
      return value === '*' || values[name!] === value;
    });
  // Forms of numbers that a text does not have ("many" of a million) are said as the last, which is for all others.
  return fill((variants.find(fits) ?? variants.at(-1)!)[1], locale, inputs);
}

function fill(text: string, locale: string, inputs: Inputs): string {
  if (!text.includes('{')) return text;
  return text.replace(/(\p{L}+ )?\{(\w+)\}/gu, (place, before: string | undefined, name: string) => {
    if (!(name in inputs)) return place;
    const value = String(inputs[name]);
    return `${locale === 'it' && before ? elided(before, value) : (before ?? '')}${value}`;
  });
}

const ELIDED: Readonly<Record<string, string>> = {
  il: 'l’',
  al: 'all’',
  dal: 'dall’',
  del: 'dell’',
  nel: 'nell’',
  sul: 'sull’',
};

/** An Italian article before a number: one of eight or eleven begins with a vowel, "l’11 marzo", "dall’8 %". */
function elided(word: string, value: string): string {
  const short = /^(8|11(?!\d))/.test(value) ? ELIDED[word.trimEnd().toLowerCase()] : undefined;
  if (short === undefined) return word;
  return word[0] === word[0]!.toLowerCase() ? short : short[0]!.toUpperCase() + short.slice(1);
}
