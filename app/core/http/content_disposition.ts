/**
 * `Content-Disposition: attachment` for a name that people gave: never shown in
 * place, whatever the bytes are. Old clients read the ASCII name, others the
 * encoded one (RFC 6266, appendix D; RFC 8187, section 3.2).
 */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
