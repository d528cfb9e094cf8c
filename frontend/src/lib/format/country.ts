/** Countries in the person's language. */
import { tag } from './locale';

/** The name of a country by its code; "" of none. */
export const country = (code: string): string =>
  code ? (new Intl.DisplayNames([tag()], { type: 'region' }).of(code) ?? code) : '';

/** Countries by name, as options. */
export function countryOptions(codes: string[]): { value: string; label: string }[] {
  return codes.map((value) => ({ value, label: country(value) })).sort((a, b) => a.label.localeCompare(b.label, tag()));
}
