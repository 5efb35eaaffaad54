/** A template as it can be spoken without a caller: the words after the bar of a variable, or none. */
export function spoken(template: string): string {
  return template
    .replace(/\{\{[^|{}]*(?:\|([^{}]*))?\}\}/g, (_, words: string | undefined) => words?.trim() ?? '')
    .replace(/ +([,.!?])/g, '$1')
    .replace(/ {2,}/g, ' ')
    .trim()
}
