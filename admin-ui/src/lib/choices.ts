// What many pages let people choose from.

/** Voices of the OpenAI-compatible speech APIs; a provider of one's own may know others. */
export const VOICES = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'fable', 'nova', 'onyx', 'sage', 'shimmer', 'verse'] as const

const CODES = ['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'] as const

const names = new Intl.DisplayNames('en', { type: 'language' })

/** `German` of `de`; the code itself where it has no name. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

/** Languages to choose from by name, `kept` among them whatever it is. */
export function languages(kept?: string): { value: string; label: string }[] {
  const codes = kept && !(CODES as readonly string[]).includes(kept) ? [...CODES, kept] : [...CODES]
  return codes.map((value) => ({ value, label: `${languageName(value)} (${value})` })).sort((a, b) => a.label.localeCompare(b.label))
}
