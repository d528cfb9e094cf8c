/** Initials and colour of a person or an organization without a picture. */

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a person sees as the first character: "é" written as two code points, a flag, a family of emoji stay whole. */
function firstGrapheme(text: string): string {
  for (const { segment } of segmenter.segment(text)) return segment;
  return '';
}

/** What only says of which kind a company is; nobody calls it by that. */
const LEGAL_FORM = /^(sa|sagl|sàrl|sarl|srl|spa|snc|sl|slu|ag|gmbh|kg|ltd|llc|inc)$/i;

/** What joins the parts of a word. */
const JOINS = /[-–'’.]+/u;

/** The words that say something, each from where it begins to. A particle in small letters does not count. */
const meant = (words: string[]) =>
  words
    .filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word))
    .filter((word, i) => i === 0 || !LEGAL_FORM.test(word.replaceAll('.', '')))
    .map((word) => word.replace(/^[-–'’.]+/u, ''))
    .map((word) => word.replace(/^\p{Ll}{1,4}['’]/u, '') || word);

/**
 * Two initials: of the first and the last word, or the first alone; of a single word, those of its parts. "Elena Bianchi"
 * is EB, "Studio Ponteri SA" is SP, "Chiara D'Ambrosio-Müller" is CD, "Jean-Luc" is JL, "Kontor" is K, "" is "?".
 */
export function initials(name: string): string {
  let called = meant(name.normalize('NFC').split(/\s+/u));
  if (called.length === 1) {
    const parts = meant(called[0]!.split(JOINS));
    if (parts.length > 0) called = parts;
  }
  const first = called[0];
  if (first === undefined) return '?';
  const last = called.length > 1 ? called[called.length - 1]! : '';
  return (firstGrapheme(first) + firstGrapheme(last)).toLocaleUpperCase();
}

export const AVATAR_COLOURS = 10;

/** A colour from 1 to 10, always the same for the same id (FNV-1a). */
export function avatarColour(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash % AVATAR_COLOURS) + 1;
}

/** Where the picture of that id is, sharp enough for a dense screen; undefined shows the initials. */
export function avatarPicture(id: string | undefined, size: number): string | undefined {
  return id ? `/media/profile/${id}/${size * 2}` : undefined;
}
