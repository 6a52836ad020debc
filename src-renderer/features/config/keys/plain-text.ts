const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' }

/**
 * Kafka's documentation has HTML tags in it; shown as text, never as markup, whatever a broker sends. Entities are
 * replaced last and once, so that an escaped tag stays visible text.
 */
export function plainText(html: string): string {
  return html
    .replace(/<li\b[^>]*>/gi, '\n• ')
    .replace(/<\/?(?:p|br|ul|ol|div|table|tr)\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&(lt|gt|quot|apos|nbsp|amp|#\d{1,6});/g, (_, name: string) =>
      name.startsWith('#') ? String.fromCodePoint(Math.min(0x10ffff, Number(name.slice(1)))) : ENTITIES[name]!,
    )
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n+•/g, '\n•')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
