/** The country that the system's language names ("de-AT"), else Switzerland, where Infomaniak is at home. */
export function countryOfSystem(languages: readonly string[] = navigator.languages ?? []): string {
  for (const tag of languages) {
    const region = /[-_]([A-Za-z]{2})$/.exec(tag)?.[1]?.toUpperCase();
    if (region && region !== 'US') return region; // en-US is what a system says that was never asked
  }
  return 'CH';
}
