import { fold } from '$lib/commands.svelte';

/** Splits a title at the words of a question, to draw what matched. */
export function emphasize(title: string, question: string): { text: string; hit: boolean }[] {
  const folded = fold(title);
  const words = fold(question).split(/\s+/).filter(Boolean);
  // folding may change the length ("ß" does not, "ﬁ" may): then nothing is marked rather than the wrong letters
  if (words.length === 0 || folded.length !== title.length) return [{ text: title, hit: false }];
  const hits = new Array<boolean>(title.length).fill(false);
  for (const word of words) {
    const at = folded.indexOf(word);
    if (at >= 0) hits.fill(true, at, at + word.length);
  }
  const parts: { text: string; hit: boolean }[] = [];
  for (let i = 0; i < title.length; i++) {
    const last = parts.at(-1);
    if (last && last.hit === hits[i]) last.text += title[i];
    else parts.push({ text: title[i]!, hit: hits[i]! });
  }
  return parts;
}
